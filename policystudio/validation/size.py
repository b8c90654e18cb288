"""How long a document is for RAM, for the worst of its targets.

Decision: UTF-8 bytes of exactly the text that would be sent are counted, and whether blanks count is not documented,
so both figures are kept: over the limit without blanks is an error, over it only with blanks a warning.
Source: ram-language, section 6.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from policystudio.ram.canonical import canonical, compact
from policystudio.ram.document import Document
from policystudio.ram.reader import read
from policystudio.ram.render import RENDERED_LIMITS, RegionMode, RenderError, Target, render, render_combined

LIMIT = 6144
# A source this long cannot be rendered to an acceptable length; repeating it for many regions would only take time.
_HOPELESS = 4 * LIMIT


@dataclass(frozen=True, slots=True)
class Size:
    """UTF-8 bytes without and with the blanks of our formatting."""

    bytes_compact: int
    bytes_formatted: int
    limit: int = LIMIT


@dataclass(frozen=True, slots=True)
class Sizing:
    """The size for the worst target; `refused` when some target cannot be rendered."""

    size: Size
    worst: str
    """The worst target in words; empty when there are no targets."""
    refused: RenderError | None


def measure(document: Document, targets: tuple[Target, ...], mode: RegionMode) -> Sizing:
    """The size of the largest document that the targets give; of the source itself when there are none.

    Targets whose values are equally long give equally long documents, unless the source itself names one of them, as
    then entries may fall together; so only one of each kind is rendered and the work does not grow with the number of
    accounts.
    """
    worst = Sizing(_size_of(canonical(document.value), compact(document.value)), "", None)
    if not targets or worst.size.bytes_compact > _HOPELESS:
        return worst
    source = compact(document.value)

    def kind(value: str) -> tuple[int, str]:
        return len(value), value if value in source else ""

    sizes: list[Sizing] = []
    try:
        if mode is RegionMode.COMBINED:
            regions: dict[str, list[str]] = defaultdict(list)
            for target in sorted(set(targets)):
                regions[target.account].append(target.region)
            alike = {
                (kind(account), *sorted(map(kind, those))): account for account, those in regions.items()
            }
            for account in alike.values():
                text = render_combined(document, account, regions[account])
                sizes.append(
                    Sizing(_measured(text), f"account {account} with {len(regions[account])} regions", None)
                )
        else:
            by_lengths = {(kind(t.account), kind(t.region)): t for t in sorted(set(targets), reverse=True)}
            for target in by_lengths.values():
                text = render(document, target)
                sizes.append(Sizing(_measured(text), f"account {target.account} in {target.region}", None))
    except RenderError as refused:
        return Sizing(worst.size, "", refused)
    return max(sizes, key=lambda sizing: sizing.size.bytes_compact)


def _measured(text: str) -> Size:
    value = read(text, RENDERED_LIMITS).value
    assert value is not None  # what rendering gives can be read
    return _size_of(text, compact(value))


def _size_of(formatted: str, plain: str) -> Size:
    return Size(len(plain.encode("utf-8", "replace")), len(formatted.encode("utf-8", "replace")))
