"""The optional extra conditions that every builder takes: from where, how, when, and on which keys.

Each builder says which of them make sense for it; what a condition means is left to the evaluator.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

from policystudio.builders.parameters.flags import Flag
from policystudio.builders.parameters.moments import Moment
from policystudio.builders.parameters.networks import Networks
from policystudio.builders.parameters.parameter import At, Parameter, Report, read_object
from policystudio.builders.parameters.tags import Tags
from policystudio.builders.seen import Seen
from policystudio.builders.words import N_
from policystudio.ram.operators import date

Block = dict[str, dict[str, Any]]
"""Operator → key → values, as it stands in a statement."""


@dataclass(frozen=True, kw_only=True)
class Requirement(Flag):
    """A boolean condition key that must be true; false is no condition."""

    key: str

    def guesses(self, seen: Seen) -> Iterator[bool]:
        if seen.one("Bool", self.key) == "true":
            yield True

    def block(self) -> Block:
        return {"Bool": {self.key: "true"}}


SOURCE_IP = Networks(name="source_ip", label=N_("Only from these public addresses"))
HTTPS = Requirement(
    name="https",
    key="acs:SecureTransport",
    label=N_("Only over HTTPS"),
    help=N_("KMS takes HTTPS calls alone, so this states what probably holds anyway."),
)
MFA = Requirement(
    name="mfa",
    key="acs:MFAPresent",
    label=N_("Only with a second factor"),
    help=N_(
        "The second factor of a console sign-in. Calls signed with an AccessKey carry none and are refused."
    ),
)
NOT_BEFORE = Moment(
    name="not_before",
    operator="DateGreaterThanEquals",
    label=N_("Not before"),
    help=N_("The first moment at which the policy grants anything, with its zone."),
    example="2026-01-01T00:00:00Z",
)
NOT_AFTER = Moment(
    name="not_after",
    operator="DateLessThanEquals",
    label=N_("Not after"),
    help=N_("The last moment at which the policy grants anything, with its zone."),
)
TAG = Tags(
    name="tag",
    label=N_("Only keys with these tags"),
    help=N_(
        "A key must carry all of these tags; of several values for one tag any will do. Aliases have no tags."
    ),
)

EVERYWHERE: tuple[Parameter, ...] = (SOURCE_IP, HTTPS, MFA, NOT_BEFORE, NOT_AFTER)
"""What holds for calls of any kind; a tag condition is for those that name a key."""


@dataclass(frozen=True, slots=True)
class Extra:
    """The chosen conditions as blocks: those on the call, and those on the tags of the key that it names."""

    on_call: Block
    on_key: Block

    @property
    def block(self) -> Block:
        return merged(self.on_call, self.on_key)


@dataclass(frozen=True, kw_only=True)
class Conditions(Parameter):
    """An object of the chosen conditions; what is absent limits nothing, and nothing else is read as absent.

    Decision: an empty list and null are refused, as a policy must not become open by the removal of its last address.
    """

    kind: ClassVar[str] = "conditions"

    name: str = "conditions"
    label: str = N_("Extra conditions")
    help: str = N_("Each one narrows what the policy grants; all of them must hold.")
    parts: tuple[Parameter, ...] = EVERYWHERE

    def __post_init__(self) -> None:
        object.__setattr__(self, "default", {})

    def shape(self) -> dict[str, Any]:
        properties = {part.name: part.schema() for part in self.parts}
        for schema in properties.values():
            schema.pop("default", None)
        return {"type": "object", "properties": properties, "additionalProperties": False}

    def read(self, given: Any, at: At, report: Report) -> dict[str, Any]:
        members = (
            read_object(given, at, report, tuple(part.name for part in self.parts), required=False) or {}
        )
        plain: dict[str, Any] = {}
        for part in self.parts:
            if part.name in members:
                value = part.read(members[part.name], (*at, part.name), report)
                if value is not False:
                    plain[part.name] = value
        self._check_window(plain, at, report)
        return plain

    def _check_window(self, plain: dict[str, Any], at: At, report: Report) -> None:
        start, end = (date.parse(plain.get(part.name, "")) for part in (NOT_BEFORE, NOT_AFTER))
        if start is not None and end is not None and start > end:
            place = (*at, NOT_AFTER.name)
            report.add(
                place, "window-never-open", "the window ends before it begins, so it would never be open"
            )

    def value(self, plain: dict[str, Any]) -> Extra:
        on_call: Block = {}
        on_key: Block = {}
        for part in self.parts:
            if part.name not in plain:
                continue
            block = part.block() if isinstance(part, Requirement) else part.value(plain[part.name])
            if part is TAG:
                on_key = block
            else:
                on_call = merged(on_call, block)
        return Extra(on_call, on_key)

    def guesses(self, seen: Seen) -> Iterator[dict[str, Any]]:
        plain: dict[str, Any] = {}
        for part in self.parts:
            guess = next(part.guesses(seen), None)
            if guess:
                plain[part.name] = guess
        yield plain


def merged(*blocks: Block) -> Block:
    """One block that demands what all of them demand, operators in the order of their first appearance.

    Builders merge in the order of the parts above, tags last, so that equal documents of two builders are equal texts.
    """
    result: Block = {}
    for block in blocks:
        for operator, keys in block.items():
            result[operator] = result.get(operator, {}) | keys
    return result
