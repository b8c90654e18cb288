"""Refusals of the documented samples: the change allows the request, and what it adds holds the request and no Deny."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from policystudio.analysis.comparing import Answer
from policystudio.analysis.given import read_given
from policystudio.analysis.repairing import Cause, diagnose
from policystudio.analysis.request import Request
from policystudio.catalog import load
from policystudio.ram.document import Document
from policystudio.ram.placeholders import substitute
from tests.analysis.comparing.generating import speaks_of
from tests.reference import decisions

ROOT = Path(__file__).parents[2] / "samples"
SAMPLES = sorted(path.stem for path in ROOT.glob("*.json") if path.stem != "index")
ACCOUNT = "1234567890123456"
NAMES = {"key": "key/key-1", "alias": "alias/app", "secret": "secret/app", "all": "*"}
CARRIED = {"acs:SourceIp": "198.51.100.7", "kms:tag/Project": "Zeus"}


def sample(slug: str) -> Document:
    text = (ROOT / f"{slug}.json").read_text(encoding="utf-8")
    found = read_given(substitute(text, {"region": "cn-hangzhou", "account": ACCOUNT})).document
    assert found is not None
    return found


def requests() -> list[Request]:
    """Each action of the catalogue on a resource of each of its types that a name stands for."""
    found = []
    for action in load().actions.values():
        for kind in action.resource_types:
            name = NAMES.get(kind)
            if name is not None:
                resource = name if name == "*" else f"acs:kms:cn-hangzhou:{ACCOUNT}:{name}"
                found.append(Request(action.name, resource, CARRIED))
    return found


@pytest.mark.parametrize("slug", SAMPLES)
def test_every_action_that_a_sample_refuses_gets_the_smallest_change(slug: str) -> None:
    document = sample(slug)
    whole = json.loads(document.source.text)
    for request in requests():
        decision = decisions.decide([whole], request.action, request.resource, request.context)
        found = diagnose([document], request)
        if decision == decisions.ALLOW:
            assert found.cause is Cause.OUTSIDE
            continue
        assert found.repair is not None, request
        changed = json.loads(found.repair.text)
        assert (
            decisions.decide([changed], request.action, request.resource, request.context) == decisions.ALLOW
        )
        compared = found.repair.comparison
        assert (compared.grants_new_access, compared.revokes_access) == (Answer.YES, Answer.NO)
        assert compared.complete
        spoken = (
            speaks_of(line, request.action, request.resource, dict(request.context))
            for line in compared.added
        )
        assert any(spoken)
        # Nothing beside this action on this resource, from this address.
        for line in compared.added:
            assert (line.actions.any_of, line.resources.any_of) == ((request.action,), (request.resource,))
            assert "acs:SourceIp" in {limit.key for limit in line.conditions}
