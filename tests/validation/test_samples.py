"""The documented samples show exactly the findings that are listed for them: the test for noise."""

import json
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest

from policystudio.catalog import load
from policystudio.ram.finding import Severity
from policystudio.ram.parse import parse
from policystudio.ram.render import RegionMode, Target, render
from policystudio.validation.pipeline import validate

SAMPLES = Path(__file__).parent.parent / "samples"
TARGET = Target("1234567890123456", "cn-hangzhou")
NOW = datetime(2026, 11, 24, tzinfo=UTC)

EXPECTED = {
    "full-access": ["every-kms-action-on-every-resource"],
    "ip-restricted-access": ["every-kms-action-on-every-resource", *["private-address-as-source"] * 2],
    "key-admin": [
        "pattern-covers-destructive-action",
        "pattern-covers-policy-change",
        "lifts-deletion-protection",
        "key-deletion-on-every-key",
        "key-material-deletion-on-every-key",
        "key-disabling-on-every-key",
        "rotation-change-on-every-key",
        *["pattern-for-one-action"] * 3,
    ],
    "key-read-only": [],
    "crypto-user": ["every-key", "every-alias"],
    "asymmetric-encryption": ["every-key", "every-alias", "verification-without-public-key"],
    "asymmetric-signing": ["every-key", "every-alias", "verification-without-public-key"],
    "tag-scoped-crypto-user": ["missing-alias-resource", "example-value-left"],
    "secret-admin": [
        "secret-manager-without-create",
        "secret-deletion-on-every-secret",
        "resource-without-usable-action",
    ],
    "secret-read-only": ["resource-without-usable-action"],
    "secret-value-retrieval": ["example-value-left", "example-value-left"],
}


def codes(text, **options):
    findings = validate(text, catalogue=load(), now=NOW, **options).findings
    assert not [finding for finding in findings if finding.severity is Severity.ERROR]
    return Counter(finding.code for finding in findings)


def sample(slug):
    return (SAMPLES / f"{slug}.json").read_text(encoding="utf-8")


def test_every_sample_is_listed():
    slugs = [entry["slug"] for entry in json.loads(sample("index"))]
    assert sorted(slugs) == sorted(EXPECTED)


@pytest.mark.parametrize("slug", EXPECTED)
def test_rendered_sample_shows_exactly_what_is_listed(slug):
    document = parse(sample(slug)).document
    assert document is not None
    rendered = render(document, TARGET)
    assert codes(rendered) == Counter(EXPECTED[slug])
    assert codes(rendered, targets=[TARGET], name=slug) == Counter(EXPECTED[slug])


@pytest.mark.parametrize("slug", EXPECTED)
def test_source_with_its_target_shows_the_same_as_the_rendered_sample(slug):
    assert codes(sample(slug), targets=[TARGET], name=slug) == Counter(EXPECTED[slug])


TWO_REGIONS = [TARGET, Target(TARGET.account, "cn-shanghai")]
TWO_ACCOUNTS = [TARGET, Target("6543210987654321", "cn-shanghai")]
WITHOUT_REGION = ("full-access", "ip-restricted-access")
"""Samples in which no region stands, so that separate regions of one account give equal documents."""


@pytest.mark.parametrize("mode", RegionMode)
@pytest.mark.parametrize("targets", [TWO_REGIONS, TWO_ACCOUNTS], ids=["two regions", "two accounts"])
@pytest.mark.parametrize("slug", EXPECTED)
def test_sample_for_two_targets_shows_the_same(slug, targets, mode):
    alike = slug in WITHOUT_REGION and targets is TWO_REGIONS and mode is RegionMode.SEPARATE
    expected = Counter([*EXPECTED[slug], *(["targets-render-alike"] if alike else [])])
    assert codes(sample(slug), targets=targets, name=slug, region_mode=mode) == expected


def test_pattern_for_one_action_names_the_three_of_the_key_admin():
    findings = validate(sample("key-admin"), catalogue=load(), now=NOW, targets=[TARGET]).findings
    places = [finding.path or "" for finding in findings if finding.code == "pattern-for-one-action"]
    actions = json.loads(sample("key-admin"))["Statement"][0]["Action"]
    assert [actions[int(path.rpartition("/")[2])] for path in places] == [
        "kms:Enable*",
        "kms:Disable*",
        "kms:Cancel*",
    ]
