"""What describing a document gives: sentences made of parts, and what their wildcards reach."""

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
class Part:
    """A piece of a sentence, and the JSON Pointer of the element of the document that it says."""

    text: str
    path: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """One statement in words. The parts make up the text, which holds values from the document between backticks."""

    index: int
    path: str
    effect: Effect
    parts: tuple[Part, ...]
    reaches: tuple[Reach, ...]

    @property
    def text(self) -> str:
        return "".join(part.text for part in self.parts)


@dataclass(frozen=True, slots=True)
class Summary:
    """A whole document in words: what is never allowed first, then what is allowed, then what holds for the rest.

    `closing` says that everything else is denied, and `legend` what wildcards between backticks mean, empty when the
    sentences quote none.
    """

    sentences: tuple[Sentence, ...]
    closing: str
    legend: str

    @property
    def text(self) -> str:
        """One line for each sentence."""
        lines = [*(sentence.text for sentence in self.sentences), self.closing, self.legend]
        return "\n".join(line for line in lines if line)
