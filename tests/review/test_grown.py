"""When the catalogue grows, what is released and stands for more is listed, with what it now also covers."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

import pytest
from django.utils import timezone

from policystudio.audit.models import Event
from policystudio.catalog import load
from policystudio.catalog.edition import edition_of
from policystudio.policies.services.revise import revise
from policystudio.review.grown import Origin, grown_releases, growths_of, origins
from policystudio.review.models import Release
from policystudio.review.services.propose import propose
from policystudio.review.services.release import release
from policystudio.standards import selectors as standards
from policystudio.standards.models import CatalogueEdition
from policystudio.standards.services.add_known_name import add_known_name
from policystudio.standards.services.remove_known_name import remove_known_name
from tests.factories import (
    DEVELOPMENT,
    HANGZHOU,
    SHANGHAI,
    approve,
    make_known_name,
    make_policy,
    make_released,
)
from tests.racing import race, refusals

pytestmark = pytest.mark.django_db
NEW = {"kms:GetSecretValue", "kms:GetPublicKey", "kms:TagResources"}
KEYS = "acs:kms:${region}:${account}:key/*"
Catalogue = Callable[[Collection[str]], None]


@pytest.fixture
def catalogue_without(monkeypatch: pytest.MonkeyPatch) -> Catalogue:
    """Lets the product have a catalogue that lacks these actions."""

    def use(names: Collection[str]) -> None:
        full = load()
        actions = {n: a for n, a in full.actions.items() if a.name not in names}
        smaller = replace(full, actions=actions, compiled_on=date(2026, 1, 1)) if names else full
        monkeypatch.setattr(standards, "load", lambda: smaller)

    return use


def source(*statements: dict[str, Any]) -> str:
    complete = [{"Effect": "Allow", "Resource": KEYS, **statement} for statement in statements]
    return json.dumps({"Version": "1", "Statement": complete})


def listed(viewer):
    """Policy → what grew: (pointer, whether an exception, names, names that cannot act there)."""
    return {
        each.policy.name: [
            (g.path, g.is_exception, sorted(a.name for a in g.actions), sorted(g.idle)) for g in growths
        ]
        for each, _since, growths in growths_of(viewer, grown_releases(viewer))
    }


def test_nothing_is_listed_while_the_catalogue_is_the_same(ada, rui, development):
    make_released(ada, rui, name="wide", source=source({"Action": "kms:Get*"}))
    assert listed(ada) == {}


def test_policy_whose_pattern_grew_is_listed_with_what_it_now_also_covers(
    ada, rui, development, catalogue_without
):
    catalogue_without(NEW)
    make_released(ada, rui, name="wide", source=source({"Action": ["kms:Get*", "kms:DescribeKey"]}))
    make_released(ada, rui, name="exact", source=source({"Action": "kms:Encrypt"}))
    make_released(ada, rui, name="other", source=source({"Action": "kms:Describe*"}))
    make_released(
        ada,
        rui,
        name="hole",
        source=source({"Effect": "Deny", "Action": "kms:Tag*"}, {"Action": "kms:Encrypt"}),
    )
    catalogue_without(())
    assert listed(ada) == {
        "hole": [("/Statement/0/Action", False, ["kms:TagResources"], [])],
        "wide": [
            (
                "/Statement/0/Action/0",
                False,
                ["kms:GetPublicKey", "kms:GetSecretValue"],
                ["kms:GetSecretValue"],
            )
        ],
    }


def test_exceptions_are_told_the_other_way_round(ada, rui, development, catalogue_without):
    catalogue_without(NEW)
    deny = {"Effect": "Deny", "NotAction": ["kms:Get*"]}
    make_released(ada, rui, name="all-but", source=source(deny, {"Action": "kms:Encrypt"}))
    closed = {"Effect": "Deny", "NotAction": [*NEW, "kms:List*"]}
    make_released(ada, rui, name="closed", source=source(closed, {"Action": "kms:Encrypt"}))
    catalogue_without(())
    found = listed(ada)
    assert set(found) == {"all-but"}
    assert [(path, excepted, names) for path, excepted, names, _ in found["all-but"]] == [
        ("/Statement/0", False, ["kms:TagResources"]),
        ("/Statement/0/NotAction/0", True, ["kms:GetPublicKey", "kms:GetSecretValue"]),
    ]


def test_new_release_takes_the_policy_off_the_list(ada, rui, development, catalogue_without):
    catalogue_without(NEW)
    policy = make_released(ada, rui, name="wide", source=source({"Action": "kms:Get*"}))
    catalogue_without(())
    assert set(listed(ada)) == {"wide"}
    revise(by=ada, policy=policy, source=source({"Action": "kms:Get*"}), message="still meant")
    review = propose(by=ada, policy=policy, message="please look")
    approve(rui, review)
    release(by=ada, review=review)
    assert listed(ada) == {}
    assert [r.edition.compiled_on for r in Release.objects.order_by("pk") if r.edition] == [
        date(2026, 1, 1),
        load().compiled_on,
    ]


def test_name_that_the_team_adds_grows_its_own_patterns_and_nobody_elses(ada, rui, sam, development):
    make_released(ada, rui, name="wide", source=source({"Action": "kms:Get*"}))
    added = add_known_name(
        by=rui, kind="action", name="kms:GetKeySpin", note="seen in the sandbox", seen_on=date(2026, 1, 1)
    )
    assert listed(ada) == {"wide": [("/Statement/0/Action", False, ["kms:GetKeySpin"], [])]}
    assert listed(sam) == {}
    remove_known_name(by=rui, name=added)
    assert listed(ada) == {}


def test_equal_editions_are_stored_once_and_the_trail_tells_their_hash(ada, rui, development):
    before = CatalogueEdition.objects.count()
    make_released(ada, rui, name="one")
    make_released(ada, rui, name="two")
    assert CatalogueEdition.objects.count() == max(before, 1)
    hashes = {event.data["catalogue_edition"] for event in Event.objects.filter(action="review.released")}
    assert hashes == {edition_of(load()).sha256}


def test_release_from_before_editions_counts_as_of_the_first_one(ada, rui, development, unprotected):
    make_released(ada, rui, name="wide", source=source({"Action": "kms:Get*"}))
    unprotected.execute("UPDATE review_release SET edition_id = NULL")
    unprotected.execute("DELETE FROM standards_catalogueedition")
    assert listed(ada) == {}
    names = [action.name for action in load().actions.values() if action.name not in NEW]
    CatalogueEdition.objects.create(
        sha256="0" * 64, compiled_on=date(2025, 1, 1), names=names, recorded_at="2025-01-01T00:00:00Z"
    )
    assert set(listed(ada)) == {"wide"}


def test_only_what_is_in_use_is_listed_and_once_for_all_targets(ada, rui, development, catalogue_without):
    catalogue_without(NEW)
    make_released(
        ada,
        rui,
        name="wide",
        source=source({"Action": "kms:Get*"}),
        targets=[(DEVELOPMENT, HANGZHOU), (DEVELOPMENT, SHANGHAI)],
    )
    catalogue_without(())
    assert [each.policy.name for each in grown_releases(ada)] == ["wide"]


def test_number_of_queries_does_not_grow_with_the_releases(
    ada, rui, development, catalogue_without, django_assert_num_queries
):
    catalogue_without(NEW)
    for number in range(4):
        make_released(ada, rui, name=f"wide-{number}", source=source({"Action": "kms:Get*"}))
    catalogue_without(())
    with django_assert_num_queries(9):
        assert len(growths_of(ada, grown_releases(ada))) == 4


@pytest.mark.django_db(transaction=True)
def test_two_releases_at_once_share_one_new_edition(ada, rui, development):
    """Neither is refused because the other has stored the edition first."""
    reviews = []
    for name in ("one", "two"):
        review = propose(by=ada, policy=make_policy(ada, name), message="please look")
        approve(rui, review)
        reviews.append(review)
    before = set(CatalogueEdition.objects.values_list("pk", flat=True))
    make_known_name(rui)
    outcomes = race(*(partial(release, by=ada, review=review) for review in reviews))
    assert refusals(outcomes) == []
    (edition,) = CatalogueEdition.objects.exclude(pk__in=before)
    assert {each.edition for each in Release.objects.all()} == {edition}


def test_names_of_the_catalogue_and_of_the_team_are_told_apart(
    ada, rui, development, catalogue_without: Catalogue
):
    catalogue_without(NEW)
    make_released(ada, rui, source=source({"Action": "kms:*"}))
    catalogue_without(())
    make_known_name(rui, "kms:GetSpin")
    ((_release, _since, (growth,)),) = growths_of(ada, grown_releases(ada))
    origin_of, today = origins(ada), timezone.localdate()
    told = {action.name: origin_of(action) for action in growth.actions}
    assert told.pop("kms:GetSpin") == Origin(today, "rui")
    assert set(told.values()) == {Origin(load().compiled_on, "")}
    assert set(told) == NEW
