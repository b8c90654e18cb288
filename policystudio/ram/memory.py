"""Remembers answers about texts that come again and again, such as the names of actions and the usual resources.

Only short texts are remembered, so that nobody can fill the memory with long ones that are asked about once.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import TypeVar

T = TypeVar("T")

MAX_CHARACTERS = 200
_MOST = 8192


def remembered(answer: Callable[[str], T]) -> Callable[[str], T]:
    """`answer`, which must depend on its text alone and give a value that nobody changes, with a memory."""
    known = lru_cache(maxsize=_MOST)(answer)

    @wraps(answer)
    def ask(text: str) -> T:
        return known(text) if len(text) <= MAX_CHARACTERS else answer(text)

    return ask
