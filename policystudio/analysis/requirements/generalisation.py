"""What a way to widen a document is, and the circumstances that it may look at."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType
from typing import NamedTuple

from policystudio.analysis.requirements.boxes import Box
from policystudio.catalog.model import Catalogue
from policystudio.discovery import discover


@dataclass(frozen=True, slots=True)
class Generalisation:
    """One way to widen a document. `id` begins with the name of its kind and is the same for the same widening.

    `says` is a sentence with named blanks, such as `{region}`, and `values` is what stands in them. `widen` gives for
    one box what takes its place; together this allows all that the box does.
    """

    id: str
    says: str
    values: Mapping[str, str]
    widen: Callable[[Box], Iterable[Box]] = field(compare=False, repr=False)

    @property
    def text(self) -> str:
        """The sentence, in English."""
        return self.says.format_map(self.values)


class Place(NamedTuple):
    """A region and an account that requests were made in, as they stand in a resource name."""

    region: str
    account: str


@dataclass(frozen=True, slots=True)
class Scene:
    """What was asked at first: the catalogue, and the places, sorted, that placeholders stand for."""

    catalogue: Catalogue
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Kind:
    """What a module of `kinds/` declares as KIND: its sentences for translation, and what it offers for a document.

    What is offered widens at least one of the boxes; the most useful comes first. `order` sorts the kinds.
    """

    order: int
    says: tuple[str, ...]
    offers: Callable[[Sequence[Box], Scene], Iterator[Generalisation]]


@cache
def kinds() -> Mapping[str, Kind]:
    """Every kind by its name, in order."""
    found = discover(f"{__package__}.kinds", "KIND", Kind)
    return MappingProxyType(dict(sorted(found.items(), key=lambda each: (each[1].order, each[0]))))


def offered(boxes: Sequence[Box], scene: Scene) -> Iterator[Generalisation]:
    """Everything that the kinds offer for a document."""
    for kind in kinds().values():
        yield from kind.offers(boxes, scene)
