"""Marks a text of a builder for translation without translating it; the pages look it up in the reader's language."""

from __future__ import annotations


def N_(text: str) -> str:
    """`text` itself."""
    return text
