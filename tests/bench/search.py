"""Who may do something, over 100,000 stored documents, against the plain join and a look by `EXISTS`.

2,000 sources are written for 50 targets each; every tenth document has keys of its own, as no other has.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from functools import partial
from random import Random
from typing import Any

from django.db import connection

from policystudio.catalog import load
from policystudio.policies.models import Policy
from policystudio.search.answering import who_may
from policystudio.search.models import SearchedDocument
from policystudio.search.question import Question
from policystudio.search.services.keep import Kept, add
from policystudio.teams.viewer import Viewer
from tests.bench.measure import Row, wall_seconds
from tests.bench.stored import member

SOURCES, TARGETS = 2_000, 50
PAGE = 50
SEED = 20261124
REGION = "cn-hangzhou"
_JOIN = (
    "SELECT COUNT(DISTINCT statement.document_id) FROM search_actionpattern AS pattern"
    " JOIN search_actionlist_patterns AS link ON link.actionpattern_id = pattern.id"
    " JOIN search_searchedstatement AS statement ON statement.actions_id = link.actionlist_id"
    " WHERE pattern.team_id = %s AND pattern.text IN (%s) AND statement.is_allow"
)
_FIRST = (
    "SELECT document.id FROM search_searcheddocument AS document WHERE document.team_id = %s AND EXISTS ("
    "SELECT 1 FROM search_searchedstatement AS statement"
    " JOIN search_actionlist_patterns AS link ON link.actionlist_id = statement.actions_id"
    " JOIN search_actionpattern AS pattern ON pattern.id = link.actionpattern_id"
    " WHERE statement.document_id = document.id AND statement.is_allow AND pattern.text IN (%s))"
    " ORDER BY document.name, document.account, document.region, document.id LIMIT 50"
)


def rows() -> Iterator[Row]:
    owner = member()
    viewer = Viewer(member=owner)
    _fill(owner.team_id, owner.user_id)
    count = SearchedDocument.objects.count()
    for what, action in (("a common action", "kms:Decrypt"), ("a rarer action", "kms:GetSecretValue")):
        question = Question(action, f"acs:kms:{REGION}:1000000000000007:key/app-7")
        if action == "kms:GetSecretValue":
            question = Question(action, f"acs:kms:{REGION}:1000000000000007:secret/app-7")
        every = Question(action, None)
        given = Question(action, question.resource, {"acs:SourceIp": "10.0.0.1"})
        names = _texts(action)
        join = wall_seconds(partial(_run, _JOIN % ("%s", names), owner.team_id))
        first = wall_seconds(partial(_run, _FIRST % ("%s", names), owner.team_id))
        for how, asked in (
            ("one key, whatever the request carries", question),
            ("one key, from an address", given),
            ("any resource", every),
        ):
            yield _row(
                f"count who may, {what}, {how}",
                count,
                partial(_counts, viewer, asked),
                join,
                2,
            )
            yield _row(
                f"first {PAGE}, {what}, {how}",
                count,
                partial(_page, viewer, asked),
                min(first, join),
                3,
            )


def _row(what: str, count: int, ours: Callable[[], object], floor: float, aim: int) -> Row:
    seconds = wall_seconds(ours)
    return Row(
        f"{what}, {count:,} documents, {connection.vendor}",
        f"{seconds * 1e3:.1f} ms",
        f"action alone {floor * 1e3:.1f} ms",
        f"{seconds / floor:.2f}",
        f"< 200 ms, ≤ {aim}",
    )


def _counts(viewer: Viewer, question: Question) -> Any:
    return who_may(viewer, question).counts()


def _page(viewer: Viewer, question: Question) -> Any:
    answer = who_may(viewer, question)
    return answer.hits(list(answer.documents.order_by("name", "account", "region", "pk")[:PAGE]))


def _texts(action: str) -> str:
    """The patterns that reach the action, as the join needs them."""
    head = action.lower()
    return ", ".join(f"'{text}'" for text in (head, "kms:*", f"{head[:7]}*"))


def _run(query: str, team_id: int) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(query, [team_id])
        found: list[Any] = cursor.fetchall()
        return found


def _fill(team_id: int, user_id: int) -> None:
    draw = Random(SEED)
    actions = [action.name for action in load().actions.values()]
    from django.utils import timezone

    batch: list[Kept] = []
    for number in range(SOURCES):
        policy = Policy.objects.create(
            team_id=team_id,
            name=f"app-{number}",
            newest_number=1,
            created_by_id=user_id,
            updated_at=timezone.now(),
        )
        source = _source(draw, number, actions)
        for at in range(TARGETS):
            account = f"{1000000000000000 + at}"
            text = source.replace("${account}", account).replace("${region}", REGION)
            if (number + at) % 10 == 0:
                text = text.replace(f"app-{number}", f"own-{number}-{at}")
            batch.append(Kept(policy.pk, 1, policy.name, account, REGION, text))
        if len(batch) >= 5_000:
            add(team_id, batch)
            batch = []
    add(team_id, batch)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _source(draw: Random, number: int, actions: list[str]) -> str:
    """About half of the documents may decrypt; some have a Deny, some conditions."""
    named = draw.sample(actions, draw.randint(3, 12))
    if draw.random() < 0.5:
        named.append(draw.choice(("kms:Decrypt", "kms:Decrypt", "kms:Decrypt", "kms:*")))
    if draw.random() < 0.05:
        named.append("kms:GetSecretValue")
    place = "acs:kms:${region}:${account}:"
    resources = draw.choice(
        ([f"{place}key/*"], [f"{place}key/app-{number}", f"{place}secret/app-{number}"], [f"{place}*"])
    )
    statement: dict[str, Any] = {"Effect": "Allow", "Action": named, "Resource": resources}
    if draw.random() < 0.4:
        statement["Condition"] = {"IpAddress": {"acs:SourceIp": [f"10.{number % 200}.0.0/16"]}}
    statements = [statement]
    if draw.random() < 0.1:
        statements.append({"Effect": "Deny", "Action": ["kms:Decrypt"], "Resource": [f"{place}key/secret-*"]})
    return json.dumps({"Version": "1", "Statement": statements})
