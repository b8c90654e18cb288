"""What a document does not allow although somebody who reads it might expect so, from the catalogue's facts alone.

Few and useful: one line for each kind and statement. The words are in `expected_words.py`; whether it is a fault is
left to validation.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from policystudio.analysis.matrix import Matrix, State, known
from policystudio.catalog.lookup import condition_key, expand
from policystudio.catalog.model import INFERRED, Action, Catalogue
from policystudio.ram.document import Document
from policystudio.ram.operators import family_of

_ALIAS = "alias"
_NAMED_BY_ALIAS = "caller-may-name-the-key-by-alias"


class Lack(StrEnum):
    OTHER_ACTION = "needs-other-action"
    OTHER_RESOURCE = "needs-other-resource"
    ONLY_ALIAS = "alias-without-key"
    NO_ALIAS = "key-without-alias"
    NO_LIST = "no-list"
    NO_METADATA = "no-metadata"
    NEVER_HOLDS = "condition-never-holds"


@dataclass(frozen=True, slots=True)
class Unexpected:
    """`actions` are allowed by the statement at `path` and would need what lacks.

    `needed` is the further action, the type of resource or the condition key; `when` a note of the catalogue, in
    English. `sources` are ids of the catalogue.
    """

    lack: Lack
    path: str
    actions: tuple[str, ...]
    needed: str
    type: str
    when: str
    confidence: str
    sources: tuple[str, ...]


def unexpected(document: Document, catalogue: Catalogue, made: Matrix) -> tuple[Unexpected, ...]:
    """The lines in the order of their kinds; `made` is the document's matrix. Never raises."""
    allowed = _allowed(made)
    found = [
        *_other_actions(catalogue, allowed),
        *_other_resources(catalogue, allowed),
        *_aliases(document, catalogue, allowed),
        *_lists(catalogue, allowed),
        *_metadata(catalogue, allowed),
        *_never(document, catalogue),
    ]
    return tuple(_gathered(found))


Allowed = dict[tuple[str, str], str]
"""(action, type) → the first statement that has to do with allowing it."""


def _allowed(made: Matrix) -> Allowed:
    return {
        (entry.action, row.type): entry.paths[0]
        for row in made.rows
        for cell in row.cells
        for entry in cell.entries
        if entry.state in (State.ALLOWED, State.CONDITIONAL)
    }


def _each(catalogue: Catalogue, allowed: Allowed) -> Iterator[tuple[Action, str]]:
    """Every action that is allowed on some type, with the statement."""
    for action in catalogue.actions.values():
        paths = [
            allowed[action.name, kind] for kind in action.resource_types if (action.name, kind) in allowed
        ]
        if paths:
            yield action, paths[0]


def _other_actions(catalogue: Catalogue, allowed: Allowed) -> Iterator[Unexpected]:
    for action, path in _each(catalogue, allowed):
        for other in action.dependent_actions:
            if (other.action, other.resource_type) not in allowed:
                yield Unexpected(
                    Lack.OTHER_ACTION,
                    path,
                    (action.name,),
                    other.action,
                    other.resource_type,
                    other.when,
                    other.confidence,
                    other.sources,
                )


def _other_resources(catalogue: Catalogue, allowed: Allowed) -> Iterator[Unexpected]:
    for action, path in _each(catalogue, allowed):
        if action.resource_match == "all":
            for kind in action.resource_types:
                if (action.name, kind) not in allowed:
                    yield Unexpected(
                        Lack.OTHER_RESOURCE,
                        path,
                        (action.name,),
                        kind,
                        kind,
                        "",
                        action.resource_types_confidence,
                        action.resource_types_sources,
                    )


