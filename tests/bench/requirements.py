"""Deriving a document from ten thousand requests, every offer with what it adds, against reading that many as JSON."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator, Sequence
from functools import partial

from policystudio.analysis.request import Request
from policystudio.analysis.requirements import derive, read_pasted
from policystudio.catalog import load
from tests.bench.measure import Row, cpu_seconds

COUNT = 10_000
ACCOUNT = "1234567890123456"
ACTIONS = ("Decrypt", "Encrypt", "DescribeKey", "GenerateDataKey")


def rows() -> Iterator[Row]:
    catalogue = load()
    for what, requests in (
        ("a service that uses 20 keys from 6 addresses", requests_of(20, 6)),
        ("one that uses 3,000 keys", requests_of(3_000, 1)),
        ("one that uses 3,000 keys from 40 addresses", requests_of(3_000, 40)),
    ):
        text = json.dumps([each.as_json() for each in requests])
        found = derive(requests, catalogue=catalogue)
        exact = sum(each.adds.is_exact for each in found.offers)
        yield _row(
            f"a document from {COUNT:,} requests of {what}",
            partial(derive, requests, catalogue=catalogue),
            f", {found.statements} statements, {exact} of {len(found.offers)} offers exact",
            text,
        )
    events = trail_of(COUNT)

    def pasted() -> object:
        return derive((each.request for each in read_pasted(events, catalogue).seen), catalogue=catalogue)

    yield _row(f"the same from {COUNT:,} trail events, {len(events) / 1e6:.1f} MB", pasted, "", events)


def _row(what: str, work: Callable[[], object], said: str, text: str) -> Row:
    """CPU time of the work, against that of only reading what it is asked as JSON."""
    ours = cpu_seconds(work, repeat=1, rounds=3)
    floor = cpu_seconds(partial(json.loads, text), repeat=1, rounds=3)
    return Row(
        what, f"{ours:.2f} s{said}", f"json.loads {floor * 1e3:.0f} ms", f"{ours / floor:.0f}", "< 2 s"
    )


def requests_of(keys: int, addresses: int) -> Sequence[Request]:
    rng = random.Random(1)
    return [
        Request(
            f"kms:{rng.choice(ACTIONS)}",
            f"acs:kms:cn-hangzhou:{ACCOUNT}:key/key-{rng.randrange(keys)}",
            {"acs:SourceIp": f"10.0.0.{rng.randrange(addresses)}"},
        )
        for _ in range(COUNT)
    ]


def trail_of(count: int) -> str:
    rng = random.Random(2)
    event = {"serviceName": "Kms", "acsRegion": "cn-hangzhou", "recipientAccountId": ACCOUNT}
    events = [
        {
            **event,
            "eventName": rng.choice(ACTIONS),
            "sourceIpAddress": f"10.0.0.{rng.randrange(3)}",
            "requestParameters": {"KeyId": f"key-{rng.randrange(20)}"},
        }
        for _ in range(count)
    ]
    return json.dumps({"Events": events})
