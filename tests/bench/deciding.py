"""Deciding 16 requests by each of the eleven samples, against Cedar and against the plain reference.

CPU time for all 176 decisions; documents, policies and requests are made before. The peer takes all requests of a
sample in one batch, with policies and entities prepared, the quickest that it offers.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from policystudio.analysis.deciding import Decision, Policies, evaluate
from policystudio.analysis.given import read_given
from policystudio.analysis.request import Request
from policystudio.ram.document import Document
from tests.bench.cedar import policies_of, request_of
from tests.bench.measure import Row, cpu_seconds
from tests.reference import decisions

SAMPLES = Path(__file__).parent.parent / "samples"
REGION, ACCOUNT = "cn-hangzhou", "1234567890123456"
_PLACE = f"acs:kms:{REGION}:{ACCOUNT}:"
_OFFICE, _ELSEWHERE = {"acs:SourceIp": "192.168.7.9"}, {"acs:SourceIp": "203.0.113.9"}
_APOLLO, _ZEUS = {"kms:tag/Project": "Apollo"}, {"kms:tag/Project": "Zeus"}
REQUESTS = (
    Request("kms:Encrypt", f"{_PLACE}key/key-1"),
    Request("kms:Decrypt", f"{_PLACE}key/keyId-example", _APOLLO),
    Request("kms:Decrypt", f"{_PLACE}key/key-1", {**_ZEUS, **_OFFICE}),
    Request("kms:GenerateDataKey", f"{_PLACE}alias/app", _APOLLO),
    Request("kms:GetSecretValue", f"{_PLACE}secret/example-secret"),
    Request("kms:GetSecretValue", f"{_PLACE}secret/other", _ELSEWHERE),
    Request("kms:ListKeys", f"{_PLACE}key", _OFFICE),
    Request("kms:DescribeKey", f"{_PLACE}key/key-1"),
    Request("kms:ListSecrets", f"{_PLACE}secret"),
    Request("kms:ScheduleKeyDeletion", f"{_PLACE}key/key-1", _ELSEWHERE),
    Request("kms:UpdateAlias", f"{_PLACE}alias/app"),
    Request("kms:AsymmetricSign", f"{_PLACE}key/key-1", _OFFICE),
    Request("kms:AsymmetricDecrypt", f"{_PLACE}alias/app"),
    Request("kms:PutSecretValue", f"{_PLACE}secret/prod/database"),
    Request("oss:GetObject", f"acs:oss:*:{ACCOUNT}:bucket/object"),
    Request("kms:CreateKey", f"{_PLACE}key"),
)


def rows() -> Iterator[Row]:
    values = [json.loads(text) for text in texts()]
    documents = [_read(value) for value in values]
    ours, told = _quick(documents)
    theirs, peer = _peer(values)
    wrong = sum((one is Decision.ALLOW) is not other for one, other in zip(told, peer, strict=True))
    yield _row(
        f"decide, {wrong} of {len(told)} differ",
        ours,
        f"cedarpy, one batch a sample: {_rate(theirs)}",
        theirs,
        3,
    )
    plain = _seconds(
        lambda: [
            decisions.decide([value], request.action, request.resource, request.context)
            for value in values
            for request in REQUESTS
        ]
    )
    traced = _seconds(
        lambda: [evaluate([document], request) for document in documents for request in REQUESTS]
    )
    yield _row("decide, with every reason", traced, f"plain reference: {_rate(plain)}", plain, 1)


def texts() -> Iterator[str]:
    """The samples, rendered for one place."""
    for path in sorted(SAMPLES.glob("*.json")):
        if path.name != "index.json":
            yield path.read_text().replace("${region}", REGION).replace("${account}", ACCOUNT)


def _quick(documents: list[Document]) -> tuple[float, list[Decision]]:
    compiled = [Policies.of([document]) for document in documents]

    def work() -> list[Decision]:
        return [policies.decide(request) for policies in compiled for request in REQUESTS]

    return _seconds(work), work()


def _peer(values: list[Any]) -> tuple[float, list[bool]]:
    # Loaded by who measures alone, as the other peers are.
    import cedarpy

    compiled = [cedarpy.PolicySet.from_str(policies_of(value)) for value in values]
    entities = cedarpy.Entities.from_json_str("[]")
    requests = [request_of(request) for request in REQUESTS]

    def work() -> list[Any]:
        return [cedarpy.is_authorized_batch(requests, policies, entities) for policies in compiled]

    answers = [each for batch in work() for each in batch]
    faults = [each.diagnostics.errors for each in answers if each.diagnostics.errors]
    assert not faults, faults[0]
    return _seconds(work), [each.allowed for each in answers]


def _read(value: Any) -> Document:
    document = read_given(json.dumps(value)).document
    assert document is not None
    return document


def _seconds(work: Callable[[], object]) -> float:
    return cpu_seconds(work, repeat=20, rounds=11)


def _rate(seconds: float) -> str:
    return f"{len(REQUESTS) * 11 / seconds:,.0f}/s"


def _row(what: str, seconds: float, floor: str, floor_seconds: float, aim: int) -> Row:
    return Row(what, _rate(seconds), floor, f"{floor_seconds / seconds:.1f}", f"≥ {aim}, 0 differ")
