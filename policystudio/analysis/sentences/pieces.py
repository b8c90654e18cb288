"""Small pieces that every language needs: values between backticks, and parts joined to a list."""

from __future__ import annotations

from collections.abc import Sequence

from policystudio.analysis.sentences.sentence import Part

Parts = list[Part]


def quoted(text: str) -> str:
    """A value from the document, marked as such; no two values look alike.

    What cannot be seen, the backtick itself among it, is written `\\u{202E}`, and a backslash twice.
    """
    shown = (
        "\\\\" if c == "\\" else c if c.isprintable() and c != "`" else f"\\u{{{ord(c):04X}}}" for c in text
    )
    return f"`{''.join(shown)}`"


def joined(items: Sequence[Parts], comma: str, last: str, path: str) -> Parts:
    """The items with `comma` between them and `last` before the last one; these belong to `path`."""
    found: Parts = []
    for index, item in enumerate(items):
        if index:
            found.append(Part(last if index == len(items) - 1 else comma, path))
        found += item
    return found
