"""The catalogue with the names that a team has seen work and that it does not hold itself.

Whatever the team does not know of a name is taken so that no finding rests on it: an action whose resource types are
unknown may act on every type, carries every condition key, and counts as a grave change until somebody says otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from types import MappingProxyType

from policystudio.catalog.lookup import condition_key
from policystudio.catalog.model import (
    INFERRED,
    TEAM,
    UNKNOWN,
    Action,
    Catalogue,
    ConditionKey,
    Existence,
    Risk,
    Source,
)
from policystudio.ram.patterns import fold

GROUP = "team"
"""The group of actions that a team has added."""
RISK_LEVELS = ("none", "low", "medium", "high", "critical")
RISK_WHEN_UNKNOWN = "high"
_ACTION = re.compile(r"kms:[A-Za-z][A-Za-z0-9]*\Z")
_CONDITION_KEY = re.compile(r"kms:[A-Za-z][A-Za-z0-9]*[/:]?\Z")


@dataclass(frozen=True, slots=True)
class TeamName:
    """An action or, with `is_condition_key`, a condition key; empty texts and lists are what nobody knows.

    A condition key that ends in `/` or `:` is one with a free tail, as `kms:tag/` is.
    """

    name: str
    is_condition_key: bool
    note: str
    seen_on: date
    added_by: str = ""
    access_level: str = ""
    resource_types: tuple[str, ...] = ()
    risk: str = ""


def is_well_formed(name: str, *, is_condition_key: bool) -> bool:
    """Whether this could be the name of a KMS action or condition key; a pattern is none."""
    return bool((_CONDITION_KEY if is_condition_key else _ACTION).match(name))


def is_held(catalogue: Catalogue, name: str, *, is_condition_key: bool) -> bool:
    """Whether the catalogue knows the name; the letter case of actions does not count."""
    if is_condition_key:
        tail = "any" if name.endswith(("/", ":")) else ""
        return condition_key(catalogue, name + tail) is not None
    return catalogue.action(name) is not None


@lru_cache(maxsize=64)
def with_names(catalogue: Catalogue, names: tuple[TeamName, ...]) -> Catalogue:
    """The catalogue and these names; the same names give the same object, which other answers are kept by.

    A name that the catalogue holds by now adds nothing.
    """
    new = [n for n in names if not is_held(catalogue, n.name, is_condition_key=n.is_condition_key)]
    if not new:
        return catalogue
    actions = [n for n in new if not n.is_condition_key]
    keys = {n.name: _condition_key(n) for n in new if n.is_condition_key}
    types = _usual_types(catalogue)
    added = {fold(n.name): _action(n, catalogue, types) for n in reversed(actions)}
    names_added = [action.name for action in added.values()]
    return replace(
        catalogue,
        actions=MappingProxyType({**catalogue.actions, **dict(sorted(added.items()))}),
        condition_keys=MappingProxyType(
            {k.key: _carried_by(k, names_added) for k in (*catalogue.condition_keys.values(), *keys.values())}
        ),
        sources=MappingProxyType({**catalogue.sources, **{_id(n): _source(n) for n in new}}),
    )


def _usual_types(catalogue: Catalogue) -> tuple[str, ...]:
    """Every resource type that an action of today acts on."""
    used = {t for a in catalogue.actions.values() if a.status != "legacy" for t in a.resource_types}
    return tuple(kind for kind in catalogue.resource_types if kind in used)


def _action(of: TeamName, catalogue: Catalogue, usual_types: Sequence[str]) -> Action:
    carried = tuple(key.key for key in catalogue.condition_keys.values() if key.scope == "kms")
    return Action(
        name=of.name,
        api_operations=(),
        group=GROUP,
        description="",
        status="current",
        deprecated=False,
        authorization_required=True,
        existence=Existence(TEAM, (_id(of),), in_current_sdk=False, in_older_sdk=False),
        access_level=of.access_level or UNKNOWN,
        access_level_confidence=INFERRED,
        access_level_sources=(_id(of),) if of.access_level else (),
        in_read_only_system_policy=False,
        resource_types=of.resource_types or tuple(usual_types),
        resource_match="any",
        # What a team knows is no documentation: findings that rest on it say "probably".
        resource_types_confidence=INFERRED,
        resource_types_sources=(_id(of),) if of.resource_types else (),
        condition_keys=carried,
        global_condition_keys=True,
        alias_use="not-applicable",
        accepts_alias=False,
        dependent_actions=(),
        risk=Risk(of.risk or RISK_WHEN_UNKNOWN, GROUP if of.risk else UNKNOWN, ""),
        note=of.note,
    )


def _condition_key(of: TeamName) -> ConditionKey:
    has_tail = of.name.endswith(("/", ":"))
    return ConditionKey(
        key=f"{of.name}${{Name}}" if has_tail else of.name,
        prefix=of.name if has_tail else None,
        scope="kms",
        type=UNKNOWN,
        operators=(),
        description="",
        value_syntax="",
        examples=(),
        actions=None,
        actions_confidence=INFERRED,
        kms_support=TEAM,
        policy_types=("ram-policy",),
        confidence=TEAM,
        sources=(_id(of),),
        note=of.note,
    )


def _carried_by(key: ConditionKey, names: Iterable[str]) -> ConditionKey:
    """The key, which requests of these actions may carry too."""
    return key if key.actions is None else replace(key, actions=key.actions.union(names))


def _id(of: TeamName) -> str:
    return f"team:{of.name}"


def _source(of: TeamName) -> Source:
    by = f", added by {of.added_by}" if of.added_by else ""
    return Source(_id(of), f"{of.note} (seen on {of.seen_on}{by})", None)
