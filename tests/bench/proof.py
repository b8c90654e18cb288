"""The proof of a review: over 600 targets, against comparing each of them, and of two documents at RAM's size limit.

Also what the search for idle statements adds to judging documents of several statements.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from typing import Any

from policystudio.analysis.access import Place, places, prove
from policystudio.analysis.access.filling import filled
from policystudio.analysis.access.sharing import blanks_of
from policystudio.analysis.comparing import Answer, compare
from policystudio.analysis.given import read_given
from policystudio.analysis.idle import idle_statements
from policystudio.catalog import load
from policystudio.ram.document import Document
from policystudio.ram.render import Target
from policystudio.validation.idling import LIMITS
from policystudio.validation.pipeline import validate
from tests.bench.measure import Row, wall_seconds

MAX_CHARACTERS = 6144
"""The longest document that RAM takes."""
NOW = datetime(2026, 1, 1, tzinfo=UTC)
TARGETS = [
    Target(f"{2_000_000_000_000_000 + at}", f"cn-r{region}") for at in range(30) for region in range(20)
]
ACTIONS = [name for name in (action.name for action in load().actions.values()) if name.startswith("kms:")]


def rows() -> Iterator[Row]:
    before, after = _document(_statements(4)), _document([*_statements(4), *_statements(1, "secret/new-*")])
    for what, names in (("one RAM policy for each region", "p-{}"), ("one for each account", "p")):
        named = [(target, names.format(target.region)) for target in TARGETS]
        where = places(named, named)
        shared = wall_seconds(partial(_proved, before, after, where))
        alone = wall_seconds(partial(_each_alone, before, after, where), rounds=1)
        yield Row(
            f"proof of a change for {len(TARGETS)} targets, {what}",
            f"{shared * 1e3:.1f} ms",
            f"each place alone {alone * 1e3:,.0f} ms",
            f"{alone / shared:.0f}",
            "< 300 ms",
        )
    count = next(count for count in range(1, 100) if len(_text(_statements(count + 1))) > MAX_CHARACTERS)
    long = _statements(count)
    changed = [*long[:-1], {**long[-1], "Condition": {"IpAddress": {"acs:SourceIp": ["10.0.0.0/8"]}}}]
    one = places([(TARGETS[0], "p")], [(TARGETS[0], "p")])
    for what, old, new in (
        ("an edit", long, changed),
        ("a first release", None, long),
        ("every statement another", long, _statements(count, "key/other-*")),
    ):
        documents = None if old is None else _document(old), _document(new)
        seconds = wall_seconds(partial(_proved, *documents, one))
        yield Row(
            f"proof of two documents of {len(_text(long)):,} characters, {what}",
            f"{seconds * 1e3:.1f} ms",
            "-",
            "-",
            "< 100 ms",
        )
    text = _text(_statements(4))
    judged = wall_seconds(lambda: validate(text, catalogue=load(), now=NOW), repeat=5)
    idle = wall_seconds(lambda: idle_statements(before, limits=LIMITS), repeat=5)
    yield Row(
        "what is idle in four statements",
        f"{idle * 1e3:.2f} ms",
        f"the whole validator {judged * 1e3:.2f} ms",
        f"{idle / judged:.2f}",
        "small",
    )


def _proved(before: Document | None, after: Document, where: list[Place]) -> None:
    assert prove(before, after, where, catalogue=load()).grants_new_access is not Answer.UNKNOWN


def _each_alone(before: Document, after: Document, where: list[Place]) -> None:
    for place in where:
        blanks = blanks_of(place)
        compare([filled(before, blanks)], [filled(after, blanks)], catalogue=load())


def _statements(count: int, also: str = "") -> list[dict[str, Any]]:
    """Statements as people write them: a few actions on keys or secrets, some with a condition, a Deny at the end."""
    place = "acs:kms:${region}:${account}:"
    made: list[dict[str, Any]] = []
    for number in range(count):
        names = ACTIONS[number * 5 % len(ACTIONS) :][:5]
        resources = [
            f"{place}key/app-{number}-*",
            f"{place}secret/app-{number}",
            *([place + also] if also else []),
        ]
        made.append({"Effect": "Allow", "Action": names, "Resource": resources})
        if number % 3 == 0:
            made[-1]["Condition"] = {"StringEquals": {"kms:tag/Project": [f"p{number}", "Apollo"]}}
    made.append(
        {
            "Effect": "Deny",
            "Action": ["kms:ScheduleKeyDeletion", "kms:Delete*"],
            "Resource": ["*"],
            "Condition": {"NotIpAddress": {"acs:SourceIp": ["10.0.0.0/8", "192.168.0.0/16"]}},
        }
    )
    return made


def _text(statements: list[dict[str, Any]]) -> str:
    return json.dumps({"Version": "1", "Statement": statements}, separators=(",", ":"))


def _document(statements: list[dict[str, Any]]) -> Document:
    document = read_given(_text(statements)).document
    assert document is not None
    return document
