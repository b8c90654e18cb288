"""A request, as the analysis asks about it: an action, a resource and what the service sends along.

Source: analysis-design, section 1. Decision: a key has one value; what several values for one key mean is documented
nowhere. Whether the action exists, and whether the service sends such a key, is not asked here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from types import MappingProxyType
from typing import Any, NamedTuple

from policystudio.ram.finding import shown
from policystudio.ram.patterns import has_wildcard
from policystudio.ram.position import pointer

WITHOUT_RESOURCE = "*"
"""The resource of an operation that has none of its own, such as a list of everything in the account."""


_MOST_DIGITS = 64


def _nothing() -> Mapping[str, str]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Request:
    """`context` maps the keys that the request carries to their value; a key that is not in it is missing."""

    action: str
    resource: str
    context: Mapping[str, str] = field(default_factory=_nothing)

    def as_json(self) -> dict[str, object]:
        """The request as the API takes it."""
        return {"action": self.action, "resource": self.resource, "context": dict(self.context)}


class Fault(NamedTuple):
    """Why something is no request; `pointer` is a JSON Pointer into the request."""

    pointer: str
    code: str
    detail: str


def faults(request: Request) -> list[Fault]:
    """Everything for which this is no request; none when it is one."""
    found = []
    code, colon, name = request.action.partition(":")
    if not (code and colon and name) or ":" in name:
        detail = f"{shown(request.action)} is no action; write `<service>:<name>`, such as `kms:Decrypt`"
        found.append(Fault("/action", "malformed-action", detail))
    resource = _resource_fault(request.resource)
    if resource is not None:
        found.append(Fault("/resource", "malformed-resource", resource))
    if "" in request.context:
        detail = "a condition key has a name, such as `acs:SourceIp`; remove the empty one"
        found.append(Fault(pointer("context", ""), "malformed-condition-key", detail))
    return found


def cautions(request: Request) -> list[Fault]:
    """What is a request, and hardly the one that was meant: a pattern where a name is asked for."""
    found = []
    if has_wildcard(request.action):
        detail = f"{shown(request.action)} is taken as a name, wildcards and all; ask for one, such as `kms:Decrypt`"
        found.append(Fault("/action", "wildcard-in-name", detail))
    if request.resource != WITHOUT_RESOURCE and has_wildcard(request.resource):
        detail = f"{shown(request.resource)} is taken as a name, wildcards and all; ask for one resource"
        found.append(Fault("/resource", "wildcard-in-name", detail))
    return found


def _resource_fault(text: str) -> str | None:
    if text == WITHOUT_RESOURCE:
        return None
    advice = "write `acs:<service>:<region>:<account>:<name>`, or `*` for an operation that has no resource of its own"
    fields = text.split(":", 4)
    if fields[0] != "acs" or len(fields) < 5:
        return f"{shown(text)} is no resource name; {advice}"
    if not fields[1]:
        return f"the service in {shown(text)} is empty; {advice}"
    if not fields[4]:
        return f"the name at the end of {shown(text)} is empty; {advice}"
    return None


def text_of(value: Any) -> str | None:
    """The text of one context value that was sent as JSON: a text, a number or a boolean; None for anything else."""
    match value:
        case str():
            return value
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case Decimal():
            # A number far from zero stays as it was written, since its digits would fill the memory.
            return format(value, "f") if abs(value.adjusted()) <= _MOST_DIGITS else str(value)
    return None
