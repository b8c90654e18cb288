"""Writes resources again: with another field, narrower, or in the form of RAM."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from policystudio.catalog.model import ALL_TYPES, Action, Catalogue
from policystudio.ram.document import Statement, Text
from policystudio.ram.patterns import covers, normal
from policystudio.ram.resources import Resource, split
from policystudio.validation.choices.entries import drop
from policystudio.validation.choices.later import Later
from policystudio.validation.choices.lists import Rewrite
from policystudio.validation.choices.widening import Widening
from policystudio.validation.context import Context
from policystudio.validation.expanse import is_every_account
from policystudio.validation.reach import takes_all
from policystudio.validation.repairs import Add, Repair, Replace

HERE = "acs:kms:${region}:${account}:*"
"""Everything of KMS in the region and account of a target."""
_MOST_LISTED = 6
_MOST_COLONS = 6


def with_fields(resource: Text, title: str, **fields: str) -> Iterator[Repair]:
    """The choice to write some fields of a resource anew; none when it has not the form or nothing changes."""
    read = split(resource.text)
    if read is not None and str(read._replace(**fields)) != resource.text:
        yield Rewrite(title, ((resource, (str(read._replace(**fields)),)),))


def corrections(
    repairs: Iterable[Repair],
    resource: Text,
    statement: Statement,
    removal: str | None = "Remove it, with what it grants",
    is_real: bool = False,
) -> tuple[Repair, ...]:
    """Choices for a resource that is not as it was meant: other ways to write it, or, of an Allow, to remove it.

    `is_real` tells whether requests may speak of what is written. Written otherwise, an Allow reaches what it did not,
    and a Deny lets go of what is real. Of a Deny nothing is taken out, as that would allow more.
    """
    if not statement.is_allow:
        return tuple(map(Widening, repairs)) if is_real else tuple(repairs)
    removals = () if removal is None or statement.not_resources else (drop(resource, removal),)
    return (*map(Widening, repairs), *removals)


def limits(resource: Text, fields: Resource, field: str, targets: Sequence[str]) -> Iterator[Repair]:
    """Choices for a resource with a star for region or account: the target's, those of all targets, or both fields'."""
    placeholder = "${" + field + "}"
    yield from with_fields(resource, f"Limit it to the target's {field}", **{field: placeholder})
    if covers(normal(fields.region), "?*") and is_every_account(fields.account):
        both = {"region": "${region}", "account": "${account}"}
        yield from with_fields(resource, "Limit it to the target's region and account", **both)
    if 1 < len(targets) <= _MOST_LISTED:
        texts = tuple(str(fields._replace(**{field: target})) for target in targets)
        yield Rewrite(f"List the {len(targets)} {field}s of the targets", ((resource, texts),))


def everything_here(resource: Text, statement: Statement, context: Context) -> Iterator[Repair]:
    """Choices for a resource that is everything: the types that the actions act on, or all, in the target's account."""
    reach = context.reach(statement)

    def of_types() -> Repair | None:
        forms = [_form(reach.catalogue, kind) for kind in sorted(reach.served_types) if kind != ALL_TYPES]
        if not 0 < len(forms) <= _MOST_LISTED:
            return None
        texts = tuple(f"{HERE[:-1]}{form}" for form in forms)
        return Rewrite(f"Limit it to the target's {', '.join(forms)}", ((resource, texts),))

    yield Later(of_types)
    yield Rewrite("Limit it to the target's region and account", ((resource, (HERE,)),))


def resources_for(actions: Iterable[Action], statement: Statement, context: Context) -> Iterator[Repair]:
    """Choices to add all resources of a type that some of the actions act on, in the target's region and account.

    For an action that asks for several resources at once, they are added together.
    """
    options: dict[tuple[str, ...], None] = {}
    for action in actions:
        forms = tuple(_form(context.catalogue, kind) for kind in action.resource_types if kind != ALL_TYPES)
        options.update(
            dict.fromkeys([forms] if action.resource_match == "all" else ((form,) for form in forms))
        )
    for forms in [option for option in options if option][:2]:
        listed = tuple(f"{HERE[:-1]}{form}" for form in forms)
        yield Add(statement, "Resource", listed, f"Add the target's {' and '.join(forms)}")


def _form(catalogue: Catalogue, kind: str) -> str:
    """How all resources of a type are written: `key` for a container, `key/*` for its members."""
    known = catalogue.resource_types[kind]
    return known.word if known.kind == "container" else f"{known.word}/*"


def only_those_named(resource: Text, statement: Statement, word: str) -> Iterator[Repair]:
    """The choice to take a resource out that includes all of a type, where others of the type are named beside it."""

    def is_named(other: Text) -> bool:
        fields = split(other.text)
        if other is resource or fields is None or fields.service != "kms":
            return False
        return fields.relative_id.startswith(f"{word}/") and not takes_all(other.text, f"{word}/*")

    removal = drop(resource, "Keep only those that are named beside it")
    yield Later(lambda: removal if any(map(is_named, statement.resources)) else None)


def drop_covering(statement: Statement, word: str) -> Iterator[Repair]:
    """The choice to keep only the resources of a type that are named, where some are and others include all."""

    def made() -> Repair | None:
        own = [
            r for r in statement.resources if (f := split(r.text)) and f.relative_id.startswith(f"{word}/")
        ]
        named = [resource for resource in own if not takes_all(resource.text, f"{word}/*")]
        every = [resource for resource in statement.resources if takes_all(resource.text, f"{word}/*")]
        if not named or not every:
            return None
        changes = tuple((resource, ()) for resource in every)
        return Rewrite(f"Keep only the {word}s that are named beside it", changes)

    yield Later(made)


def well_formed(resource: Text, catalogue: Catalogue) -> Iterator[Repair]:
    """The choice to write the name at the end of a text in the form of RAM, in the target's region and account.

    None when the end of the text is of no known type.
    """
    name = resource.text.rpartition(":")[2]
    words = {kind.word for kind in catalogue.resource_types.values()}
    if name.partition("/")[0] in words and resource.text.count(":") < _MOST_COLONS:
        yield Replace(resource, f"{HERE[:-1]}{name}")
