"""The words that a grammar is made of, which are no values unless they stand between backticks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any

from policystudio.analysis.sentences.reading.grammar import Grammar
from policystudio.analysis.sentences.reading.wordings import Node, words_in


def words_of(grammar: Grammar) -> Grammar:
    """The grammar with all its words."""
    return replace(grammar, words=frozenset(word for node in _trees(grammar) for word in words_in(node)))


def _trees(value: Any) -> Iterator[Node[Any]]:
    if isinstance(value, Node):
        yield value
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from _trees(each)
    elif isinstance(value, tuple):
        for each in value:
            yield from _trees(each)
    elif is_dataclass(value):
        for each in fields(value):
            yield from _trees(getattr(value, each.name))
