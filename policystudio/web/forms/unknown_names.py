"""The name that a finding calls unknown, so that whoever has seen it work can add it to the team's catalogue."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from policystudio.catalog.team import is_well_formed
from policystudio.ram.finding import Finding
from policystudio.ram.position import pointer_parts

_KINDS = {
    "unknown-action": "action",
    "unknown-action-in-deny": "action",
    "unknown-condition-key": "condition_key",
    "unknown-condition-key-in-deny": "condition_key",
}


@dataclass(frozen=True, slots=True)
class UnknownName:
    """What the form for adding is opened with."""

    kind: str
    name: str


def unknown_names(text: str, findings: Sequence[Finding]) -> dict[int, UnknownName]:
    """Position among `findings` → the name in the judged `text`; nothing for names that could be none of KMS."""
    concerned = [index for index, finding in enumerate(findings) if finding.code in _KINDS]
    if not concerned:
        return {}
    # What rules have judged has been read as JSON before.
    value = json.loads(text, parse_int=str)
    found = ((index, _name(findings[index], value)) for index in concerned)
    return {index: name for index, name in found if name is not None}


def _name(finding: Finding, value: Any) -> UnknownName | None:
    kind, parts = _KINDS[finding.code], pointer_parts(finding.path or "")
    name = parts[-1] if kind == "condition_key" and parts else _text_at(value, parts)
    if kind == "condition_key":
        # What follows the first slash or colon of a key is a free tail, as with a tag's.
        service, colon, rest = name.partition(":")
        ends = [place for place in (rest.find("/"), rest.find(":")) if place >= 0]
        name = f"{service}{colon}{rest[: min(ends) + 1] if ends else rest}"
    if not is_well_formed(name, is_condition_key=kind == "condition_key"):
        return None
    return UnknownName(kind, name)


def _text_at(value: Any, parts: Sequence[str]) -> str:
    """The text that a pointer leads to; empty when it leads to none."""
    for part in parts:
        if isinstance(value, dict):
            value = value.get(part)
        elif isinstance(value, list) and part.isdecimal() and int(part) < len(value):
            value = value[int(part)]
        else:
            return ""
    return value if isinstance(value, str) else ""
