"""Tags of keys: for each tag key the values of which one must fit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

from policystudio.builders.parameters.parameter import (
    At,
    Parameter,
    Report,
    list_shape,
    read_list,
    read_object,
)
from policystudio.builders.parameters.texts import TAG_KEY, TAG_VALUE
from policystudio.builders.seen import Seen
from policystudio.builders.words import N_

OPERATOR = "StringEqualsIgnoreCase"
"""The sample's choice: `Apollo` and `apollo` match alike. Source: KMS, Custom policies, the sample on tags."""

_PREFIX = "kms:tag/"
_NAMES = ("key", "values")


@dataclass(frozen=True, kw_only=True)
class Tags(Parameter):
    """A list of `{"key", "values"}`; all tag keys must fit, of each one's values any."""

    kind: ClassVar[str] = "tags"

    name: str = "tags"
    label: str = N_("Tags")
    help: str = N_(
        "A key must carry all of these tags; of several values for one tag any will do. Letter case is ignored."
    )
    example: str = "Project=Apollo"

    def shape(self) -> dict[str, Any]:
        tag = {
            "type": "object",
            "properties": {"key": TAG_KEY.shape(), "values": list_shape(TAG_VALUE.shape())},
            "required": list(_NAMES),
            "additionalProperties": False,
        }
        return list_shape(tag)

    def read(self, given: Any, at: At, report: Report) -> list[dict[str, Any]]:
        keys: set[str] = set()

        def read_tag(entry: Any, place: At) -> dict[str, Any]:
            members = read_object(entry, place, report, _NAMES, required=True)
            tag: dict[str, Any] = {}
            if members is not None and "key" in members:
                tag["key"] = TAG_KEY.read(members["key"], (*place, "key"), report)
                if tag["key"] in keys:
                    report.add(
                        (*place, "key"), "repeated", "this tag is listed twice; put its values into one entry"
                    )
                keys.add(tag["key"])
            if members is not None and "values" in members:
                tag["values"] = read_list(members["values"], (*place, "values"), report, read_value)
            return tag

        def read_value(entry: Any, place: At) -> str:
            return TAG_VALUE.read(entry, place, report)

        return read_list(given, at, report, read_tag)

    def value(self, plain: list[dict[str, Any]]) -> dict[str, Any]:
        """The condition block."""
        return {OPERATOR: {_PREFIX + tag["key"]: list(tag["values"]) for tag in plain}}

    def guesses(self, seen: Seen) -> Iterator[list[dict[str, Any]]]:
        yield [
            {"key": key.removeprefix(_PREFIX), "values": list(values)}
            for (operator, key), values in seen.conditions.items()
            if operator == OPERATOR and key.startswith(_PREFIX)
        ]
