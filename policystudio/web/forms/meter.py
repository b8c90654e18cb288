"""How much room a policy takes, for pages: every target against RAM's limit, and what takes most in the largest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from policystudio.ram.document import Document
from policystudio.ram.reader import JsonObject, read
from policystudio.ram.render import RENDERED_LIMITS, RegionMode, RenderError, Target
from policystudio.validation.room import Room, room_of
from policystudio.validation.size import Size, TargetSize, added_by_regions, rendered, sizes, source_size


@dataclass(frozen=True, slots=True)
class RegionShare:
    """What one region adds to the document of an account."""

    region: str
    bytes: int


@dataclass(frozen=True, slots=True)
class Meter:
    """`size` and `room` are those of the largest document, or of the source when none can be rendered.

    `targets` has every document with its size, the largest first; `regions` what each adds in the combined mode, and
    `shared` what is left when all of them are taken off.
    """

    size: Size
    targets: tuple[TargetSize, ...]
    room: Room
    regions: tuple[RegionShare, ...]

    @property
    def worst(self) -> TargetSize | None:
        """The target with the largest document."""
        return self.targets[0] if self.targets else None

    @property
    def shared(self) -> int:
        """The bytes that no single region adds."""
        return self.size.bytes_compact - sum(share.bytes for share in self.regions)


def meter_of(document: Document, targets: Sequence[Target], mode: RegionMode) -> Meter:
    """The meter of a source; one that cannot be rendered is measured as it stands, and a finding says why."""
    try:
        found = sizes(document, targets, mode)
        if found:
            worst = found[0]
            value = read(rendered(document, worst.account, worst.regions, mode), RENDERED_LIMITS).value
            added = (
                added_by_regions(document, worst.account, worst.regions)
                if mode is RegionMode.COMBINED
                else ()
            )
            assert isinstance(value, JsonObject)  # rendering gives a document
            return Meter(worst.size, found, room_of(value), tuple(RegionShare(*pair) for pair in added))
    except RenderError:
        pass
    return Meter(source_size(document), (), room_of(document.value), ())
