"""Puts the documents of a policy into the index in place of those that were there; called where they are released."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple, TypeVar

from django.db import models, transaction

from policystudio.analysis.given import read_given
from policystudio.ram.canonical import sha256
from policystudio.search.models import (
    ActionList,
    ActionPattern,
    ConditionBlock,
    ResourceList,
    ResourcePattern,
    SearchedDocument,
    SearchedStatement,
)
from policystudio.search.parts import Entries, Listed, Parts, fields_of, fingerprint, parts_of

_BATCH = 2_000


class Kept(NamedTuple):
    """One document as it is exported."""

    policy_id: int
    revision_number: int
    name: str
    account: str
    region: str
    text: str


@transaction.atomic
def keep(team_id: int, policy_id: int, documents: Iterable[Kept]) -> None:
    """The index holds these documents of the policy from now on, and no others; none takes the policy out.

    To be called in the transaction that changes what is exported.
    """
    SearchedDocument.objects.filter(team_id=team_id, policy_id=policy_id).delete()
    add(team_id, documents)


def add(team_id: int, documents: Iterable[Kept]) -> None:
    """Adds documents of which the index holds none yet."""
    given = list(documents)
    # Targets that share a text share its parts; a released text can be read, or it would not have been released.
    parts: dict[str, tuple[Parts, ...]] = {}
    for text in dict.fromkeys(each.text for each in given):
        document = read_given(text).document
        parts[text] = tuple(parts_of(document)) if document is not None else ()
    statements = [part for each in parts.values() for part in each]
    actions = _lists(team_id, {part.actions for part in statements}, ActionPattern, ActionList, _action)
    resources = _lists(
        team_id, {part.resources for part in statements}, ResourcePattern, ResourceList, _resource
    )
    blocks = _blocks(team_id, {part.conditions for part in statements if part.conditions})
    rows = SearchedDocument.objects.bulk_create(
        [
            SearchedDocument(
                team_id=team_id,
                policy_id=each.policy_id,
                revision_number=each.revision_number,
                name=each.name,
                account=each.account,
                region=each.region,
                sha256=sha256(each.text),
            )
            for each in given
        ],
        batch_size=_BATCH,
    )
    SearchedStatement.objects.bulk_create(
        [
            SearchedStatement(
                document=row,
                position=part.position,
                line=part.line,
                is_allow=part.is_allow,
                actions_id=actions[part.actions],
                resources_id=resources[part.resources],
                conditions_id=blocks.get(part.conditions),
            )
            for row, each in zip(rows, given, strict=True)
            for part in parts[each.text]
        ],
        batch_size=_BATCH,
    )


def _action(text: str) -> Mapping[str, Any]:
    return {"text": text}


def _resource(text: str) -> Mapping[str, Any]:
    return {"text": text, **fields_of(text)._asdict()}


Columns = Callable[[str], Mapping[str, Any]]


def _lists(
    team_id: int,
    wanted: set[Listed],
    patterns: type[ActionPattern | ResourcePattern],
    lists: type[ActionList | ResourceList],
    columns: Columns,
) -> dict[Listed, int]:
    """The primary keys of these lists, which are made where they are missing, with their patterns."""
    texts = {fingerprint(text): text for each in wanted for text in each.texts}
    pattern_ids, _ = _once(team_id, patterns, {key: columns(text) for key, text in texts.items()})
    by_key = {each.sha256: each for each in wanted}
    list_ids, made = _once(team_id, lists, {key: {"is_negated": by_key[key].is_negated} for key in by_key})
    through: Any = lists.patterns.through
    names = (f"{lists._meta.model_name}_id", f"{patterns._meta.model_name}_id")
    through.objects.bulk_create(
        [
            through(**dict(zip(names, (list_ids[key], pattern_ids[fingerprint(text)]), strict=True)))
            for key in made
            for text in by_key[key].texts
        ],
        batch_size=_BATCH,
        ignore_conflicts=True,
    )
    return {each: list_ids[key] for key, each in by_key.items()}


def _blocks(team_id: int, wanted: set[Entries]) -> dict[Entries, int]:
    by_key = {fingerprint(each): each for each in wanted}
    ids, _ = _once(team_id, ConditionBlock, {key: {"entries": each} for key, each in by_key.items()})
    return {each: ids[key] for key, each in by_key.items()}


Row = TypeVar("Row", bound=models.Model)


def _once(
    team_id: int, model: type[Row], wanted: Mapping[str, Mapping[str, Any]]
) -> tuple[dict[str, int], Sequence[str]]:
    """The primary keys by fingerprint, and the fingerprints that may be new.

    In the order of the fingerprints, so that two transactions that add the same wait for each other and never in a
    circle; what another one has just added is no conflict.
    """
    manager = model._default_manager
    known = _known(manager, team_id, wanted)
    missing = sorted(wanted.keys() - known.keys())
    if missing:
        manager.bulk_create(
            [model(team_id=team_id, sha256=key, **wanted[key]) for key in missing],
            batch_size=_BATCH,
            ignore_conflicts=True,
        )
        known |= _known(manager, team_id, missing)
    return known, missing


def _known(manager: models.Manager[Any], team_id: int, keys: Iterable[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    listed = sorted(keys)
    for at in range(0, len(listed), _BATCH):
        rows = manager.filter(team_id=team_id, sha256__in=listed[at : at + _BATCH])
        found |= dict(rows.values_list("sha256", "pk"))
    return found
