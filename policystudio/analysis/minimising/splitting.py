"""One document over RAM's size limit as several that allow and deny the same, attached together.

Statements stay whole where they fit and go, in their order, into the first document that has room. One that is too long
for any is cut where its entries are alternatives: by `Action`, by `Resource`, or by the values of a positive condition.
What its pieces match together is exactly what it matches, in every place, so an explicit Deny holds as before too:
a Deny in one of the documents holds against all of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from policystudio.analysis.access.filling import UNFILLED
from policystudio.analysis.comparing import Limits
from policystudio.analysis.deciding import STATED, Reading
from policystudio.analysis.minimising.answers import Proof, Scope
from policystudio.analysis.minimising.cutting import Cutter, Measure
from policystudio.analysis.minimising.proving import proved
from policystudio.analysis.minimising.writing import written
from policystudio.catalog import load
from policystudio.catalog.model import Catalogue
from policystudio.ram.canonical import canonical, compact
from policystudio.ram.document import Document, Statement
from policystudio.ram.parse import parse

LIMIT = 6144
"""The most bytes of a custom policy. Source: ram-language, section 6."""
MOST_ATTACHED = 10
"""So many custom policies can be attached to one user, group or role. Source: ram-language, section 6."""
_STATED_LIMITS = Limits()


def compact_bytes(document: Document) -> int:
    """The bytes of a document without blanks, placeholders as they stand."""
    return len(compact(document.value).encode("utf-8", "replace"))


@dataclass(frozen=True, slots=True)
class Part:
    """One of the documents: `statements` are the indexes of those of the original that it holds, whole or in part."""

    name: str
    document: Document
    text: str
    size: int
    statements: tuple[int, ...]

    def as_json(self) -> dict[str, Any]:
        """The part as the API shows it."""
        return {
            "name": self.name,
            "text": self.text,
            "bytes": self.size,
            "statements": list(self.statements),
        }


@dataclass(frozen=True, slots=True)
class Split:
    """The documents, and the proof that together they mean the same.

    `cut` are the indexes of the statements that had to be cut. `too_long` are the paths of those of which even a
    single entry of each list does not fit, or that would take too many pieces; then there are no parts.
    """

    parts: tuple[Part, ...]
    cut: tuple[int, ...]
    too_long: tuple[str, ...]
    proof: Proof | None

    @property
    def is_split(self) -> bool:
        return len(self.parts) > 1

    @property
    def is_too_many(self) -> bool:
        """Whether there are more than can be attached to one user, group or role."""
        return len(self.parts) > MOST_ATTACHED

    def as_json(self) -> dict[str, Any]:
        """The split as the API shows it."""
        return {
            "parts": [part.as_json() for part in self.parts],
            "cut": list(self.cut),
            "too_long": list(self.too_long),
            "too_many": self.is_too_many,
            "most_attached": MOST_ATTACHED,
            "proof": None if self.proof is None else self.proof.as_json(),
        }


def split(
    document: Document,
    *,
    max_bytes: int = LIMIT,
    measured: Measure = compact_bytes,
    name: str = "policy",
    catalogue: Catalogue | None = None,
    reading: Reading = STATED,
    limits: Limits = _STATED_LIMITS,
) -> Split:
    """The document as parts of at most `max_bytes` each, as `measured`; a single part where it fits as it is.

    The parts are called `<name>-1` and so on. Raises: Mismatch for a fault of the comparison.
    """
    if measured(document) <= max_bytes:
        whole = tuple(each.index for each in document.statements)
        text = canonical(document.value)
        return Split((Part(name, document, text, measured(document), whole),), (), (), None)
    cutter = Cutter(document, max_bytes, measured)
    pieces = [(each, cutter.pieces(each)) for each in document.statements]
    too_long = tuple(each.path for each, made in pieces if not made)
    if too_long:
        return Split((), (), too_long, None)
    packed = cutter.packed([piece for _, made in pieces for piece in made])
    parts = tuple(_part(f"{name}-{at}", document, each, measured) for at, each in enumerate(packed, 1))
    proof = proved(
        document,
        [part.document for part in parts],
        (UNFILLED,),
        Scope.EVERYWHERE,
        denials=True,
        catalogue=catalogue or load(),
        reading=reading,
        limits=limits,
    )
    return Split(parts, tuple(each.index for each, made in pieces if len(made) > 1), (), proof)


def _part(name: str, document: Document, statements: Sequence[Statement], measured: Measure) -> Part:
    text = canonical(written(document, statements))
    made = parse(text, document.kind, any_operator=True).document
    assert made is not None  # a piece of a document is one
    indexes = tuple(dict.fromkeys(each.index for each in statements))
    return Part(name, made, text, measured(made), indexes)
