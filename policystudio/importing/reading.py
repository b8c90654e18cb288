"""What an imported document would be stored as, by the choices made for it: pure, and the same for page and work.

Nothing is decided here that a person has not chosen; a choice that fits nothing changes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from policystudio.builders.builder import get
from policystudio.builders.detect import Detected, detect
from policystudio.ram.document import Document
from policystudio.ram.finding import Finding, Severity
from policystudio.ram.generalise import Generalised, generalise, generalise_combined
from policystudio.ram.mend import Mended, mended
from policystudio.ram.reader import JsonObject, read
from policystudio.ram.render import RegionMode, Target, source_text

_NO_NAME = re.compile(r"[^A-Za-z0-9-]+")
MAX_NAME = 128


_BRACES = ("{", "｛")
"""How a document can begin; the second is the wide form, which a repair turns into the first."""


@dataclass(frozen=True, slots=True)
class Read:
    """`text` is what would be stored, not yet in canonical form; None where there is nothing to choose."""

    text: str
    mended: Mended | None
    generalised: Generalised | None
    detected: Detected | None

    @property
    def repaired(self) -> tuple[Finding, ...]:
        """The repairs that are made or could be."""
        return self.mended.repaired if self.mended else ()


def read_document(
    text: str,
    origins: Iterable[Sequence[Target]],
    *,
    is_mended: bool,
    is_generalised: bool,
    region_mode: str = RegionMode.SEPARATE,
) -> Read:
    """The document with the chosen changes; `mended` and `generalised` are there when they could be chosen too.

    `origins`: groups of targets that it may come from; the first group with a fitting one decides. In the combined
    mode one document may come from several regions of an account at once.
    """
    offered = mended(text)
    chosen = offered.text if is_mended else text
    groups = list(origins)
    general = None
    if region_mode == RegionMode.COMBINED:
        general = next((made for targets in groups if (made := generalise_combined(chosen, targets))), None)
    if general is None:
        general = next((made for targets in groups if (made := generalise(chosen, targets))), None)
    if is_generalised and general is not None:
        chosen = general.text
    return Read(chosen, offered if offered.repaired else None, general, detect(chosen))


def canonical_or_none(text: str) -> str | None:
    """The text that a revision would hold, or None when it cannot be read."""
    reading = read(text)
    if not isinstance(reading.value, JsonObject):
        return None
    return source_text(Document(reading.source, reading.value, ()))


def storable_parameters(detected: Detected | None, source: str) -> dict[str, Any] | None:
    """The builder's parameters when its form makes `source` to the letter, and they may be stored as they are."""
    builder = get(detected.slug) if detected else None
    if builder is None or detected is None:
        return None
    built = builder.build(detected.parameters)
    if canonical_or_none(built.source) != source or builder.refusals_to_store(built.parameters):
        return None
    return built.parameters


def nothing_in(text: str) -> Finding | None:
    """Why no choice can make a document of the text, as it holds none: it is empty, or has no JSON object in it."""
    if not text.strip():
        message = "there is no text in it; send the file that holds the document"
        return Finding("empty-text", Severity.ERROR, message, None, None, None)
    if not any(brace in text for brace in _BRACES):
        message = "there is no JSON object in it, so it holds no document; send the file that does"
        return Finding("document-not-an-object", Severity.ERROR, message, None, None, None)
    return None


def policy_name(hint: str) -> str:
    """A name that RAM allows, as near to the hint as can be; the empty text for none."""
    return _NO_NAME.sub("-", hint).strip("-")[:MAX_NAME].strip("-")
