"""Sorts targets into classes of which one proof is enough. Why it is enough is argued in `analysis/access/sharing.py`.

What is said there of the documents on both sides of a comparison holds for a source and the shapes of a guardrail: they
too differ from target to target in nothing but the texts that placeholders became. What looks at texts and not at
requests (the length of a name before a wildcard) is the same as well, as a placeholder beside a wildcard shares
nothing.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence

from policystudio.analysis.access import places
from policystudio.analysis.access.sharing import Signatures
from policystudio.ram.document import Document
from policystudio.ram.render import RegionMode, Target, ram_name


def classes(documents: Sequence[Document], targets: Iterable[Target], mode: RegionMode) -> list[list[Target]]:
    """The targets in order, those together that share a proof; `documents` are the source and a guardrail's shapes.

    In the combined mode a document speaks of all regions of an account, so that targets of one account share it.
    """
    signatures = Signatures(documents)
    named = [(target, ram_name("", mode, target.region)) for target in sorted(set(targets))]
    found: dict[Hashable, list[Target]] = {}
    for place in places((), named):
        found.setdefault(signatures.of(place), []).extend(place.targets)
    return [sorted(alike) for alike in found.values()]
