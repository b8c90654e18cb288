"""Small pieces of English grammar: lists, quoted values."""

from __future__ import annotations

from collections.abc import Sequence


def listed(words: Sequence[str], last: str = "and") -> str:
    """`a`, `a and b`, `a, b and c`; `last` replaces the final "and"."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def quoted(text: str) -> str:
    """A value from the document, marked as such; characters that cannot be seen are written as U+XXXX."""
    return "`" + "".join(c if c.isprintable() and c != "`" else f"U+{ord(c):04X}" for c in text) + "`"
