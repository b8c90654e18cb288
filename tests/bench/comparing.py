"""Comparing edited policies in both directions with every line, against a solver that only answers yes or no.

CPU time of one run each, documents read and the solver's formulas not yet made.
"""

from __future__ import annotations

import copy
import json
import random
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from time import process_time
from typing import Any

from policystudio.analysis.comparing import Answer, Comparison, compare
from policystudio.analysis.given import read_given
from policystudio.ram.document import Document
from tests.analysis.comparing import solver
from tests.bench.measure import Row

TESTS = Path(__file__).parent.parent
MAX_BYTES = 6144
"""The longest document that RAM takes."""

_INFIXES = (
    *("Key", "Sec", "Ali", "Tag", "Pol", "Cry", "Sig"),
    *("Ver", "Cer", "Imp", "Exp", "Rot", "Ecs", "Oss"),
)

Pair = tuple[Any, Any]


def rows() -> Iterator[Row]:
    pairs = [pair for index, policy in enumerate(policies()) for pair in edits(policy, index)]
    ours, theirs, unknown_ours, unknown_theirs, differing = [], [], 0, 0, 0
    for before, after in pairs:
        seconds, found = _timed(before, after)
        ours.append(seconds)
        started = process_time()
        told = [solver.grants([before], [after]), solver.grants([after], [before])]
        theirs.append(process_time() - started)
        answers = [str(found.grants_new_access), str(found.revokes_access)]
        for mine, other in zip(answers, told, strict=True):
            unknown_ours += mine == "unknown" and other != "unknown"
            unknown_theirs += other == "unknown"
            differing += "unknown" not in (mine, other) and mine != other
    count = len(pairs)
    for what, one, two, aim in (
        ("median", median(ours), median(theirs), "≥ 10, < 1 ms"),
        ("95 of 100", _at(ours, 0.95), _at(theirs, 0.95), ""),
        ("in sum", sum(ours), sum(theirs), "≥ 100"),
    ):
        yield Row(
            f"compare {count} edited policies, all lines, {what}",
            f"{one * 1e3:.2f} ms",
            f"z3, yes or no: {two * 1e3:,.1f} ms",
            f"{two / one:.0f}",
            aim,
        )
    yield Row(
        f"answers of {2 * count} questions",
        f"{unknown_ours} unknown where z3 answers",
        f"z3: {unknown_theirs} unknown within 10 s",
        f"{differing} differ",
        "0 unknown, 0 differ",
    )
    yield from _infixes()
    yield from _largest()


def _infixes() -> Iterator[Row]:
    """Patterns with stars on both sides, too many for the search: a request still shows what is new."""
    seconds, found = zip(*(_timed(before, after) for before, after in infix_pairs()), strict=True)
    shown = sum(each.grants_new_access is Answer.YES for each in found)
    yield Row(
        f"new access behind {len(_INFIXES)} patterns such as kms:*Key*, {len(found)} pairs",
        f"{max(seconds):.1f} s, {shown} shown",
        "",
        "",
        f"{len(found)} shown, < 2 s",
    )


def infix_pairs() -> Iterator[Pair]:
    """Policies of many such actions, resources and Denies, before and after they are widened."""
    everything = {"Effect": "Allow", "Action": "kms:*", "Resource": "*"}
    actions = {**everything, "Action": [f"kms:*{each}*" for each in _INFIXES]}
    resources = {**everything, "Resource": [f"acs:kms:*:*:*{each.lower()}*" for each in _INFIXES]}
    denies = [{**everything, "Effect": "Deny", "Action": action} for action in actions["Action"]]
    for before, after in (
        ([actions], [everything]),
        ([resources], [everything]),
        ([everything, *denies], [everything, *denies[1:]]),
    ):
        yield {"Version": "1", "Statement": before}, {"Version": "1", "Statement": after}


def _largest() -> Iterator[Row]:
    """Two documents as long as RAM takes them: one an edit of the other, and two that have little in common."""
    one, two = largest(1), largest(2)
    edited = copy.deepcopy(one)
    edited["Statement"][3:5] = two["Statement"][:1]
    for what, other in (("one an edit of the other", edited), ("unrelated", two)):
        seconds, found = min((_timed(one, other) for _ in range(5)), key=lambda each: each[0])
        lines = len(found.added) + len(found.removed)
        yield Row(
            f"two documents of {MAX_BYTES:,} bytes, {what}",
            f"{seconds * 1e3:.0f} ms, {lines} lines{'' if found.complete else ' and more'}",
            "",
            "",
            "< 100 ms",
        )


