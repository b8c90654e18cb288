"""Names the actions that a pattern reaches, all or some, so that what is granted can be read and does not grow.

What a pattern reaches is judged by the catalogue and with the resources of its statement.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass

from policystudio.catalog.lookup import expand
from policystudio.catalog.model import Action
from policystudio.ram.document import Document, Statement, Text
from policystudio.ram.finding import Fix
from policystudio.ram.patterns import fold, has_wildcard, matches
from policystudio.ram.reader import JsonObject
from policystudio.ram.repair import rename, replace
from policystudio.validation.choices.later import Later
from policystudio.validation.choices.lists import Change, Rewrite
from policystudio.validation.context import Context
from policystudio.validation.reach import Reach
from policystudio.validation.repairs import Repair, quoted, value_at

_MOST_NAMED = 60
"""Longer lists say less than a pattern and fill half of what RAM takes."""


def named(
    entry: Text,
    statement: Statement,
    context: Context,
    keep: Callable[[Action], bool] = lambda action: True,
    saying: str = "it reaches today",
) -> Iterator[Repair]:
    """The choice to write the actions that an entry reaches here and `keep` takes; no edit when there are none."""
    reach = context.reach(statement)

    def made() -> Repair | None:
        names = tuple(action.name for action in reach.usable(entry) if keep(action))
        if not 0 < len(names) <= _MOST_NAMED:
            return None
        what = f"the {len(names)} actions {saying}" if len(names) > 1 else names[0]
        return Rewrite(f"Grant only {what}", ((entry, names),))

    yield Later(made)


def leave_out(
    names: Collection[str],
    statements: Iterable[Statement],
    context: Context,
    title: str = "",
    unnamed: Collection[str] = (),
) -> Iterator[Repair]:
    """The choice to take actions out of statements: by name, and out of patterns by naming what else they reach.

    Of what else they reach the `unnamed` are not named either.
    """
    reaches = [context.reach(statement) for statement in statements]
    yield Later(lambda: _left_out(names, reaches, title, unnamed))


def _left_out(
    names: Collection[str], reaches: Iterable[Reach], title: str, unnamed: Collection[str]
) -> Repair | None:
    changes: list[Change] = []
    for reach in reaches:
        for entry in reach.statement.actions:
            if not any(action.name in names for action in reach.actions(entry)):
                continue
            # Of a pattern only what can act here is written out; the rest of it grants nothing today.
            usable = reach.usable(entry) if has_wildcard(entry.text) else ()
            rest = tuple(action.name for action in usable if action.name not in (*names, *unnamed))
            if len(rest) > _MOST_NAMED:
                return None
            changes.append((entry, rest))
    return Rewrite(title or _leaving_out(names), tuple(changes)) if changes else None


def _leaving_out(names: Collection[str]) -> str:
    listed = sorted(names)
    more = f" and {len(listed) - 1} more" if len(listed) > 1 else ""
    return f"Leave out {listed[0]}{more}"


def reads(action: Action) -> bool:
    """Whether the action only reads, and nothing that keys or secrets protect."""
    is_reading = action.access_level in ("List", "Read") and not action.is_cryptographic
    return is_reading and action.risk.category != "data-exposure"


def narrowed(entry: Text, statement: Statement, context: Context) -> tuple[Repair, ...]:
    """The choices to write all actions that an entry reaches, or those that only read."""
    return (
        *named(entry, statement, context),
        *named(entry, statement, context, reads, "that only read"),
    )


def usual_sets(statement: Statement, context: Context, everything: Collection[Text]) -> Iterator[Repair]:
    """Choices for entries that take everything: the actions that only read, or those that use keys."""

    def written(title: str, names: tuple[str, ...]) -> Repair:
        return Rewrite(title, tuple((entry, names if n == 0 else ()) for n, entry in enumerate(everything)))

    return _usual(context.reach(statement), written)


def _usual(reach: Reach, written: Callable[[str, tuple[str, ...]], Repair]) -> Iterator[Repair]:
    """What `written` makes of the title and the names of each set; no edit for an empty or a very long one."""

    def made(belongs: Callable[[Action], bool], saying: str) -> Repair | None:
        names = tuple(name for name, grant in reach.grants.items() if belongs(grant.action))
        title = f"Grant only the {len(names)} actions of KMS that {saying}"
        return written(title, names) if 0 < len(names) <= _MOST_NAMED else None

    yield Later(lambda: made(reads, "only read"))
    yield Later(lambda: made(lambda action: action.is_cryptographic, "use keys"))


def written_for_kms(entry: Text, context: Context) -> Iterator[Repair]:
    """The choice to write the prefix of KMS in the place of one with a wildcard, if anything is reached then."""
    service, colon, name = entry.text.partition(":")
    if colon and matches(fold(service), "kms") and expand(context.catalogue, f"kms:{name}"):
        yield Rewrite(f"Keep only those of KMS, kms:{name}", ((entry, (f"kms:{name}",)),))


def instead_of_exceptions(statement: Statement, context: Context) -> Iterator[Repair]:
    """Choices for an Allow of everything except some actions: those of KMS that only read, or that use keys."""
    return _usual(context.reach(statement), lambda title, names: ListActions(statement, names, title))


@dataclass(frozen=True, slots=True)
class ListActions:
    """Write a list of actions in the place of the exceptions of a statement."""

    statement: Statement
    names: tuple[str, ...]
    title: str

    def fix(self, document: Document) -> Fix | None:
        holder = value_at(document, self.statement.path)
        members = holder.members if isinstance(holder, JsonObject) else ()
        member = next((member for member in members if member.name == "NotAction"), None)
        if member is None:
            return None
        listed = "[" + ", ".join(map(quoted, self.names)) + "]"
        return Fix(self.title, (rename(member, "Action"), replace(member.value, listed)))
