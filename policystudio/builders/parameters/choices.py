"""One or more of a fixed list, such as the operations that callers may use."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

from policystudio.builders.parameters.parameter import At, Parameter, Report, read_list
from policystudio.builders.seen import Seen
from policystudio.builders.words import N_
from policystudio.ram.finding import shown


@dataclass(frozen=True, slots=True)
class Choice:
    """One operation: its value in the parameters, what a page calls it, and the action that it stands for."""

    value: str
    label: str
    action: str


@dataclass(frozen=True, kw_only=True)
class Operations(Parameter):
    """Some of `choices`; kept in the order of `choices`, whatever the order in which they were given."""

    kind: ClassVar[str] = "operations"

    name: str = "operations"
    label: str = N_("Operations")
    help: str = N_("What callers may do with the keys.")
    choices: tuple[Choice, ...]
    default: list[str] | None = None
    """All of them, which makes the sample."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "default", [choice.value for choice in self.choices])

    def shape(self) -> dict[str, Any]:
        items = {"enum": [choice.value for choice in self.choices]}
        return {
            "type": "array",
            "items": items,
            "minItems": 1,
            "maxItems": len(self.choices),
            "uniqueItems": True,
        }

    def read(self, given: Any, at: At, report: Report) -> list[str]:
        values = [choice.value for choice in self.choices]

        def read_choice(entry: Any, place: At) -> Any:
            if entry not in values:
                known = ", ".join(f"`{value}`" for value in values)
                said = shown(entry) if isinstance(entry, str) else "this"
                report.add(place, "unknown-choice", f"{said} is not one of {known}")
            return entry

        chosen = read_list(given, at, report, read_choice, empty="choose at least one operation")
        return [value for value in values if value in chosen]

    def value(self, plain: list[str]) -> list[str]:
        """The actions that the chosen operations stand for."""
        return [choice.action for choice in self.choices if choice.value in plain]

    def guesses(self, seen: Seen) -> Iterator[list[str]]:
        yield [choice.value for choice in self.choices if choice.action in seen.actions]
