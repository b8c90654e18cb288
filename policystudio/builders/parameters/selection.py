"""All, or these: the choice of resources of one type that keys, aliases and secrets have in common.

Which types there are, and what may be chosen, is said in the modules of the single kinds.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar, Literal

from policystudio.builders.parameters.parameter import ALL, At, Parameter, Report, list_shape, read_list
from policystudio.builders.parameters.texts import TextRule
from policystudio.builders.seen import PREFIX, Seen

Plain = Literal["all"] | list[str]


@dataclass(frozen=True, slots=True)
class Selection:
    """The chosen resources of one type; `names` is None for all of them."""

    resource_type: str
    names: tuple[str, ...] | None

    @property
    def is_all(self) -> bool:
        return self.names is None

    @property
    def is_none(self) -> bool:
        return self.names == ()

    @property
    def container(self) -> str:
        """The resource on which listing and creating are authorized."""
        return PREFIX + self.resource_type

    @property
    def resources(self) -> list[str]:
        """One resource for each name, or the pattern for all; empty when nothing is chosen."""
        names = ("*",) if self.names is None else self.names
        return [f"{self.container}/{name}" for name in names]


@dataclass(frozen=True, kw_only=True)
class Select(Parameter):
    """`"all"`, or a list of names; `[]` only where `offers_none`. Null and the empty list never mean all."""

    resource_type: ClassVar[str]
    rule: TextRule

    all_label: str
    these_label: str
    none_label: str = ""
    """Empty where nothing chosen would make no sense."""
    default: Plain = ALL

    @property
    def offers_none(self) -> bool:
        return bool(self.none_label)

    def shape(self) -> dict[str, Any]:
        names = list_shape(self.rule.shape(), min_items=0 if self.offers_none else 1)
        shape: dict[str, Any] = {
            "anyOf": [{"const": ALL, "title": self.all_label}, names | {"title": self.these_label}]
        }
        return shape | ({"examples": [[self.example]]} if self.example else {})

    def read(self, given: Any, at: At, report: Report) -> Plain:
        if given == ALL:
            return ALL
        if not isinstance(given, list):
            report.add(at, "wrong-type", f'give `"{ALL}"` or a list of names')
            return ALL

        def read_name(entry: Any, place: At) -> str:
            return self.tidy(self.rule.read(entry, place, report))

        return read_list(
            given,
            at,
            report,
            read_name,
            min_items=0 if self.offers_none else 1,
            empty=f'an empty list would grant nothing; name at least one, or give `"{ALL}"`',
        )

    def tidy(self, name: str) -> str:
        """The name as it is stored."""
        return name

    def value(self, plain: Plain) -> Selection:
        return Selection(self.resource_type, None if isinstance(plain, str) else tuple(plain))

    def guesses(self, seen: Seen) -> Iterator[Plain]:
        names = seen.names(self.resource_type)
        yield ALL if names == ["*"] else names
