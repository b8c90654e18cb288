"""For programs: a list with an object for each file, its findings as the API shows them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import Any

from policystudio.linting.places import shown_path
from policystudio.linting.report import Format, Judged, Tally, Told


def _write(files: Iterable[Judged], tally: Tally) -> Iterator[str]:
    separator = "[\n"
    for judged in files:
        yield separator + json.dumps(_file(judged))
        separator = ",\n"
    yield "[]\n" if separator == "[\n" else "\n]\n"


def _file(judged: Judged) -> dict[str, Any]:
    return {
        "path": shown_path(judged.path),
        "valid": judged.is_valid,
        "findings": [_finding(told) for told in judged.told],
        "size": None if judged.size is None else asdict(judged.size),
        "unreadable": judged.fault,
    }


def _finding(told: Told) -> dict[str, Any]:
    by = told.suppression
    waiver = None if by is None else {"reason": by.reason, "until": by.until.isoformat()}
    return {**told.finding.as_json(), "fingerprint": told.fingerprint, "waiver": waiver}


FORMAT = Format(_write)
