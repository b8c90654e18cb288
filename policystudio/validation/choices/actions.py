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
from policystudio.validation.choices.lists import Change, Rewrite
from policystudio.validation.context import Context
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
    """The choice to write the actions that an entry reaches here and `keep` takes; none when there are none."""
    names = tuple(action.name for action in context.reach(statement).usable(entry) if keep(action))
    if 0 < len(names) <= _MOST_NAMED:
        what = f"the {len(names)} actions {saying}" if len(names) > 1 else names[0]
        yield Rewrite(f"Grant only {what}", ((entry, names),))


def leave_out(
    names: Collection[str], statements: Iterable[Statement], context: Context, title: str = ""
) -> Iterator[Repair]:
    """The choice to take actions out of statements: by name, and out of patterns by naming what else they reach."""
    changes: list[Change] = []
    for statement in statements:
        for entry in statement.actions:
            reached = context.reach(statement).actions(entry)
            if not any(action.name in names for action in reached):
                continue
            # Of a pattern only what can act here is written out; the rest of it grants nothing today.
            usable = context.reach(statement).usable(entry) if has_wildcard(entry.text) else ()
            rest = tuple(action.name for action in usable if action.name not in names)
            if len(rest) > _MOST_NAMED:
                return
            changes.append((entry, rest))
    if changes:
        yield Rewrite(title or _leaving_out(names), tuple(changes))


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
    reached = [grant.action for grant in context.reach(statement).grants.values()]
    for actions, saying in _usual(reached):
        names = tuple(action.name for action in actions)
        changes = tuple((entry, names if n == 0 else ()) for n, entry in enumerate(everything))
        yield Rewrite(f"Grant only the {len(names)} actions of KMS that {saying}", changes)


def _usual(reached: Collection[Action]) -> Iterator[tuple[list[Action], str]]:
    using = [action for action in reached if action.is_cryptographic]
    for actions, saying in (
        ([action for action in reached if reads(action)], "only read"),
        (using, "use keys"),
    ):
        if 0 < len(actions) <= _MOST_NAMED:
            yield actions, saying


def written_for_kms(entry: Text, context: Context) -> Iterator[Repair]:
    """The choice to write the prefix of KMS in the place of one with a wildcard, if anything is reached then."""
    service, colon, name = entry.text.partition(":")
    if colon and matches(fold(service), "kms") and expand(context.catalogue, f"kms:{name}"):
        yield Rewrite(f"Keep only those of KMS, kms:{name}", ((entry, (f"kms:{name}",)),))


def instead_of_exceptions(statement: Statement, context: Context) -> Iterator[Repair]:
    """Choices for an Allow of everything except some actions: those of KMS that only read, or that use keys."""
    reached = [grant.action for grant in context.reach(statement).grants.values()]
    for actions, saying in _usual(reached):
        names = tuple(action.name for action in actions)
        yield ListActions(statement, names, f"Grant only the {len(names)} actions of KMS that {saying}")


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
