"""Finding policies; every filter stays within the team."""

from __future__ import annotations

import pytest

from policystudio.errors import NotFound
from policystudio.policies.selectors import PolicyFilters, policies, policy_get, target_counts
from policystudio.policies.services.revise import revise
from policystudio.ram.render import Target
from policystudio.review.services.propose import propose
from tests.factories import (
    DEVELOPMENT,
    HANGZHOU,
    PRODUCTION,
    SHANGHAI,
    make_account,
    make_policy,
    make_released,
    source_text,
)


@pytest.fixture
def shelf(ada, rui, sam, development, production):
    """Policies of the team, each unlike the others, and one of another team that is like all of them."""
    make_policy(
        ada, "decrypts", source=source_text(actions=("kms:Decrypt",)), targets=[(PRODUCTION, HANGZHOU)]
    )
    everything_but = source_text().replace('"Action"', '"NotAction"').replace("kms:Encrypt", "kms:Decrypt*")
    make_policy(ada, "all-but-decrypt", source=everything_but, description="50% of it")
    deny = source_text(actions=("kms:*",)).replace("Allow", "Deny")
    make_policy(ada, "denies", source=deny, targets=[(DEVELOPMENT, SHANGHAI)])
    make_policy(ada, "built", builder="key-read-only", parameters={}, targets=())
    propose(by=ada, policy=make_policy(ada, "proposed"), message="m")
    changed = make_released(
        ada, rui, name="changed", source=source_text(actions=("kms:Sign*", "kms:AsymmetricSign"))
    )
    revise(by=ada, policy=changed, source=source_text(actions=("kms:AsymmetricVerify",)))
    make_account(sam)
    make_policy(sam, "foreign", source=source_text(actions=("*",)))


def names(viewer, **filters):
    return [policy.name for policy in policies(viewer, PolicyFilters(**filters))]


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"account": PRODUCTION}, ["decrypts"]),
        ({"account": "1"}, []),
        ({"account": PRODUCTION, "region": SHANGHAI}, []),
        ({"region": SHANGHAI}, ["denies"]),
        ({"builder": "key-read-only"}, ["built"]),
        ({"state": "in_review"}, ["proposed"]),
        ({"state": "changed"}, ["changed"]),
        ({"state": "released"}, []),
        ({"state": "nonsense"}, []),
        ({"q": "DECRYPT"}, ["all-but-decrypt", "decrypts"]),
        ({"q": "%"}, ["all-but-decrypt"]),
        ({"q": "a\0"}, []),
        ({"action": "kms:Decrypt"}, ["decrypts"]),
        ({"action": "KMS:decrypt"}, ["decrypts"]),
        ({"action": "kms:Encrypt"}, ["all-but-decrypt", "proposed"]),
        ({"action": "kms:AsymmetricSign"}, ["all-but-decrypt", "changed"]),
        ({"action": "kms:AsymmetricVerify", "state": "changed"}, ["changed"]),
    ],
)
def test_filter_finds_exactly(vera, shelf, filters, expected):
    assert names(vera, **filters) == expected


def test_nobody_sees_another_teams_policies(vera, sam, shelf):
    assert names(sam) == ["foreign"]
    assert "foreign" not in names(vera)
    with pytest.raises(NotFound):
        policy_get(vera, policies(sam).get().pk)
    with pytest.raises(NotFound):
        policy_get(vera, 10**30)


def test_matrix_counts_policies_by_target(vera, shelf):
    assert target_counts(vera) == {
        Target(DEVELOPMENT, HANGZHOU): 3,
        Target(DEVELOPMENT, SHANGHAI): 1,
        Target(PRODUCTION, HANGZHOU): 1,
    }
