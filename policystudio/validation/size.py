"""How long a document is for RAM, for each of its targets and for the worst of them.

Decision: UTF-8 bytes of exactly the text that would be sent are counted, and whether blanks count is not documented,
so both figures are kept: over the limit without blanks is an error, over it only with blanks a warning. What takes the
room within a document is told by `room.py`.
Source: ram-language, section 6.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from policystudio.ram.canonical import canonical, compact
from policystudio.ram.document import Document
from policystudio.ram.reader import Json
from policystudio.ram.render import RegionMode, RenderError, Target, render, render_combined

LIMIT = 6144
CLEARLY_SHORT = LIMIT * 8 // 10
"""No rule on length has anything to say of a document up to this."""
# A source this long cannot be rendered to an acceptable length; repeating it for many regions would only take time.
_HOPELESS = 4 * LIMIT

# Lists and objects of a document lie in one another at most so deep, from the document to the values of a condition.
_DEEPEST = 7
_LINE = 1 + 2 * _DEEPEST

_without_blanks = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode

_Kind = tuple[tuple[int, str], ...]
"""Lengths of the account and the regions, and the values themselves where the source names them."""


@dataclass(frozen=True, slots=True)
class Size:
    """UTF-8 bytes without and with the blanks of our formatting."""

    bytes_compact: int
    bytes_formatted: int
    limit: int = LIMIT


@dataclass(frozen=True, slots=True)
class TargetSize:
    """The size of the one document that an account gets for `regions`; several of them in the combined mode."""

    account: str
    regions: tuple[str, ...]
    size: Size


@dataclass(frozen=True, slots=True)
class Sizing:
    """The size for the worst target; `refused` when some target cannot be rendered."""

    size: Size
    worst: str
    """The worst target in words; empty when there are no targets."""
    refused: RenderError | None


def measure(document: Document, targets: tuple[Target, ...], mode: RegionMode) -> Sizing:
    """The size of the largest document that the targets give; of the source itself when there are none."""
    try:
        found = sizes(document, targets, mode) if targets else ()
    except RenderError as refused:
        return Sizing(source_size(document), "", refused)
    if not found:
        return Sizing(source_size(document), "", None)
    worst = found[0]
    where = (
        f"account {worst.account} with {len(worst.regions)} regions"
        if mode is RegionMode.COMBINED
        else f"account {worst.account} in {worst.regions[0]}"
    )
    return Sizing(worst.size, where, None)


def counting(targets: Sequence[Target], mode: RegionMode) -> Callable[[Document], int]:
    """How many bytes without blanks a document takes for the worst of these targets, the source if there are none."""
    return lambda document: measure(document, tuple(targets), mode).size.bytes_compact


def longest(document: Document, targets: Sequence[Target], mode: RegionMode) -> int:
    """A number of bytes that `measure` surely stays within, blanks included; found without rendering anything.

    Each text of a source is at least as long as what is written of it, as escapes only make it longer, and each line of
    the written form ends with a comma or beside a bracket.
    """
    text = document.source.text
    most = len(text) if text.isascii() else len(text.encode("utf-8", "replace"))
    brackets = text.count("{") + text.count("[")
    most += (text.count(",") + 2 * brackets + 1) * _LINE + text.count(":")
    filled = text.count("$") + text.count("\\")
    if not targets or not filled:
        return most
    # Each value may become a list, and its text may stand there once for each region.
    times = len({target.region for target in targets}) if mode is RegionMode.COMBINED else 1
    value = max(max(len(target.account), len(target.region)) for target in targets)
    return times * (most + filled * (value + _LINE + 1)) + filled * 2 * _LINE


def sizes(document: Document, targets: Sequence[Target], mode: RegionMode) -> tuple[TargetSize, ...]:
    """The size of every document that the targets give, the largest first; none for a hopelessly long source.

    Targets whose values are equally long give equally long documents, unless the source itself names one of them, as
    then entries may fall together; so only one of each kind is rendered and the work does not grow with the number of
    accounts. Raises: RenderError, as `render`.
    """
    documents = _documents(targets, mode)
    # No text is shorter than what it says without blanks, and a single document is compared with no other.
    is_short = len(document.source.text) <= _HOPELESS // 4
    source = "" if is_short and len(documents) == 1 else compact(document.value)
    if len(source.encode("utf-8", "replace")) > _HOPELESS:
        return ()
    known: dict[_Kind, Size] = {}
    # Each name is looked for once, as accounts and regions stand in many pairs.
    names = {name for account, regions in documents for name in (account, *regions)}
    kinds = {name: _kind(name, source) for name in names}
    found = []
    for account, regions in documents:
        kind = (kinds[account], *sorted(kinds[region] for region in regions))
        if kind not in known:
            known[kind] = _measured(rendered(document, account, regions, mode))
        found.append(TargetSize(account, regions, known[kind]))
    return tuple(sorted(found, key=lambda each: -each.size.bytes_compact))


def rendered(document: Document, account: str, regions: Sequence[str], mode: RegionMode) -> str:
    """The text of one document that an account gets. Raises: RenderError, as `render`."""
    if mode is RegionMode.COMBINED:
        return render_combined(document, account, regions)
    return render(document, Target(account, regions[0]))


def source_size(document: Document) -> Size:
    """The size of the source itself, placeholders and all."""
    return _size_of(canonical(document.value), compact(document.value))


def bytes_of(value: Json) -> int:
    """How many bytes a value takes without blanks."""
    return len(compact(value).encode("utf-8", "replace"))


def added_by_regions(document: Document, account: str, regions: Sequence[str]) -> tuple[tuple[str, int], ...]:
    """By how many bytes the combined document would be shorter without each of the regions, the most first.

    Nothing for a single region, as a document for none does not exist. Raises: RenderError, as `render`.
    """
    if len(regions) < 2:
        return ()
    source = compact(document.value)
    whole = _measured(render_combined(document, account, regions)).bytes_compact
    known: dict[tuple[int, str], int] = {}
    found = []
    for region in regions:
        kind = _kind(region, source)
        if kind not in known:
            others = [other for other in regions if other != region]
            known[kind] = whole - _measured(render_combined(document, account, others)).bytes_compact
        found.append((region, known[kind]))
    return tuple(sorted(found, key=lambda each: -each[1]))


def _documents(targets: Sequence[Target], mode: RegionMode) -> list[tuple[str, tuple[str, ...]]]:
    """(account, regions) of every document, in the order of the targets."""
    ordered = sorted(set(targets))
    if mode is RegionMode.SEPARATE:
        return [(target.account, (target.region,)) for target in ordered]
    regions: dict[str, list[str]] = defaultdict(list)
    for target in ordered:
        regions[target.account].append(target.region)
    return [(account, tuple(those)) for account, those in regions.items()]


def _kind(value: str, source: str) -> tuple[int, str]:
    return len(value), value if value in source else ""


def _measured(text: str) -> Size:
    # What rendering gives is plain JSON of texts alone, in which the quick reader loses nothing.
    return _size_of(text, _without_blanks(json.loads(text)))


def _size_of(formatted: str, plain: str) -> Size:
    return Size(len(plain.encode("utf-8", "replace")), len(formatted.encode("utf-8", "replace")))
