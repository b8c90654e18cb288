"""Patterns of file names as the configuration uses them.

Decision: `*` and `?` stay within one folder, `**` spans folders; a pattern without `/` speaks of the file's own name in
any folder, as in `.gitignore`.
"""

from __future__ import annotations

import re
from functools import lru_cache

_PIECE = re.compile(r"\*\*/|/\*\*$|\*+|\?|[^*?]")
_MEANING = {"**/": "(?:[^/]+/)*", "/**": "/.+", "*": "[^/]*", "**": ".*", "?": "[^/]"}


def fits(pattern: str, path: str) -> bool:
    """Whether the path, relative and with `/` between folders, is one that the pattern speaks of."""
    return _compiled(pattern).fullmatch(path) is not None


def names_one_file(pattern: str) -> bool:
    """Whether the pattern can speak of one file only."""
    return "/" in pattern and "*" not in pattern and "?" not in pattern


@lru_cache(maxsize=1024)
def _compiled(pattern: str) -> re.Pattern[str]:
    whole = pattern.removeprefix("/") if "/" in pattern else f"**/{pattern}"
    return re.compile("".join(_meaning(piece) for piece in _PIECE.findall(whole)), re.DOTALL)


def _meaning(piece: str) -> str:
    if piece.startswith("*") and "/" not in piece:
        return _MEANING[piece[:2]]
    return _MEANING.get(piece) or re.escape(piece)
