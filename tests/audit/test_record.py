"""Every change leaves one event in the same transaction; the chain neither forks nor has gaps."""

from __future__ import annotations

import json
from functools import partial
from types import SimpleNamespace

import pytest
import structlog
from django.db import transaction
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from policystudio.audit.actor import System
from policystudio.audit.chain import START, data_text, digest, event_hash, lengths
from policystudio.audit.models import Event, Head
from policystudio.audit.selectors import events, head
from policystudio.audit.services.record import record
from policystudio.audit.verify import verify
from policystudio.errors import Conflict
from policystudio.teams.viewer import Viewer
from tests.factories import make_policy
from tests.racing import race


def write(by, action="team.noted"):
    with transaction.atomic():
        return record(by, action, on=by.team)


def test_event_says_who_when_what_on_which_and_from_where(ada, team):
    viewer = Viewer(member=ada.member, address="2001:db8::1", token_id=7)
    with transaction.atomic():
        event = record(
            viewer, "team.noted", on=team, data={"n": [1, None, True, "ü"]}, before="a" * 64, after="b" * 64
        )
    stored = Event.objects.get(pk=event.pk)
    assert (stored.actor_id, stored.actor_name, stored.token_id, stored.address) == (
        ada.actor_id,
        "ada",
        7,
        "2001:db8::1",
    )
    assert (stored.object_type, stored.object_id, stored.object_name) == ("team", team.pk, "payments")
    assert event_hash(stored) == stored.hash == head(team.pk).hash
    assert head(team.pk).sequence == stored.sequence


def test_team_begins_its_own_chain(team, sam):
    first = Event.objects.filter(team_id=team.pk).earliest("sequence")
    assert (first.sequence, first.previous_hash) == (1, START)
    assert Event.objects.filter(team_id=sam.team_id).earliest("sequence").sequence == 1


def test_change_that_is_undone_leaves_no_event(ada, team):
    before = head(team.pk)
    with transaction.atomic():
        write(ada)
        transaction.set_rollback(True)
    assert head(team.pk) == before


def test_change_whose_event_cannot_be_written_does_not_happen(ada, team, monkeypatch):
    from policystudio.policies.models import Policy

    def full(*args, **kwargs):
        raise OSError("disk full")

    monkeypatch.setattr(Event, "save", full)
    with pytest.raises(OSError, match="disk full"):
        make_policy(ada, targets=())
    assert not Policy.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_event_outside_a_transaction_is_a_bug(ada, team):
    with pytest.raises(AssertionError):
        record(ada, "team.noted", on=team)


def test_head_is_logged_after_the_commit(ada, team, django_capture_on_commit_callbacks):
    with structlog.testing.capture_logs() as logged:
        with django_capture_on_commit_callbacks(execute=False):
            write(ada)
        assert logged == []
        with django_capture_on_commit_callbacks(execute=True):
            event = write(ada)
    (line,) = logged
    assert (line["team_id"], line["sequence"], line["hash"]) == (team.pk, event.sequence, event.hash)


@pytest.mark.django_db(transaction=True)
def test_concurrent_writers_make_one_chain(ada, rui, team):
    before = head(team.pk).sequence
    outcomes = race(*[partial(write, ada if n % 2 else rui) for n in range(16)])
    assert sorted(event.sequence for event in outcomes) == list(range(before + 1, before + 17))
    assert verify(team.pk).valid


@pytest.mark.django_db(transaction=True)
def test_first_events_of_a_team_without_a_head_make_one_chain(ada, team):
    other = System(team_id=4711)
    Head.objects.filter(team_id=4711).delete()

    def begin():
        with transaction.atomic():
            return record(other, "team.noted", on=team)

    assert sorted(event.sequence for event in race(*[begin] * 4)) == [1, 2, 3, 4]
    assert verify(4711).valid


def test_trail_is_searched_within_the_team(ada, rui, sam, team, development):
    policy = make_policy(ada)
    assert [e.action for e in events(team.pk, object_type="policy", object_id=policy.pk)] == [
        "policy.created"
    ]
    assert {e.actor_name for e in events(team.pk, actor="ada")} == {"ada"}
    assert not events(sam.team_id, actor="ada")
    assert not events(team.pk, actor="a\0")
    assert [e.sequence for e in events(team.pk)] == list(range(events(team.pk).count(), 0, -1))


def test_refused_change_leaves_no_event(ada, policy, team):
    before = head(team.pk)
    with pytest.raises(Conflict):
        make_policy(ada, policy.name)
    assert head(team.pk) == before


@given(
    st.lists(st.one_of(st.none(), st.text(), st.integers())),
    st.lists(st.one_of(st.none(), st.text(), st.integers())),
)
def test_two_lists_of_fields_never_look_alike(one, two):
    texts = [[None if f is None else str(f) for f in fields] for fields in (one, two)]
    assert (lengths(one) == lengths(two)) == (texts[0] == texts[1])
    assert (digest(one) == digest(two)) == (texts[0] == texts[1])


values = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-(2**63), 2**63), st.text()),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(st.text(), inner, max_size=4)),
)


@given(st.dictionaries(st.text(), values, max_size=4))
def test_data_read_back_from_a_database_has_the_same_text(data):
    assert data_text(json.loads(json.dumps(data))) == data_text(data)


@pytest.mark.parametrize("data", [{"x": 1.0}, {"x": b""}, {"x": timezone.now()}])
def test_data_that_has_many_spellings_is_refused(data):
    with pytest.raises(TypeError):
        data_text(data)


def test_every_field_of_an_event_is_in_its_hash(ada, team):
    event = write(ada)
    fields = {f.name: getattr(event, f.name) for f in Event._meta.fields if f.name not in {"id", "hash"}}
    for name, value in fields.items():
        other = {None: 1, "": "x"}.get(value) if value in (None, "") else None
        if other is None:
            other = {str: lambda v: v + "x", int: lambda v: v + 1, dict: lambda v: {"x": 1}}.get(
                type(value), lambda v: timezone.now()
            )(value)
        assert event_hash(SimpleNamespace(**{**fields, name: other})) != event.hash, name
