"""Judges the fields of an account, the same for a new one and a changed one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from policystudio.errors import Problem
from policystudio.teams.texts import line_problems

MAX_REGIONS = 100
MAX_APPROVALS = 10


def field_problems(
    *, name: Any, environment: Any, regions: Any, required_approvals: Any
) -> Iterator[Problem]:
    """Everything that is wrong with the fields, pointers into an object that holds them by these names."""
    yield from line_problems(name, "/name", max_characters=128)
    if not isinstance(environment, str) or not re.fullmatch(r"[a-z0-9][a-z0-9-]{0,31}", environment):
        detail = "must be 1 to 32 of the characters a-z, 0-9 and -, such as production"
        yield Problem("/environment", detail, "bad-environment")
    yield from _region_problems(regions)
    if required_approvals is not None and (
        isinstance(required_approvals, bool)
        or not isinstance(required_approvals, int)
        or not 1 <= required_approvals <= MAX_APPROVALS
    ):
        yield Problem(
            "/required_approvals",
            f"must be a whole number from 1 to {MAX_APPROVALS}, or null",
            "out-of-range",
        )


def number_problems(number: Any) -> Iterator[Problem]:
    """An account's number is 1 to 20 ASCII digits; Alibaba Cloud's have 16."""
    if not isinstance(number, str) or not re.fullmatch(r"[0-9]{1,20}", number):
        yield Problem("/id", "must be a text of 1 to 20 digits, as Alibaba Cloud shows it", "bad-account-id")


def _region_problems(regions: Any) -> Iterator[Problem]:
    from policystudio.catalog.load import load
    from policystudio.catalog.lookup import nearest

    if not isinstance(regions, Sequence) or isinstance(regions, str):
        yield Problem("/regions", "must be a list of region ids", "wrong-type")
        return
    if len(regions) > MAX_REGIONS:
        yield Problem("/regions", f"lists {len(regions)} regions; at most {MAX_REGIONS} are kept", "too-many")
        return
    known = set(load().regions)
    seen: set[str] = set()
    for index, region in enumerate(regions):
        if not isinstance(region, str):
            yield Problem(f"/regions/{index}", "must be a text", "wrong-type")
        elif region not in known:
            hint = nearest(region[:64], known)
            suggestion = f"; did you mean {hint}?" if hint else ""
            yield Problem(f"/regions/{index}", f"unknown region{suggestion}", "unknown-region")
        elif region in seen:
            yield Problem(f"/regions/{index}", f"{region} is listed twice", "duplicate")
        else:
            seen.add(region)
