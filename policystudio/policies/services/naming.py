"""Judges a policy's name and region mode against what RAM allows for a name.

Source: RAM, limits: a policy name has 1 to 128 of the characters A-Z, a-z, 0-9 and `-`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from policystudio.errors import Conflict, Problem
from policystudio.policies.models import Policy
from policystudio.ram.finding import shown
from policystudio.ram.render import RegionMode, Target, ram_name

MAX_NAME = 128


def name_problems(name: object, region_mode: object, targets: Iterable[Target]) -> Iterator[Problem]:
    """What is wrong with the name, also as it will be in each targeted region."""
    if not isinstance(name, str) or not re.fullmatch(r"[A-Za-z0-9-]{1,128}", name):
        yield Problem("/name", "must be 1 to 128 of the characters A-Z, a-z, 0-9 and -", "bad-policy-name")
    if region_mode not in list(RegionMode):
        yield Problem("/region_mode", f"must be one of {', '.join(RegionMode)}", "unknown-region-mode")
    elif isinstance(name, str) and len(name) <= MAX_NAME:
        mode = RegionMode(str(region_mode))
        longest = max((ram_name(name, mode, target.region) for target in targets), key=len, default=name)
        if len(longest) > MAX_NAME:
            detail = (
                f"with the region it has {len(longest)} characters, {shown(longest)}; RAM allows {MAX_NAME}"
            )
            yield Problem("/name", detail, "policy-name-too-long")


def refuse_taken(team_id: int, name: str, *, but: Policy | None = None) -> None:
    """Raises: NameTaken. Letter case does not make two names different, as files and people do not see it."""
    same = Policy.objects.filter(team_id=team_id, deleted_at=None, name__iexact=name)
    if but is not None:
        same = same.exclude(pk=but.pk)
    if same.exists():
        raise NameTaken(name)


class NameTaken(Conflict):
    """The team has a policy of that name."""

    code = "name-taken"

    def __init__(self, name: str) -> None:
        problem = Problem(
            "/name", "another policy of the team has this name, whatever the letter case", self.code
        )
        super().__init__(f"there is a policy {name} already", problems=[problem])
