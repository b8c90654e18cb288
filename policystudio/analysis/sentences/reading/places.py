"""Reads the resources of a sentence into the entries of a resource list."""

from __future__ import annotations

from policystudio.analysis.sentences.clause import Match
from policystudio.analysis.sentences.pieces import quoted
from policystudio.analysis.sentences.reading.grammar import NAMES, Grammar, Lone, Named, Scoped, Where
from policystudio.analysis.sentences.reading.problem import Fault
from policystudio.analysis.sentences.reading.reader import Found, Reader
from policystudio.analysis.sentences.reading.tokens import Token
from policystudio.ram.document import Effect
from policystudio.ram.patterns import has_wildcard
from policystudio.ram.resources import is_everything, split

_TARGETS = {"region": "${region}", "account": "${account}"}


def places(reader: Reader, grammar: Grammar, effect: Effect) -> tuple[list[str], bool]:
    """The entries, and whether they are exceptions. Raises: Stopped."""
    is_except = reader.take(grammar.places_except[effect]) is not None
    scoped = grammar.plain if is_except or effect is Effect.ALLOW else grammar.negated
    between = grammar.between_excepted if is_except else scoped.between
    read_one = _place_of_things_behind if grammar.is_place_first else _place_of_things_before
    entries = read_one(reader, scoped)
    while reader.take(between):
        entries += read_one(reader, scoped)
    if is_except and grammar.excepted is not None:
        reader.need(grammar.excepted)
    return entries, is_except


def _place_of_things_before(reader: Reader, scoped: Scoped) -> list[str]:
    at = reader.at
    first = reader.need(scoped.places)
    if isinstance(first.meaning, Lone):
        thing = _same_words_as_thing(reader, scoped, at)
        if thing is None:
            return [_alone(reader, scoped, first, first.meaning)]
        things = [_thing(reader, scoped, thing, thing.meaning)]
    else:
        things = [_thing(reader, scoped, first, first.meaning)]
    things += _more_things(reader, scoped)
    where = reader.need(scoped.where)
    assert isinstance(where.meaning, Where)  # such a language has nothing else there
    place = _place(reader, where, where.meaning)
    return [f"acs:{service}:{place}:{rest}" for service, rest in things]


def _same_words_as_thing(reader: Reader, scoped: Scoped, at: int) -> Found[Named] | None:
    """In a denial "any resource of any service" is everything, unless other things or a place follow."""
    end, reader.at = reader.at, at
    thing = reader.take(scoped.things)
    if thing is not None and reader.at == end:
        is_of_group = reader.take(scoped.where) is not None
        if not is_of_group and reader.take(scoped.last) is not None:
            is_of_group = reader.take(scoped.things) is not None
        reader.at = end
        if is_of_group:
            return thing
    reader.at = end
    return None


def _place_of_things_behind(reader: Reader, scoped: Scoped) -> list[str]:
    where = reader.need(scoped.where)
    if isinstance(where.meaning, Lone):
        return [_alone(reader, scoped, where, where.meaning)]
    place = _place(reader, where, where.meaning)
    first = reader.need(scoped.things)
    things = [_thing(reader, scoped, first, first.meaning), *_more_things(reader, scoped)]
    return [f"acs:{service}:{place}:{rest}" for service, rest in things]


def _more_things(reader: Reader, scoped: Scoped) -> list[tuple[str, str]]:
    things: list[tuple[str, str]] = []
    while True:
        at = reader.at
        found = reader.take(scoped.things) if reader.take(scoped.last) else None
        if found is None:
            reader.at = at
            return things
        things.append(_thing(reader, scoped, found, found.meaning))


def _alone(
    reader: Reader, scoped: Scoped, found: Found[Named | Lone] | Found[Where | Lone], lone: Lone
) -> str:
    if lone.is_everything:
        return "*"
    token = found.first
    if is_everything(token.text) or split(token.text) is not None:
        reader.flaw(Fault.RESOURCE_NAME, found.start, found.end, token.text)
    return token.text


def _thing(
    reader: Reader, scoped: Scoped, found: Found[Named | Lone] | Found[Named], named: Named
) -> tuple[str, str]:
    """Service and relative id."""
    service = reader.catalogue.service
    if named.service is not None:
        service = _field(reader, found, "service", named.service)
        if ":" in service:
            token = found.value("service")
            reader.flaw(Fault.NO_SERVICE, token.start, token.end, service)
    if named.is_container:
        return service, named.type
    rest = ""
    if named.match in (Match.IS, Match.BEGINS, Match.FITS):
        token = found.value(*NAMES)
        rest = f"{token.text}*" if named.match is Match.BEGINS else token.text
        if named.match is Match.IS and has_wildcard(rest):
            _is_pattern(reader, scoped, found, named, token)
    elif named.match is Match.EVERY:
        rest = "*"
    return service, f"{named.type}/{rest}" if named.type else rest


def _is_pattern(
    reader: Reader, scoped: Scoped, found: Found[Named | Lone] | Found[Named], named: Named, token: Token
) -> None:
    """ "The key `a*`" is no name: RAM has no escape, so it can only be meant as a pattern."""
    said = scoped.say_thing(named.type, Match.FITS, named.service is None).format(name=quoted(token.text))
    choices = [said] if named.service is None else []
    reader.flaw(Fault.PATTERN, found.start, found.end, token.text, *choices)


def _place(reader: Reader, found: Found[Where | Lone], where: Where) -> str:
    region = _field(reader, found, "region", where.region)
    account = _field(reader, found, "account", where.account)
    return f"{region}:{account}"


def _field(
    reader: Reader, found: Found[Where | Lone] | Found[Named | Lone] | Found[Named], blank: str, match: Match
) -> str:
    if match is Match.EVERY:
        return "*"
    if match is Match.NONE:
        return ""
    if match is Match.TARGET:
        return _TARGETS[blank]
    token = found.value(blank)
    if match is Match.IS and has_wildcard(token.text):
        reader.flaw(Fault.PATTERN, token.start, token.end, token.text)
    if blank != "service" and ":" in token.text:
        reader.flaw(Fault.NO_FIELD, token.start, token.end, token.text)
    return token.text
