"""What the validator is told of the accounts and of the releases so far, which no document shows.

Releases are decided above; their table is looked up by name, as for the use of accounts.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import TypedDict

from django.apps import apps
from django.db.models import Count

from policystudio.accounts.models import Account


class Circumstances(TypedDict):
    """Named arguments of the validator."""

    enabled_regions: dict[str, tuple[str, ...]]
    published_versions: dict[tuple[str, str], int]


def circumstances_of(team_id: int, policy_ids: Collection[int] = ()) -> Circumstances:
    """The regions that the team's accounts use, and how many different texts of the policies have been released.

    A text that was released twice counts once, as it need not be published again. The policies were fetched for a
    viewer already; two queries, whatever their number.
    """
    rows = Account.objects.filter(team_id=team_id).values_list("number", "regions")
    return Circumstances(
        enabled_regions={number: tuple(regions) for number, regions in rows},
        published_versions=_released_texts(policy_ids) if policy_ids else {},
    )


def _released_texts(policy_ids: Collection[int]) -> dict[tuple[str, str], int]:
    """Account and name of a RAM policy → how many texts it has had."""
    documents = apps.get_model("review", "ReleasedDocument").objects.filter(policy_id__in=policy_ids)
    counted = (
        documents.order_by().values("account", "ram_name").annotate(texts=Count("sha256", distinct=True))
    )
    return {(row["account"], row["ram_name"]): row["texts"] for row in counted}
