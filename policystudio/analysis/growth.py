"""What the patterns of a document stand for now and did not when it was judged, since the catalogue has new names.

RAM reads a pattern at each request, so it has always covered them; what grew is what a reader could know. Names that
were written out in full are no surprise and are not told. Which documents to ask about is left to the caller.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache

from policystudio.catalog.lookup import types_reached
from policystudio.catalog.model import INFERRED, Action, Catalogue
from policystudio.ram.document import Document, Effect, Statement
from policystudio.ram.patterns import fold, has_wildcard, matches
from policystudio.ram.resources import is_everything, split


@dataclass(frozen=True, slots=True)
class Growth:
    """What one entry of an action list stands for beyond what was known.

    `is_exception`: the entry stands in `NotAction`, so the statement does *not* speak of these actions. `entry` is None
    for a statement with `NotAction` as a whole, which speaks of every action that it does not leave out.
    `idle` are those of `actions` that none of the statement's resources lets act, as far as anybody documents.
    """

    statement: int
    path: str
    effect: Effect
    entry: str | None
    is_exception: bool
    actions: tuple[Action, ...]
    idle: frozenset[str]


@lru_cache(maxsize=64)
def added_actions(before_names: frozenset[str], now: Catalogue) -> tuple[Action, ...]:
    """The actions of the catalogue that have none of these names, letter case aside, in the catalogue's order."""
    before = {fold(name) for name in before_names}
    return tuple(action for name, action in now.actions.items() if name not in before)


def grown(document: Document, before_names: Collection[str], now: Catalogue) -> tuple[Growth, ...]:
    """Statement by statement and entry by entry, in the document's order; entries that did not grow are left out."""
    added = added_actions(frozenset(before_names), now)
    if not added:
        return ()
    return tuple(found for statement in document.statements for found in _of(statement, added, now))


def newly_matched(pattern: str, added: Collection[Action]) -> tuple[Action, ...]:
    """Those of the added actions that a pattern stands for; none for a name in full."""
    if not has_wildcard(pattern):
        return ()
    folded = fold(pattern)
    return tuple(action for action in added if matches(folded, fold(action.name)))


def not_excepted(exceptions: Collection[str], added: Collection[Action]) -> tuple[Action, ...]:
    """Those of the added actions that a `NotAction` with these entries does not leave out."""
    folded = [fold(text) for text in exceptions]
    return tuple(a for a in added if not any(matches(text, fold(a.name)) for text in folded))


def _of(statement: Statement, added: tuple[Action, ...], now: Catalogue) -> Iterator[Growth]:
    def growth(path: str, entry: str | None, is_exception: bool, actions: tuple[Action, ...]) -> Growth:
        idle = frozenset(a.name for a in actions if not _can_act(a, statement, now))
        return Growth(statement.index, path, statement.effect, entry, is_exception, actions, idle)

    if statement.not_actions:
        covered = not_excepted([entry.text for entry in statement.not_actions], added)
        if covered:
            yield growth(statement.path, None, False, covered)
    for is_exception, entries in ((False, statement.actions), (True, statement.not_actions)):
        for entry in entries:
            actions = newly_matched(entry.text, added)
            if actions:
                yield growth(entry.path, entry.text, is_exception, actions)


def _can_act(action: Action, statement: Statement, catalogue: Catalogue) -> bool:
    if statement.not_resources:
        return True
    return any(can_work(action, resource.text, catalogue) for resource in statement.resources)


def can_work(action: Action, resource: str, catalogue: Catalogue) -> bool:
    """Whether the documentation leaves it open that the action is authorised by this resource."""
    fields = split(resource)
    if is_everything(resource) or fields is None or action.resource_types_confidence == INFERRED:
        return True
    if fields.service != catalogue.service:
        return has_wildcard(fields.service)
    reached = types_reached(catalogue, fields.relative_id)
    return any(kind in reached for kind in action.resource_types)
