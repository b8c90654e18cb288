"""Hostile text costs little, and what may be released is judged whole."""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime
from typing import Any

import pytest

from policystudio.catalog import load
from policystudio.validation.pipeline import HOPELESS_BYTES, MAX_PER_CHECK, Validation, validate
from policystudio.validation.size import LIMIT

NOW = datetime(2026, 1, 1, tzinfo=UTC)
BASE = {"Effect": "Allow", "Action": "kms:Encrypt", "Resource": "*"}


def judged(*statements: dict[str, Any]) -> Validation:
    document = {"Version": "1", "Statement": [{**BASE, **statement} for statement in statements]}
    return validate(json.dumps(document, separators=(",", ":")), catalogue=load(), now=NOW)


def counted(validation: Validation, code: str) -> int:
    return sum(finding.code == code for finding in validation.findings)


def hostile(scale: int) -> list[list[dict[str, Any]]]:
    """Documents of about 25 × `scale` bytes, each costly for another rule."""
    return [
        [{"Action": [f"kms:Zzcrypt{n}" for n in range(scale)]}],
        [{"Condition": {"StringEquals": {f"acs:Sourzip{n}": "1" for n in range(scale)}}}],
        [{"Resource": [f"acs:kms:cn-hangzhu{n}:*:key/x" for n in range(scale)]}],
        [{"Resource": [f"acs:kms:*:*:kez{n}/x" for n in range(scale)]}],
        [{"Action": ["kms:*"]}] * (scale // 3),
    ]


@pytest.mark.parametrize("scale", [2000, 8000])
@pytest.mark.parametrize("which", range(5))
def test_hostile_text_is_answered_within_two_seconds(which: int, scale: int) -> None:
    statements = hostile(scale)[which]
    judged({})
    begun = time.process_time()
    validation = judged(*statements)
    assert time.process_time() - begun < 2
    assert not validation.is_valid


def test_a_document_within_the_limit_is_judged_whole() -> None:
    many = MAX_PER_CHECK * 4
    validation = judged({"Action": [f"kms:Zz{n}" for n in range(many)]})
    assert validation.size.bytes_compact <= LIMIT
    assert counted(validation, "unknown-action") == many


def test_of_a_document_over_the_limit_each_check_says_its_share() -> None:
    validation = judged({"Action": [f"kms:Zzcrypt{n}" for n in range(1000)]})
    assert LIMIT < validation.size.bytes_compact <= HOPELESS_BYTES
    assert counted(validation, "unknown-action") == MAX_PER_CHECK
    assert counted(validation, "document-over-limit") == 1


def test_a_hopeless_document_is_told_its_length_only() -> None:
    validation = judged({"Action": [f"kms:Zzcrypt{n}" for n in range(8000)]})
    assert [finding.code for finding in validation.findings] == ["document-over-limit"]
    assert not validation.is_valid
