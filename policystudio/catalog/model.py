"""The records of the catalogue: facts about KMS, each with its sources and how sure it is.

Reading the file is `load.py`; looking things up by pattern is `lookup.py`. `confidence` is one of `documented`,
`derived-from-SDK` and `inferred`, or `team` for what a team has seen work and added itself; what rests on inferred
facts alone may be a warning at most.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from policystudio.ram.patterns import fold

INFERRED = "inferred"
TEAM = "team"
"""Somebody of the team has seen the name work and has added it; see `team.py`."""
UNKNOWN = "unknown"
"""Stands where nobody knows a fact: in `access_level`, `risk.category` and the `type` of a condition key."""
ALL_TYPES = "all"
"""The id of the resource type for actions that name no KMS resource; only a resource for everything reaches it."""


@dataclass(frozen=True, slots=True)
class Source:
    """A page or package that a fact was read in; `address` is None when it was not recorded."""

    id: str
    title: str
    address: str | None


@dataclass(frozen=True, slots=True)
class Existence:
    """How sure it is that an action of this name exists."""

    confidence: str
    sources: tuple[str, ...]
    in_current_sdk: bool
    in_older_sdk: bool


@dataclass(frozen=True, slots=True)
class Risk:
    """Our judgement of what an action can do: `level` from none to critical, `category` such as destructive."""

    level: str
    category: str
    note: str


@dataclass(frozen=True, slots=True)
class DependentAction:
    """A further permission that the same call needs, on which resource type, and when."""

    action: str
    resource_type: str
    when: str
    confidence: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Action:
    """One action of RAM's KMS vocabulary. `name` includes the service prefix, in the documented spelling."""

    name: str
    api_operations: tuple[str, ...]
    group: str
    description: str
    status: str
    deprecated: bool
    authorization_required: bool
    existence: Existence
    access_level: str
    access_level_confidence: str
    access_level_sources: tuple[str, ...]
    in_read_only_system_policy: bool
    resource_types: tuple[str, ...]
    resource_match: str
    resource_types_confidence: str
    resource_types_sources: tuple[str, ...]
    condition_keys: tuple[str, ...]
    global_condition_keys: bool
    alias_use: str
    accepts_alias: bool
    dependent_actions: tuple[DependentAction, ...]
    risk: Risk
    note: str

    def usable_with(self, reached: Collection[str]) -> bool:
        """Whether a statement whose resources reach these types can authorise the action.

        `resource_match` `all` asks for each of the types, as creating an alias needs the alias and the key.
        """
        # A loop, since this is asked of every action of every pattern.
        needs_all = self.resource_match == "all"
        for kind in self.resource_types:
            if (kind in reached) is not needs_all:
                return not needs_all
        return needs_all

    @property
    def is_destructive(self) -> bool:
        """Whether it destroys keys, key material, secrets or instances; lifting a protection alone does not."""
        return self.risk.category == "destructive" and self.risk.level == "critical"

    @property
    def is_cryptographic(self) -> bool:
        """Whether it uses a key to encrypt, decrypt, sign, verify or make data keys."""
        return self.group in ("crypto", "asymmetric") and "key" in self.resource_types


@dataclass(frozen=True, slots=True)
class Identifier:
    """Rules for the bare identifier in a resource name; every `regex` is inferred and says nothing about wildcards."""

    name: str | None
    rules: tuple[str, ...]
    regex: str | None
    regex_confidence: str | None
    max_length: int | None
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ResourceType:
    """One type of resource: `kind` is `container` (written without slash), `object`, or `any` for the lone star."""

    id: str
    label: str
    kind: str
    arn_pattern: str
    relative_id_pattern: str
    ram_resource: str
    identifier: Identifier
    confidence: str
    sources: tuple[str, ...]
    note: str

    @property
    def word(self) -> str:
        """The first part of the relative id, such as `key`; `*` for the lone star."""
        return self.relative_id_pattern.partition("/")[0]


@dataclass(frozen=True, slots=True)
class ConditionKey:
    """A condition key; `prefix` is set when a free tail follows. `actions` is None when every action carries it."""

    key: str
    prefix: str | None
    scope: str
    type: str
    operators: tuple[str, ...]
    description: str
    value_syntax: str
    examples: tuple[str, ...]
    actions: frozenset[str] | None
    actions_confidence: str
    kms_support: str
    policy_types: tuple[str, ...]
    confidence: str
    sources: tuple[str, ...]
    note: str


@dataclass(frozen=True, slots=True)
class Region:
    """A region of Alibaba Cloud as KMS knows it; `status` is `current` or `retired`."""

    id: str
    name: str
    area: str
    status: str
    public_endpoint: str | None
    in_sdk_endpoint_map: bool
    confidence: str
    name_confidence: str
    sources: tuple[str, ...]
    note: str


@dataclass(frozen=True, slots=True)
class SystemPolicy:
    """A policy that Alibaba Cloud provides, as published; `document` is plain JSON, kept for comparison."""

    name: str
    type: str
    version: str
    updated: str
    description: str
    document: Mapping[str, Any]
    confidence: str
    sources: tuple[str, ...]
    note: str
    earlier_versions: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True, eq=False)
class Catalogue:
    """All facts, as one value that is passed around. Equality is identity, so that it can key a cache."""

    service: str
    api_version: str
    compiled_on: date
    source_note: str
    actions: Mapping[str, Action]
    """By name in lower case, as RAM does not mind the case of actions."""
    resource_types: Mapping[str, ResourceType]
    condition_keys: Mapping[str, ConditionKey]
    regions: Mapping[str, Region]
    system_policies: Mapping[str, SystemPolicy]
    sources: Mapping[str, Source]
    operators: Mapping[str, tuple[str, ...]]
    """Type of a condition key → the operators made for it."""
    general: Mapping[str, Any]
    """Statements about the whole: `arn`, `account_id`, `key_alias_rule`, `tag_rules`, `resource_policy_rules`."""

    def action(self, name: str) -> Action | None:
        """The action of this name in any letter case."""
        return self.actions.get(fold(name))
