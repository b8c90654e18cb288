"""The choices of a finding, made when somebody first looks at them: a linter that only counts never does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, overload

from policystudio.ram.document import Document
from policystudio.ram.finding import Edit, Fix
from policystudio.validation.repairs import Repair


class Offered(Sequence[Fix]):
    """Like the tuple of fixes that the repairs come to in one document: it compares, hashes, shows and pickles as one.

    Threads may look at the same time; at worst they make the same twice. What the repairs are made of is held until
    then.
    """

    __slots__ = ("_asked", "_made")

    def __init__(self, repairs: Iterable[Repair], document: Document) -> None:
        self._asked: tuple[Iterable[Repair], Document] | None = (repairs, document)
        self._made: tuple[Fix, ...] = ()

    def _fixes(self) -> tuple[Fix, ...]:
        asked = self._asked
        if asked is not None:
            self._made = _made(*asked)
            # Only now, so that another thread that finds nothing to be made finds what was made.
            self._asked = None
        return self._made

    @overload
    def __getitem__(self, index: int) -> Fix: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Fix, ...]: ...
    def __getitem__(self, index: int | slice) -> Fix | tuple[Fix, ...]:
        return self._fixes()[index]

    def __len__(self) -> int:
        return len(self._fixes())

    def __iter__(self) -> Iterator[Fix]:
        return iter(self._fixes())

    def __eq__(self, other: object) -> bool:
        return self._fixes() == tuple(other) if isinstance(other, Offered | tuple) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._fixes())

    def __repr__(self) -> str:
        return repr(self._fixes())

    def __reduce__(self) -> tuple[Any, ...]:
        return tuple, (self._fixes(),)


def _made(repairs: Iterable[Repair], document: Document) -> tuple[Fix, ...]:
    choices: dict[tuple[Edit, ...], Fix] = {}
    for repair in repairs:
        fix = repair.fix(document)
        if fix is not None:
            # Different ideas may come to the same edits, of which the first is offered.
            choices.setdefault(fix.edits, fix)
    return tuple(choices.values())
