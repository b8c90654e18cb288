"""What must hold between the parameters of a builder; each says it twice, for people and as JSON Schema."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from policystudio.builders.conditions import TAG
from policystudio.errors import Problem
from policystudio.ram.position import pointer


class Constraint(Protocol):
    """One condition on the whole of the parameters."""

    def problems(self, plain: Mapping[str, Any]) -> Iterator[Problem]:
        """What is wrong with complete parameters in their plain form."""

    def schema(self) -> dict[str, Any]:
        """A schema that the parameters must fit as well."""


@dataclass(frozen=True, slots=True)
class NoTagBesideAliases:
    """Keys chosen by tag exclude aliases.

    Decision: a tag condition does not reach aliases, so beside one an alias resource would grant nothing. A statement
    for the aliases alone, without the condition, could let a caller reach any key by its alias, if the alias is what
    RAM judges; the documentation contradicts itself there. So the combination is refused.
    Source: KMS, Custom policies, the sample on tags, which lists keys only; the catalogue, `key_alias_rule`.
    """

    def problems(self, plain: Mapping[str, Any]) -> Iterator[Problem]:
        if TAG.name in plain["conditions"] and plain["aliases"] != []:
            sentence = (
                "a tag condition does not reach aliases: choose no aliases (`[]`), so that callers name keys by id, "
                "or leave the tag condition out"
            )
            yield Problem(pointer("conditions", TAG.name), sentence, "tag-condition-beside-alias")

    def schema(self) -> dict[str, Any]:
        has_tag = {"properties": {"conditions": {"required": [TAG.name]}}, "required": ["conditions"]}
        no_aliases = {"properties": {"aliases": {"const": []}}, "required": ["aliases"]}
        return {"if": has_tag, "then": no_aliases}
