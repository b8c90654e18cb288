"""Reads the account and region that a document is rendered for; whether the team stores anything there is not asked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from policystudio.api.fields import Field
from policystudio.api.shapes import ACCOUNT, REGION
from policystudio.api.structures import Null
from policystudio.errors import InvalidInput, Problem
from policystudio.ram.render import Target

PLACE: Mapping[str, Field] = {
    "account": Null(of=ACCOUNT, about="Together with `region`."),
    "region": Null(of=REGION, about="Together with `account`."),
}


def target_of(body: Mapping[str, Any]) -> Target | None:
    """The target named by `account` and `region`, None for neither. Raises: InvalidInput for one without the other."""
    account, region = body.get("account"), body.get("region")
    if account is not None and region is not None:
        return Target(account, region)
    if account is None and region is None:
        return None
    missing = "region" if region is None else "account"
    raise InvalidInput([Problem(f"/{missing}", "account and region go together", "required")])
