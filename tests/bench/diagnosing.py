"""Reading what people paste against `json.loads` of as much, and a diagnosis against the decision that it explains."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from policystudio.analysis.deciding import Decision, evaluate
from policystudio.analysis.given import read_given
from policystudio.analysis.repairing import diagnose
from policystudio.analysis.reported import read_reported
from policystudio.analysis.request import Request
from policystudio.catalog import load
from policystudio.ram.document import Document
from policystudio.ram.placeholders import substitute
from tests.bench.measure import Row, wall_seconds

SAMPLES = Path(__file__).parent.parent / "samples"
PLACE = {"region": "cn-hangzhou", "account": "1234567890123456"}
EVENTS = 6000
MIB = 1024 * 1024
HOSTILE = ("[", '{"', '{"":', '["a",', '\\"', "NoPermission Decrypt ", "acs:kms:", "\n")


def rows() -> Iterator[Row]:
    catalogue = load()
    events = trail_of(EVENTS)
    floor = wall_seconds(lambda: json.loads(events))
    ours = wall_seconds(lambda: read_reported(events, catalogue=catalogue))
    yield Row(
        f"{EVENTS:,} trail events read into requests, {len(events) / 1e6:.1f} MB",
        f"{ours:.2f} s",
        f"json.loads {floor * 1e3:.0f} ms",
        f"{ours / floor:.0f}",
        "< 50",
    )
    plain = json.dumps({"x": "y" * MIB})
    floor = wall_seconds(lambda: json.loads(plain))
    worst = max(
        wall_seconds(lambda part=part: read_reported(part * (MIB // len(part)), catalogue=catalogue))  # type: ignore[misc]
        for part in HOSTILE
    )
    yield Row(
        "1 MiB of hostile text, the worst of eight",
        f"{worst:.2f} s",
        f"json.loads {floor * 1e3:.1f} ms",
        f"{worst / floor:.0f}",
        "< 2 s",
    )
    cases = [
        (document, request) for document in samples() for request in requests() if refuses(document, request)
    ]
    floor = wall_seconds(lambda: [evaluate([document], request) for document, request in cases])
    ours = wall_seconds(
        lambda: [diagnose([document], request, catalogue=catalogue) for document, request in cases]
    )
    yield Row(
        f"{len(cases)} refusals of the samples diagnosed, with the smallest change",
        f"{ours / len(cases) * 1e3:.1f} ms each",
        f"evaluate {floor / len(cases) * 1e6:.0f} µs each",
        f"{ours / floor:.0f}",
        "< 20 ms",
    )


def refuses(document: Document, request: Request) -> bool:
    return evaluate([document], request).decision is Decision.IMPLICIT_DENY


def samples() -> list[Document]:
    texts = [
        path.read_text(encoding="utf-8") for path in sorted(SAMPLES.glob("*.json")) if path.stem != "index"
    ]
    found = [read_given(substitute(text, PLACE)).document for text in texts]
    return [each for each in found if each is not None]


def requests() -> list[Request]:
    base = "acs:kms:cn-hangzhou:1234567890123456:"
    return [
        Request(action, base + resource, {"acs:SourceIp": "198.51.100.7"})
        for action in ("kms:Decrypt", "kms:ScheduleKeyDeletion", "kms:GetSecretValue", "kms:AsymmetricSign")
        for resource in ("key/key-1", "secret/app", "alias/app")
    ]


def trail_of(count: int) -> str:
    event = {
        "eventId": "ab35a7a7-373a-4a36-a4f8-01fd6adcc6a0",
        "eventSource": "kms-intranet.cn-hangzhou.aliyuncs.com",
        "sourceIpAddress": "203.0.113.7",
        "userIdentity": {"accountId": "1234567890123456", "type": "ram-user", "userName": "alice"},
        "serviceName": "Kms",
        "eventTime": "2026-11-05T09:21:32Z",
        "acsRegion": "cn-hangzhou",
        "eventName": "Decrypt",
        "errorCode": "Forbidden.NoPermission",
    }
    return json.dumps(
        {"Events": [{**event, "requestParameters": {"KeyId": f"key-{n}"}} for n in range(count)]}
    )
