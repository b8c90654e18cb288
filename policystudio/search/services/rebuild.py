"""Makes the index of a team anew from its documents, and says whether it agrees with them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from django.db import transaction

from policystudio.ram.canonical import sha256
from policystudio.search.models import (
    ActionList,
    ActionPattern,
    ConditionBlock,
    ResourceList,
    ResourcePattern,
    SearchedDocument,
)
from policystudio.search.services.keep import Kept, add

_BATCH = 1_000


@transaction.atomic
def rebuild(team_id: int, documents: Iterable[Kept]) -> int:
    """The number of documents that the index now holds for the team, and nothing else of it."""
    SearchedDocument.objects.filter(team_id=team_id).delete()
    for model in (ActionList, ActionPattern, ResourceList, ResourcePattern, ConditionBlock):
        model._default_manager.filter(team_id=team_id).delete()
    count = 0
    for batch in _batches(documents):
        add(team_id, batch)
        count += len(batch)
    return count


def disagreements(team_id: int, documents: Iterable[Kept]) -> Iterator[str]:
    """What the index holds and should not, or should and does not; nothing when it is true."""
    held = {
        (row.policy_id, row.account, row.region): row.sha256
        for row in SearchedDocument.objects.filter(team_id=team_id).iterator(_BATCH)
    }
    for each in documents:
        found = held.pop((each.policy_id, each.account, each.region), None)
        if found is None:
            yield f"{each.name} in {each.account}, {each.region} is exported and not in the index"
        elif found != sha256(each.text):
            yield f"{each.name} in {each.account}, {each.region} is in the index with another text"
    for policy_id, account, region in held:
        yield f"policy {policy_id} in {account}, {region} is in the index and not exported"


def _batches(documents: Iterable[Kept]) -> Iterator[list[Kept]]:
    rest = iter(documents)
    while batch := list(islice(rest, _BATCH)):
        yield batch
