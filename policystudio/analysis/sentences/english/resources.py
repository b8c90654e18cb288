"""Resources in English: what they are, in which region, of which account; equal places are said once."""

from __future__ import annotations

from policystudio.analysis.sentences.clause import Clause, Field, Group, Match, Place, Thing, Unreadable
from policystudio.analysis.sentences.english.scope import PLAIN, Scope, scope_of
from policystudio.analysis.sentences.pieces import Parts, joined, quoted
from policystudio.analysis.sentences.sentence import Part

EVERYTHING = "{every} resource of {every} service"
EXCEPT = f"{EVERYTHING} except "
UNREADABLE = "whatever {} stands for, which is no resource name"
TARGET = "in the target's region and account"
BETWEEN_EXCEPTED = "; and except "
# First word of the relative id → one of them, and what its identifier is called.
TYPES = {
    "key": ("key", "id"),
    "alias": ("alias", "name"),
    "secret": ("secret", "name"),
    "certificate": ("certificate", "id"),
    "keystore": ("KMS instance", "id"),
    "network": ("network rule", "name"),
    "policy": ("access policy", "name"),
    "applicationaccesspoint": ("application access point", "name"),
}
CONTAINERS = {
    "key": "the collection of keys",
    "alias": "the collection of aliases",
    "secret": "the collection of secrets",
    "certificate": "the collection of certificates",
}
REGIONS = {
    Match.TARGET: "in the target's region",
    Match.EVERY: "in {every} region",
    Match.NONE: "with no region",
    Match.FITS: "in {every} region that fits {}",
    Match.IS: "in region {}",
}
ACCOUNTS = {
    Match.TARGET: "of the target's account",
    Match.EVERY: "of any account",
    Match.NONE: "with no account",
    Match.FITS: "of {every} account that fits {}",
    Match.IS: "of account {}",
}
SERVICES = {
    Match.EVERY: " of any service",
    Match.NONE: " of no service",
    Match.FITS: " of {every} service that fits {}",
    Match.IS: " of the service {}",
}
THINGS = {
    Match.EVERY: "{every} {word}",
    Match.NONE: "the {word} whose {identifier} is empty",
    Match.IS: "the {word} {name}",
    Match.BEGINS: "{every} {word} {which} begins with {name}",
    Match.FITS: "{every} {word} {which} fits {name}",
}


def places_in_words(clause: Clause) -> Parts:
    """The resources with "on" or "with" before them; nothing for a trust policy, which has none."""
    if not clause.places:
        return []
    # After a list of actions a comma keeps the place from being read as part of the last one.
    comma = "," if len(clause.acts) != 1 or clause.all_acts_but else ""
    found = [
        Part(
            f"{comma} {'with' if clause.is_use and not clause.all_places_but else 'on'} ", clause.places_path
        )
    ]
    head = scope_of(clause)
    scope = PLAIN if clause.all_places_but else head
    if clause.all_places_but:
        found.append(Part(EXCEPT.format(every=head.every), clause.places_path))
    # Commas join the things of one place, so several places need a stronger mark.
    between = BETWEEN_EXCEPTED if clause.all_places_but else scope.place
    return found + joined(
        [_place(place, scope) for place in clause.places], between, between, clause.places_path
    )


def _place(place: Place, scope: Scope) -> Parts:
    if isinstance(place, Group):
        said = [[Part(_thing(each, scope), each.path)] for each in place.things]
        things = joined(said, ", ", scope.last, place.path)
        return [*things, Part(f" {_where(place, scope)}", place.path)]
    if isinstance(place, Unreadable):
        return [Part(UNREADABLE.format(quoted(place.text)), place.path)]
    return [Part(EVERYTHING.format(every=scope.every), place.path)]


def _thing(thing: Thing, scope: Scope) -> str:
    if thing.is_container:
        return CONTAINERS[thing.type]
    words = thing_words(thing.type, thing.name.match, scope.every, is_of_kms=thing.service is None)
    if thing.service is None:
        return words.format(name=quoted(thing.name.text))
    service = _field(SERVICES, thing.service, scope)
    return with_service(words, "{service}").format(name=quoted(thing.name.text), service=service)


def with_service(words: str, service: str) -> str:
    """A thing and its service, which stands before "whose": it is of the thing, not of its name."""
    thing, whose, name = words.partition(" whose ")
    return f"{thing}{service}{whose}{name}"


def thing_words(type: str, match: Match, every: str, *, is_of_kms: bool) -> str:
    """How a thing is said, with `{name}` where its name goes and without its service."""
    word, identifier = TYPES.get(type) or ("KMS resource" if is_of_kms else "resource", "")
    which = f"whose {identifier}" if identifier else "that"
    return THINGS[match].format(
        every=every, word=word, name="{name}", which=which, identifier=identifier or "name"
    )


def _where(group: Group, scope: Scope) -> str:
    if group.region.match is group.account.match is Match.TARGET:
        return TARGET
    return f"{_field(REGIONS, group.region, scope)} {_field(ACCOUNTS, group.account, scope)}"


def _field(words: dict[Match, str], field: Field, scope: Scope) -> str:
    return words[field.match].format(quoted(field.text), every=scope.every)
