"""What describing a statement gives: one sentence, and what its wildcards reach. Wording is left to the languages."""

from __future__ import annotations

from dataclasses import dataclass

from policystudio.ram.document import Effect


@dataclass(frozen=True, slots=True)
class Reach:
    """What an action pattern with a wildcard stands for today, as far as the catalogue knows.

    `effective` are the actions that the statement's resources let through, `cut_off` the others; both in the
    catalogue's order and spelling.
    """

    pattern: str
    effective: tuple[str, ...]
    cut_off: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sentence:
    """One statement in words. `text` holds values from the document between backticks."""

    index: int
    path: str
    effect: Effect
    text: str
    reaches: tuple[Reach, ...]
