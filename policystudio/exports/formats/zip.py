"""A zip archive of `<account>/<region>/<name>.json`, each file exactly the canonical bytes of one document.

Decision: names are made so that they unpack everywhere. A second name that differs from an earlier one in letter case
alone gets `~2` and so on, a name that Windows keeps for a device gets `~1`; `~` stands in no policy name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from policystudio.exports.archive import zipped
from policystudio.exports.format import Entries, Format
from policystudio.exports.released import Released, released_of

_ACCOUNT = re.compile(r"[0-9]+")
_REGION = re.compile(r"[a-z0-9-]+")
_NAME = re.compile(r"[A-Za-z0-9-]{1,128}")
# Source: Microsoft, "Naming Files, Paths, and Namespaces"; those with other characters cannot be policy names.
_DEVICE = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])")


def paths(documents: Iterable[Released]) -> Iterator[tuple[str, Released]]:
    """Each document with its path, unique without regard to letter case.

    Only the names of one account and region are remembered at a time, so the documents must come in their order.
    Raises: ValueError for parts that make no safe path, and for an account and region that come back later; neither
    can be stored or asked for, so it would be a bug.
    """
    finished: set[tuple[str, str]] = set()
    current: tuple[str, str] | None = None
    seen: dict[str, int] = {}
    for released in documents:
        folder = (released.account, released.region)
        if folder != current:
            if folder in finished:
                raise ValueError(f"not in order: {folder}")
            if current is not None:
                finished.add(current)
            current, seen = folder, {}
        if not (
            _ACCOUNT.fullmatch(released.account)
            and _REGION.fullmatch(released.region)
            and _NAME.fullmatch(released.name)
        ):
            raise ValueError("an account, region or name that makes no path")
        folded = released.name.lower()
        seen[folded] = turn = seen.get(folded, 0) + 1
        is_changed = turn > 1 or _DEVICE.fullmatch(folded)
        name = f"{released.name}~{turn}" if is_changed else released.name
        yield f"{released.account}/{released.region}/{name}.json", released


def _write(entries: Entries) -> Iterator[bytes]:
    return zipped((path, released.document.encode()) for path, released in paths(map(released_of, entries)))


FORMAT = Format(label="ZIP", content_type="application/zip", file_extension="zip", write=_write)
