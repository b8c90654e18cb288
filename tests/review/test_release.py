"""A release hands out exactly what was approved, for every target or for none."""

from __future__ import annotations

import json

import pytest

from policystudio.accounts.services.update_account import update_account
from policystudio.errors import NotAllowed, NotFound
from policystudio.policies.services.revise import revise
from policystudio.policies.services.set_targets import set_targets
from policystudio.policies.services.update_policy import update_policy
from policystudio.review.exporting import export_one, export_rows
from policystudio.review.models import Current, Release, ReleasedDocument
from policystudio.review.services.decide import decide
from policystudio.review.services.propose import propose
from policystudio.review.services.refusals import NotReady, NotReleased, ReviewFinished
from policystudio.review.services.release import release
from policystudio.review.standing import State, standing
from policystudio.teams.services.change_role import change_role
from policystudio.teams.services.remove_member import remove_member
from tests.factories import (
    DEVELOPMENT,
    FRANKFURT,
    HANGZHOU,
    PRODUCTION,
    SHANGHAI,
    approve,
    make_policy,
    make_released,
    source_text,
)


def codes(error: pytest.ExceptionInfo[NotReady]) -> set[str]:
    return {problem.code for problem in error.value.problems}


def test_approved_review_is_released_and_exported_as_canonical_bytes(ada, rui, review, vera):
    approve(rui, review)
    released = release(by=ada, review=review)
    assert released.state == "released"
    got = export_one(vera, DEVELOPMENT, HANGZHOU, "app-decrypt")
    assert json.loads(got.text)["Statement"][0]["Resource"] == [
        f"acs:kms:{HANGZHOU}:{DEVELOPMENT}:key/key-hzz0000000000001"
    ]
    assert got.text.endswith("}\n")
    assert standing(released).state is State.RELEASED
    assert standing(released).approvals == 1
    (entry,) = export_rows(vera)
    assert json.loads(entry) == {
        "account": DEVELOPMENT,
        "region": HANGZHOU,
        "name": "app-decrypt",
        "ram_name": f"app-decrypt-{HANGZHOU}",
        "revision": 1,
        "sha256": got.sha256,
        "document": got.text,
    }


def test_review_without_enough_approvals_is_not_released(ada, rui, review, vera):
    with pytest.raises(NotReady) as error:
        release(by=ada, review=review)
    assert codes(error) == {"approvals-missing"}
    with pytest.raises(NotReleased):
        export_one(vera, DEVELOPMENT, HANGZHOU, "app-decrypt")
    with pytest.raises(NotFound):
        export_one(vera, DEVELOPMENT, HANGZHOU, "app-encrypt")
    with pytest.raises(NotAllowed):
        release(by=vera, review=review)
    approve(rui, review)
    release(by=ada, review=review)
    with pytest.raises(ReviewFinished):
        release(by=ada, review=review)
