"""Resource names taken apart, and boxes with some of their resources widened."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from policystudio.analysis.requirements.boxes import Box
from policystudio.ram.resources import Resource, split

ALL = "*"


class Named(NamedTuple):
    """A resource with a name of its own: `word` is what stands before the first slash, such as `key`."""

    service: str
    region: str
    account: str
    word: str
    name: str

    @property
    def place(self) -> str:
        """What it is and where, as part of an id."""
        return f"{self.word}:{self.region}:{self.account}"

    @property
    def blanks(self) -> dict[str, str]:
        """What it is and where, for a sentence."""
        return {"word": self.word, "region": self.region, "account": self.account}

    def called(self, name: str) -> Named:
        """The same kind at the same place with another name, which may be a pattern."""
        return self._replace(name=name)

    def is_beside(self, other: Named) -> bool:
        """Whether both are of one kind, region and account."""
        return self[:4] == other[:4]

    def __str__(self) -> str:
        return str(Resource(self.service, self.region, self.account, f"{self.word}/{self.name}"))


def named(resource: str) -> Named | None:
    """The resource taken apart; None for one without a name of its own, such as a container."""
    fields = split(resource)
    if fields is None:
        return None
    word, slash, name = fields.relative_id.partition("/")
    return Named(fields.service, fields.region, fields.account, word, name) if slash and name else None


def all_named(boxes: Iterable[Box]) -> Iterator[Named]:
    """The resources with a name of their own, sorted, each once, but for those that stand for all of their kind."""
    for resource in sorted({resource for box in boxes for resource in box.resources}):
        found = named(resource)
        if found is not None and found.name != ALL:
            yield found


def widening(wide: Named, fits: Callable[[Named], bool]) -> Callable[[Box], Sequence[Box]]:
    """Puts `wide` in place of the resources beside it that fit."""

    def changed(resource: str) -> str:
        found = named(resource)
        return str(wide) if found is not None and found.is_beside(wide) and fits(found) else resource

    return lambda box: (box._replace(resources=frozenset(map(changed, box.resources))),)
