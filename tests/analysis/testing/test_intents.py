"""Offered tests: they hold everywhere, speak of what the policy is for, and each builder has some."""

from __future__ import annotations

import json
from typing import Any

import pytest

from policystudio.analysis.testing.intents import MAX_OFFERED, Why, intents
from policystudio.analysis.testing.running import run
from policystudio.analysis.testing.spots import spots_of
from policystudio.builders.builder import all_builders
from policystudio.catalog import load
from policystudio.ram.render import Target
from tests.analysis.access.sources import given

SPOTS = spots_of(
    (Target(account, region), f"p-{region}")
    for account in ("1234567890123456", "6543210987654321")
    for region in ("cn-hangzhou", "eu-central-1")
)
OWN = "acs:kms:${region}:${account}:"


def offered(*statements: Any) -> dict[Why, list[Any]]:
    document = given({"Version": "1", "Statement": list(statements)})
    found = intents(document, SPOTS, load())
    results = run(document, SPOTS, [each.test for each in found])
    assert all(result.verdict == "holds" and len(result.answers) == 4 for result in results)
    assert len({each.test.name for each in found}) == len(found)
    by_kind: dict[Why, list[Any]] = {why: [] for why in Why}
    for each in found:
        by_kind[each.why].append(each)
    return by_kind


def test_a_use_and_what_is_next_to_it() -> None:
    found = offered(
        {
            "Effect": "Allow",
            "Action": "kms:Decrypt",
            "Resource": f"{OWN}key/key-1",
            "Condition": {
                "StringEquals": {"kms:tag/Project": "Apollo"},
                "IpAddress": {"acs:SourceIp": "10.0.0.0/8"},
            },
        },
        {
            "Effect": "Deny",
            "Action": "kms:*",
            "Resource": "*",
            "Condition": {"Bool": {"acs:SecureTransport": "false"}},
        },
    )
    [use] = [each.test for each in found[Why.USE]]
    assert (use.request.action, use.request.resource) == ("kms:Decrypt", f"{OWN}key/key-1")
    assert use.request.context["kms:tag/Project"] == "Apollo"
    assert [each.test.request.resource for each in found[Why.OTHER_RESOURCE]] == [f"{OWN}key/another-key"]
    assert [each.key for each in found[Why.WITHOUT_KEY]] == ["kms:tag/Project", "acs:SourceIp"]
    assert [each.key for each in found[Why.OTHER_VALUE]] == ["kms:tag/Project", "acs:SourceIp"]
    assert len(found[Why.OTHER_ACCOUNT]) == len(found[Why.OTHER_ACTION]) == 1
    assert [each.test.request.context["acs:SecureTransport"] for each in found[Why.DENIED]] == ["false"]


def test_what_is_allowed_everywhere_is_not_said_to_be_denied_elsewhere() -> None:
    found = offered({"Effect": "Allow", "Action": "kms:*", "Resource": "*"})
    assert len(found[Why.USE]) == 1
    assert not any(found[why] for why in Why if why is not Why.USE)


def test_what_only_denies_or_excepts_offers_nothing() -> None:
    found = offered(
        {"Effect": "Deny", "Action": "kms:*", "Resource": "*"},
        {"Effect": "Allow", "NotAction": "kms:Decrypt", "Resource": "*"},
    )
    assert not any(found.values())


def test_a_long_document_offers_no_more_than_somebody_can_read() -> None:
    use = {"Effect": "Allow", "Action": ["kms:Encrypt", "kms:Decrypt"]}
    statements = [{**use, "Resource": f"{OWN}key/key-{number}"} for number in range(40)]
    document = given({"Version": "1", "Statement": statements})
    assert len(intents(document, SPOTS, load())) == MAX_OFFERED


@pytest.mark.parametrize("slug", sorted(all_builders()))
def test_every_builder_offers_a_use_of_what_it_makes(slug: str) -> None:
    builder = all_builders()[slug]
    source = builder.build(builder.defaults()).source
    assert offered(*json.loads(source)["Statement"])[Why.USE]
