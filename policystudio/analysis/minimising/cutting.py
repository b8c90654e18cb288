"""Cuts statements into pieces that fit into a number of bytes, and packs the pieces into few documents."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from policystudio.analysis.minimising.merging import slots, texts_in, with_texts
from policystudio.analysis.minimising.writing import written
from policystudio.ram.canonical import compact
from policystudio.ram.document import Document, Statement
from policystudio.ram.position import Source

MOST_PIECES = 200
"""A statement that would take more is not cut: ten documents can be attached, so these would help nobody."""

Measure = Callable[[Document], int]
"""How many bytes a document takes of the limit. A longer list may not make it shorter."""


class _TooLong(Exception):
    """Carries out of the recursion that a statement cannot be cut to fit."""


class Cutter:
    """Cuts and packs the statements of one document for one limit."""

    def __init__(self, document: Document, max_bytes: int, measured: Measure) -> None:
        self._document = document
        self._max_bytes = max_bytes
        self._measured = measured
        self._frame = self._size(())

    def pieces(self, statement: Statement) -> list[Statement]:
        """The statement in pieces of which each fits alone; none where it cannot be cut so."""
        made: list[Statement] = []
        try:
            self._cut(statement, made)
        except _TooLong:
            return []
        return made

    def packed(self, pieces: Sequence[Statement]) -> list[list[Statement]]:
        """The pieces in lists that fit, each piece in the first that has room.

        Sizes are added up, which for the worst of several targets may be a little more than there is, and never less.
        """
        packed: list[list[Statement]] = []
        sizes: list[int] = []
        for piece in pieces:
            size = self._size((piece,))
            more = size - self._frame + 1
            at = next((at for at, held in enumerate(sizes) if held + more <= self._max_bytes), None)
            if at is None:
                packed.append([piece])
                sizes.append(size)
            else:
                packed[at].append(piece)
                sizes[at] += more
        return packed

    def _cut(self, statement: Statement, made: list[Statement]) -> None:
        if self._size((statement,)) <= self._max_bytes:
            made.append(statement)
            if len(made) > MOST_PIECES:
                raise _TooLong
            return
        lists = [(slot, texts_in(statement, slot)) for slot in slots(statement)]
        long = [(slot, texts) for slot, texts in lists if len(texts) > 1]
        if not long:
            raise _TooLong
        slot, texts = max(long, key=lambda each: sum(len(text.text) for text in each[1]))
        count = self._most(lambda some: with_texts(statement, slot, texts[:some]), len(texts))
        # Where not even one entry fits beside the other lists, these have to be cut in their turn.
        at = count or len(texts) // 2
        self._cut(with_texts(statement, slot, texts[:at]), made)
        self._cut(with_texts(statement, slot, texts[at:]), made)

    def _most(self, with_first: Callable[[int], Statement], count: int) -> int:
        """How many of the first entries fit; fewer than `count`."""
        fitting, above = 0, 1
        while above < count and self._size((with_first(above),)) <= self._max_bytes:
            fitting, above = above, above * 2
        above = min(above, count)
        while above - fitting > 1:
            middle = (fitting + above) // 2
            if self._size((with_first(middle),)) <= self._max_bytes:
                fitting = middle
            else:
                above = middle
        return fitting

    def _size(self, statements: Sequence[Statement]) -> int:
        value = written(self._document, statements)
        return self._measured(Document(Source(compact(value)), value, (), self._document.kind))