def _aliases(document: Document, catalogue: Catalogue, allowed: Allowed) -> Iterator[Unexpected]:
    """Uses of a key whose caller may name it by an alias; an alias is no resource of theirs, so no matrix has it.

    The vendor's pages disagree whether the alias has to be listed too, so this is said as a possibility.
    """
    rule = catalogue.general.get("key_alias_rule") or {}
    for statement in document.statements:
        about = known(statement, catalogue)
        if not statement.is_allow or not about.types & {"key", _ALIAS}:
            continue
        has_alias = _ALIAS in about.types
        lack, claim = (
            (Lack.ONLY_ALIAS, "needs_key_arn_only") if has_alias else (Lack.NO_ALIAS, "needs_alias_arn")
        )
        sources = tuple(rule.get(claim, {}).get("sources", ()))
        for action in catalogue.actions.values():
            if action.name not in about.actions or action.alias_use != _NAMED_BY_ALIAS:
                continue
            if has_alias != ((action.name, "key") in allowed):
                yield Unexpected(lack, statement.path, (action.name,), _ALIAS, _ALIAS, "", INFERRED, sources)


def _lists(catalogue: Catalogue, allowed: Allowed) -> Iterator[Unexpected]:
    """The console shows what it can list. Source: the list actions of the containers, as the catalogue has them."""
    for kind in catalogue.resource_types.values():
        lists = [
            action
            for action in catalogue.actions.values()
            if action.access_level == "List" and action.resource_types == (f"{kind.id}-container",)
        ]
        using = [pair for pair in allowed.items() if pair[0][1] == kind.id]
        for needed in lists:
            if using and (needed.name, f"{kind.id}-container") not in allowed:
                (name, _), path = using[0]
                yield Unexpected(
                    Lack.NO_LIST,
                    path,
                    (name,),
                    needed.name,
                    kind.id,
                    "",
                    INFERRED,
                    needed.resource_types_sources,
                )


def _metadata(catalogue: Catalogue, allowed: Allowed) -> Iterator[Unexpected]:
    for kind in catalogue.resource_types.values():
        needed = catalogue.action(f"{catalogue.service}:Describe{kind.label}")
        if needed is None or needed.resource_types != (kind.id,) or (needed.name, kind.id) in allowed:
            continue
        using = [pair for pair in allowed.items() if pair[0][1] == kind.id]
        if using:
            (name, _), path = using[0]
            yield Unexpected(
                Lack.NO_METADATA,
                path,
                (name,),
                needed.name,
                kind.id,
                "",
                INFERRED,
                needed.resource_types_sources,
            )


def _never(document: Document, catalogue: Catalogue) -> Iterator[Unexpected]:
    """Actions whose requests never carry a key that the statement asks for."""
    for statement in document.statements:
        if not statement.is_allow:
            continue
        named = {
            action.name: action for entry in statement.actions for action in expand(catalogue, entry.text)
        }
        for condition in statement.conditions:
            family, key = family_of(condition.operator.text), condition_key(catalogue, condition.key.text)
            is_asked = family is not None and not family.is_negated(condition.operator.text)
            if key is None or key.actions is None or not is_asked or ":" in condition.operator.text:
                continue
            idle = tuple(
                a.name for a in named.values() if a.authorization_required and a.name not in key.actions
            )
            if idle:
                yield Unexpected(
                    Lack.NEVER_HOLDS,
                    condition.path,
                    idle,
                    condition.key.text,
                    "",
                    "",
                    key.actions_confidence,
                    key.sources,
                )


def _gathered(found: Iterable[Unexpected]) -> Iterator[Unexpected]:
    """Lines that differ in their actions only become one."""
    groups: dict[tuple[object, ...], list[Unexpected]] = {}
    for each in found:
        groups.setdefault((each.lack, each.path, each.needed, each.type, each.when), []).append(each)
    for same in groups.values():
        first = same[0]
        actions = tuple(dict.fromkeys(name for each in same for name in each.actions))
        yield Unexpected(
            first.lack,
            first.path,
            actions,
            first.needed,
            first.type,
            first.when,
            first.confidence,
            tuple(dict.fromkeys(source for each in same for source in each.sources)),
        )
