"""Reads the catalogue file into records, once; a missing or unexpected field is an error at the first use."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any, TypeVar

from policystudio.catalog.model import (
    Action,
    Catalogue,
    ConditionKey,
    DependentAction,
    Existence,
    Identifier,
    Region,
    ResourceType,
    Risk,
    Source,
    SystemPolicy,
)
from policystudio.ram.patterns import fold

T = TypeVar("T")

_GENERAL = ("arn", "account_id", "key_alias_rule", "tag_rules", "resource_policy_rules")


@cache
def load() -> Catalogue:
    """The catalogue that comes with the product."""
    text = files("policystudio.catalog").joinpath("kms.json").read_text(encoding="utf-8")
    return from_json(json.loads(text))


def from_json(facts: Mapping[str, Any]) -> Catalogue:
    """A catalogue from the plain values of its file, so that tests can make their own.

    Raises: KeyError or TypeError when a record lacks a field or has one that the model does not know.
    """
    return Catalogue(
        service=facts["service"],
        api_version=facts["api_version"],
        compiled_on=date.fromisoformat(facts["compiled_on"]),
        source_note=facts["source_note"],
        actions=_by(lambda a: fold(a.name), [_action(a) for a in facts["actions"]]),
        resource_types=_by(lambda t: t.id, [_resource_type(t) for t in facts["resource_types"]]),
        condition_keys=_by(lambda k: k.key, [_condition_key(k) for k in facts["condition_keys"]]),
        regions=_by(lambda r: r.id, [_record(Region, r) for r in facts["regions"]]),
        system_policies=_by(lambda p: p.name, [_record(SystemPolicy, p) for p in facts["system_policies"]]),
        sources=_by(lambda s: s.id, [_record(Source, s) for s in facts["sources"]]),
        operators=MappingProxyType({o["type"]: tuple(o["operators"]) for o in facts["operators"]}),
        general=MappingProxyType({name: facts[name] for name in _GENERAL}),
    )


def _action(value: Mapping[str, Any]) -> Action:
    return _record(
        Action,
        value,
        existence=_record(Existence, value["existence"]),
        risk=_record(Risk, value["risk"]),
        dependent_actions=tuple(_record(DependentAction, d) for d in value["dependent_actions"]),
    )


def _resource_type(value: Mapping[str, Any]) -> ResourceType:
    return _record(ResourceType, value, identifier=_record(Identifier, value["identifier"]))


def _condition_key(value: Mapping[str, Any]) -> ConditionKey:
    actions = None if value["actions"] == "*" else frozenset(value["actions"])
    return _record(ConditionKey, value, actions=actions)


def _record(kind: type[T], value: Mapping[str, Any], **made: Any) -> T:
    """`value` as a record of `kind`, lists as tuples; `made` replaces fields that are records themselves."""
    plain = {name: tuple(item) if isinstance(item, list) else item for name, item in value.items()}
    return kind(**{**plain, **made})


def _by(key: Any, records: list[T]) -> Mapping[str, T]:
    """The records by their key, in the file's order. Raises: ValueError when a key comes twice."""
    found = {key(record): record for record in records}
    if len(found) != len(records):
        raise ValueError(f"a key occurs twice among {len(records)} records of {type(records[0]).__name__}")
    return MappingProxyType(found)
