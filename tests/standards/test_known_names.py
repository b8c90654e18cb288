"""A team's own names: who may add them, what the trail keeps, and that the validator of that team alone knows them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from policystudio.audit.models import Event
from policystudio.audit.verify import verify
from policystudio.catalog import load
from policystudio.errors import Conflict, InvalidInput, NotAllowed, NotFound, Stale
from policystudio.standards.known_names import is_held_by_now, known_name_get, known_names
from policystudio.standards.models import KnownName
from policystudio.standards.selectors import standards_of
from policystudio.standards.services import add_known_name as adding
from policystudio.standards.services.remove_known_name import remove_known_name
from tests import factories
from tests.factories import make_known_name
from tests.racing import race

pytestmark = pytest.mark.django_db


def codes(team_id: int, text: str) -> set[str]:
    judged = standards_of(team_id).validate(text, now=timezone.now())
    return {finding.code for finding in judged.findings}


def problems(refused: pytest.ExceptionInfo[InvalidInput]) -> dict[str, str]:
    return {problem.pointer: problem.code for problem in refused.value.problems}


def test_added_name_counts_for_its_team_until_it_is_removed(rui, max_, sam):
    text = factories.source_text(actions=("kms:SpinKey",))
    assert "unknown-action" in codes(rui.team_id, text)
    name = make_known_name(rui)
    assert codes(rui.team_id, text) == set()
    assert "unknown-action" in codes(sam.team_id, text)
    remove_known_name(by=max_, name=name, expected_version=1)
    assert "unknown-action" in codes(rui.team_id, text)


def test_teams_without_names_share_the_products_catalogue_and_equal_names_share_one(rui, sam):
    assert standards_of(rui.team_id).catalogue is load()
    make_known_name(rui)
    assert standards_of(rui.team_id).catalogue is standards_of(rui.team_id).catalogue
    assert standards_of(rui.team_id) is standards_of(rui.team_id)
    assert standards_of(sam.team_id).catalogue is load()


def test_trail_tells_what_was_added_and_removed(rui):
    name = make_known_name(rui, resource_types=["key"], risk="low", access_level="Write")
    remove_known_name(by=rui, name=name)
    added, removed = Event.objects.order_by("pk")[Event.objects.count() - 2 :]
    assert (added.action, removed.action) == ("known_name.added", "known_name.removed")
    assert added.data == removed.data
    assert added.data["name"] == "kms:SpinKey"
    assert added.data["note"] == "worked in the sandbox"
    assert verify(rui.team_id).valid


def test_author_may_not_silence_a_warning_about_his_own_text(ada, vera, rui):
    for person in (ada, vera):
        with pytest.raises(NotAllowed, match="reviewer"):
            make_known_name(person)
    name = make_known_name(rui)
    with pytest.raises(NotAllowed):
        remove_known_name(by=ada, name=name)
    assert KnownName.objects.count() == 1


def test_names_of_another_team_do_not_exist(rui, sam):
    name = make_known_name(rui)
    assert list(known_names(sam)) == []
    with pytest.raises(NotFound):
        known_name_get(sam, name.pk)
    with pytest.raises(NotFound):
        remove_known_name(by=sam, name=name)


def test_removal_of_what_has_changed_or_is_gone_is_refused(rui):
    name = make_known_name(rui)
    with pytest.raises(Stale):
        remove_known_name(by=rui, name=name, expected_version=2)
    remove_known_name(by=rui, name=name, expected_version=1)
    with pytest.raises(NotFound):
        remove_known_name(by=rui, name=name)


def test_everything_that_is_wrong_is_told_at_once(rui):
    with pytest.raises(InvalidInput) as refused:
        make_known_name(
            rui,
            "kms:Spin\0",
            note="a\0",
            seen_on=timezone.localdate() + timedelta(days=1),
            access_level="Root",
            risk="huge",
            resource_types=["key", "key", "moon"],
        )
    assert problems(refused) == {
        "/name": "bad-name",
        "/note": "bad-character",
        "/seen_on": "out-of-range",
        "/access_level": "unknown-choice",
        "/risk": "unknown-choice",
        "/resource_types/1": "duplicate",
        "/resource_types/2": "unknown-choice",
    }
    assert not KnownName.objects.exists()


@pytest.mark.parametrize(
    "name", ["kms:Decrypt", "KMS:SpinKey", "kms:decrypt", "kms:", "kms:Spin*", "spin", ""]
)
def test_name_that_is_known_or_none_of_kms_is_refused(rui, name):
    with pytest.raises(InvalidInput) as refused:
        make_known_name(rui, name)
    assert set(problems(refused)) == {"/name"}


def test_same_name_twice_is_in_conflict_whatever_its_case(rui, sam):
    make_known_name(rui)
    for name in ("kms:SpinKey", "kms:spinkey"):
        with pytest.raises(Conflict):
            make_known_name(rui, name)
    make_known_name(rui, kind="condition_key")
    make_known_name(sam)


def test_team_keeps_a_limited_number_of_names(rui, monkeypatch):
    monkeypatch.setattr(adding, "MAX_NAMES", 2)
    make_known_name(rui, "kms:SpinA")
    make_known_name(rui, "kms:SpinB")
    with pytest.raises(Conflict, match="at most 2"):
        make_known_name(rui, "kms:SpinC")


def test_name_that_the_product_learns_later_adds_nothing_any_more(rui):
    name = make_known_name(rui)
    assert not is_held_by_now(name)
    KnownName.objects.filter(pk=name.pk).update(name="kms:Decrypt")
    name.refresh_from_db()
    assert is_held_by_now(name)
    assert standards_of(rui.team_id).catalogue is load()
    remove_known_name(by=rui, name=name)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_add_the_same_name_at_once_one_is_told_that_it_is_there(rui, max_):
    def add(person):
        return lambda: make_known_name(person, seen_on=date(2026, 1, 1))

    outcomes = race(add(rui), add(max_))
    assert sorted(type(each).__name__ for each in outcomes) == ["Conflict", "KnownName"]
    assert KnownName.objects.count() == 1
    assert Event.objects.filter(action="known_name.added").count() == 1
