"""What is reached in several steps, of documents at RAM's size limit, against deciding as many plain requests."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from policystudio.analysis.access import places
from policystudio.analysis.access.reaching import reaching
from policystudio.analysis.deciding import Policies
from policystudio.analysis.escalation import escalate
from policystudio.analysis.given import read_given
from policystudio.analysis.request import Request
from policystudio.catalog import load
from policystudio.ram.document import Document
from tests.bench.measure import Row, cpu_seconds, wall_seconds
from tests.bench.proof import MAX_CHARACTERS, TARGETS, _document, _statements, _text

HEAD = "acs:kms:cn-hangzhou:1234567890123456:"
DECISIONS = 10_000


def rows() -> Iterator[Row]:
    for what, statements in (
        ("as people write them", _filled(_statements)),
        ("everything on names of their own", _filled(_each_its_own)),
        ("everything on names and tags of their own", _filled(partial(_each_its_own, tags=True))),
        ("everything by a tag each", _filled(_by_tag)),
    ):
        text = _text(statements).replace("${region}", "cn-hangzhou").replace("${account}", "1234567890123456")
        document = read_given(text).document
        assert document is not None
        searched = cpu_seconds(partial(_searched, document), repeat=1)
        decided = cpu_seconds(partial(_decided, document), repeat=1, rounds=3)
        yield Row(
            f"several steps, a document of {len(text):,} characters, {what}, CPU",
            f"{searched * 1e3:.0f} ms",
            f"{DECISIONS:,} plain decisions {decided * 1e3:.0f} ms",
            f"{searched / decided:.2f}",
            "< 200 ms",
        )
    before, after = _document(_statements(4)), _document([*_statements(4), *_statements(1, "secret/new-*")])
    named = [(target, f"p-{target.region}") for target in TARGETS]
    where = places(named, named)
    seconds = wall_seconds(lambda: reaching(before, after, where, catalogue=load()))
    yield Row(
        f"several steps of a review for {len(TARGETS)} targets",
        f"{seconds * 1e3:.0f} ms",
        "-",
        "-",
        "< 300 ms",
    )


def _searched(document: Document) -> None:
    assert escalate([document]).reason is None


def _decided(document: Document) -> None:
    policies = Policies.of([document])
    requests = [
        Request(action, f"{HEAD}key/app-{number}-x")
        for action in ("kms:Decrypt", "kms:TagResource", "kms:ScheduleKeyDeletion", "kms:SetKeyPolicy")
        for number in range(25)
    ]
    for _ in range(DECISIONS // len(requests)):
        for request in requests:
            policies.decide(request)


def _filled(made: Any) -> list[dict[str, Any]]:
    """As many statements as RAM's limit takes."""
    count = next(count for count in range(1, 200) if len(_text(made(count + 1))) > MAX_CHARACTERS)
    statements: list[dict[str, Any]] = made(count)
    return statements


def _each_its_own(count: int, *, tags: bool = False) -> list[dict[str, Any]]:
    made: list[dict[str, Any]] = []
    for number in range(count):
        resources = [f"{HEAD}key/k{number}-*", f"{HEAD}alias/a{number}"]
        made.append({"Effect": "Allow", "Action": ["kms:*"], "Resource": resources})
        if tags:
            made[-1]["Condition"] = {"StringEquals": {"kms:tag/p": f"v{number}"}}
    return made


def _by_tag(count: int) -> list[dict[str, Any]]:
    condition = [{"StringEquals": {"kms:tag/p": f"v{number}"}} for number in range(count)]
    return [{"Effect": "Allow", "Action": "kms:*", "Resource": "*", "Condition": each} for each in condition]
