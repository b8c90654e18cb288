"""The policies of a team as guardrails judge them: what is released, and the newest revision.

Releases are decided above; their table is looked up by name, as for the use of accounts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import F

from policystudio.guardrails.blocking import subject_of
from policystudio.guardrails.breaking import Handed, Subject
from policystudio.policies.models import Policy, PolicyTarget, Revision
from policystudio.ram.render import Target

AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Stored:
    """One policy. `released_hashes` are those of the bytes in `handed`."""

    policy: Policy
    newest: Subject
    handed: tuple[Handed, ...]
    released_number: int | None
    released_hashes: tuple[str, ...]


def stored_policies(team_id: int) -> Iterator[Stored]:
    """All of the team's policies by primary key, a few hundred read at once."""
    keys = list(
        Policy.objects.filter(team_id=team_id, deleted_at=None).order_by("pk").values_list("pk", flat=True)
    )
    for start in range(0, len(keys), AT_ONCE):
        yield from _read(keys[start : start + AT_ONCE])


def _read(keys: list[int]) -> Iterator[Stored]:
    sources = dict(
        Revision.objects.filter(policy__in=keys, number=F("policy__newest_number")).values_list(
            "policy_id", "source"
        )
    )
    targets: dict[int, list[Target]] = defaultdict(list)
    rows = PolicyTarget.objects.filter(policy__in=keys).values_list("policy_id", "account__number", "region")
    for policy_id, account, region in rows:
        targets[policy_id].append(Target(account, region))
    released: dict[int, list[Any]] = defaultdict(list)
    documents = apps.get_model("review", "ReleasedDocument").objects.filter(
        policy_id__in=keys, current__isnull=False
    )
    for document in documents.order_by("account", "region"):
        released[document.policy_id].append(document)
    for policy in Policy.objects.filter(pk__in=keys).order_by("pk"):
        rows_of = released[policy.pk]
        yield Stored(
            policy=policy,
            newest=subject_of(policy, sources.get(policy.pk, ""), targets[policy.pk]),
            handed=tuple(
                # One RAM policy for each region has the region's name behind its own.
                Handed(Target(row.account, row.region), row.text, row.ram_name == row.name)
                for row in rows_of
            ),
            released_number=rows_of[0].revision_number if rows_of else None,
            released_hashes=tuple(row.sha256 for row in rows_of),
        )