def _timed(before: Any, after: Any) -> tuple[float, Comparison]:
    one, two = _given(before), _given(after)
    started = process_time()
    found = compare([one], [two])
    seconds = process_time() - started
    assert Answer.UNKNOWN not in (found.grants_new_access, found.revokes_access) or found.reason is not None
    return seconds, found


def _given(policy: Any) -> Document:
    parsed = read_given(json.dumps(policy))
    assert parsed.document is not None, parsed.findings
    return parsed.document


def _at(values: list[float], share: float) -> float:
    return sorted(values)[int(len(values) * share)]


def policies() -> Iterator[Any]:
    """The samples, and the identity policies of the corpus that can be read."""
    for path in sorted((TESTS / "samples").glob("*.json")):
        if path.name != "index.json":
            yield json.loads(path.read_text())
    for path in sorted((TESTS / "corpus").glob("*.json")):
        case = json.loads(path.read_text())
        if isinstance(case, dict) and case.get("kind") == "identity" and case.get("valid"):
            yield case["policy"]


def edits(policy: Any, index: int) -> Iterator[Pair]:
    """Three small edits as people make them, others for each policy, with the policy before it."""
    kinds = (_without_an_action, _with_an_action, _narrower, _without_condition, _with_deny)
    for turn in range(3):
        edited = copy.deepcopy(policy)
        kinds[(index + turn) % len(kinds)](edited["Statement"])
        if edited != policy and read_given(json.dumps(edited)).document is not None:
            yield policy, edited


def _listed(statement: Any, name: str) -> list[str]:
    value = statement.get(name, [])
    return value if isinstance(value, list) else [value]


def _without_an_action(statements: Any) -> None:
    if len(_listed(statements[0], "Action")) > 1:
        statements[0]["Action"] = _listed(statements[0], "Action")[1:]


def _with_an_action(statements: Any) -> None:
    if "Action" in statements[-1]:
        statements[-1]["Action"] = [*_listed(statements[-1], "Action"), "kms:Get*"]


def _narrower(statements: Any) -> None:
    if "Resource" in statements[0]:
        statements[0]["Resource"] = [
            text.removesuffix("*") + "prod-*" if text.endswith("*") and text != "*" else "acs:kms:*:*:key/*"
            for text in _listed(statements[0], "Resource")
        ]


def _without_condition(statements: Any) -> None:
    for statement in statements:
        if statement.pop("Condition", None):
            return
    statements[0]["Condition"] = {"IpAddress": {"acs:SourceIp": ["10.0.0.0/8", "192.168.0.0/16"]}}


def _with_deny(statements: Any) -> None:
    statements.append({"Effect": "Deny", "Action": "*:Delete*", "Resource": "*"})


def largest(seed: int) -> Any:
    """A document just under the limit, of statements like those of the samples."""
    rng = random.Random(seed)
    verbs, things = ("Get", "List", "Describe", "Create", "Put", "Update"), ("Key", "Secret*", "*", "Alias")
    statements: list[Any] = []
    while True:
        statement: dict[str, Any] = {
            "Effect": "Allow" if rng.random() < 0.8 else "Deny",
            "Action": [f"kms:{rng.choice(verbs)}{rng.choice(things)}" for _ in range(rng.randint(1, 5))],
            "Resource": [
                f"acs:kms:{rng.choice(['*', 'cn-hangzhou', 'cn-shanghai'])}:1234567890123456:"
                + rng.choice(
                    [f"key/{rng.randint(1, 40)}", "key/*", f"alias/app{rng.randint(1, 20)}*", "secret/prod/*"]
                )
                for _ in range(rng.randint(1, 6))
            ],
        }
        if rng.random() < 0.3:
            statement["Condition"] = {"IpAddress": {"acs:SourceIp": [f"10.{rng.randint(0, 9)}.0.0/16"]}}
        document = {"Version": "1", "Statement": [*statements, statement]}
        if len(json.dumps(document, separators=(",", ":"))) > MAX_BYTES:
            return {"Version": "1", "Statement": statements}
        statements.append(statement)
