"""API tokens: made once, hashed at rest, never more than their owner's role now."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from policystudio.audit.models import Event
from policystudio.errors import InvalidInput, NotAllowed, NotFound
from policystudio.teams.models import ApiToken
from policystudio.teams.permissions import Act, Role, Scope
from policystudio.teams.selectors import token_get, tokens, viewer_for_token
from policystudio.teams.services.add_member import add_member
from policystudio.teams.services.change_role import change_role
from policystudio.teams.services.create_token import create_token
from policystudio.teams.services.remove_member import remove_member
from policystudio.teams.services.revoke_token import revoke_token
from policystudio.teams.viewer import Viewer


@pytest.fixture
def token(ada):
    """Ada's token and its text."""
    return create_token(by=ada, name="pipeline", scopes=["read", "export"])


def test_token_is_random_recognisable_and_nowhere_in_clear(token):
    made, plain = token
    assert re.fullmatch(r"ps_[A-Za-z0-9_-]{43}", plain)
    stored = str(ApiToken.objects.values().get()) + str(list(Event.objects.values()))
    assert plain not in stored
    assert plain[9:] not in stored
    assert made.prefix == plain[:9]
    assert made.expires_at - made.created_at == timedelta(days=90)


def holder(plain: str) -> Viewer:
    """The viewer of a token that is good."""
    viewer = viewer_for_token(plain, "192.0.2.7")
    assert viewer is not None
    return viewer


def test_token_is_looked_up_in_one_query_and_is_its_owner(token, ada, django_assert_num_queries):
    viewer = holder(token[1])
    assert (viewer.actor_id, viewer.role, viewer.address) == (ada.actor_id, Role.AUTHOR, "192.0.2.7")
    assert viewer.scopes == frozenset({Scope.READ, Scope.EXPORT})
    with django_assert_num_queries(1):
        assert holder(token[1]).team_id == ada.team_id
    assert (viewer.team.slug, viewer.actor_name) == ("payments", "ada")


def test_last_use_is_noted_at_most_once_a_minute(token, time_machine):
    time_machine.move_to(timezone.now(), tick=False)
    viewer_for_token(token[1])
    first = ApiToken.objects.get().last_used_at
    assert first == timezone.now()
    time_machine.shift(timedelta(seconds=59))
    viewer_for_token(token[1])
    assert ApiToken.objects.get().last_used_at == first
    time_machine.shift(timedelta(seconds=1))
    viewer_for_token(token[1])
    assert ApiToken.objects.get().last_used_at == first + timedelta(seconds=60)


@pytest.mark.parametrize(
    "plain", ["", "ps_", "ps_" + "A" * 43, "ps_" + "A" * 5000, "Bearer x", "ps_\ud800", "ps_a\0"]
)
def test_text_that_is_no_token_is_nobody(token, plain):
    assert viewer_for_token(plain) is None
    assert viewer_for_token(token[1].upper()) is None


def test_token_dies_with_its_time(token, time_machine):
    time_machine.move_to(timezone.now() + timedelta(days=90) - timedelta(seconds=5))
    assert viewer_for_token(token[1]) is not None
    time_machine.shift(timedelta(seconds=6))
    assert viewer_for_token(token[1]) is None


def test_token_dies_with_the_membership_and_does_not_come_back(token, max_, ada):
    assert viewer_for_token(token[1]) is not None
    remove_member(by=max_, member=ada.member)
    assert viewer_for_token(token[1]) is None
    add_member(by=max_, user=ada.user, role="author")
    assert viewer_for_token(token[1]) is None


def test_token_dies_while_its_owner_is_inactive(token, ada):
    ada.user.is_active = False
    ada.user.save()
    assert viewer_for_token(token[1]) is None


def test_token_is_demoted_with_its_owner(max_, ada):
    _, plain = create_token(by=ada, name="writer", scopes=["write"])
    change_role(by=max_, member=ada.member, role="viewer")
    assert holder(plain).role is Role.VIEWER


def test_owner_and_admin_revoke_and_others_do_not_see_it(token, ada, rui, max_, sam):
    for person in (rui, sam):
        assert not tokens(person)
        with pytest.raises(NotFound):
            revoke_token(by=person, token=token[0])
        with pytest.raises(NotFound):
            token_get(person, token[0].pk)
    assert list(tokens(max_)) == list(tokens(ada)) == [token[0]]
    revoke_token(by=max_, token=token[0])
    assert viewer_for_token(token[1]) is None
    before = Event.objects.count()
    revoke_token(by=ada, token=token[0])
    assert Event.objects.count() == before


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"days": 0}, ("/days", "out-of-range")),
        ({"days": 366}, ("/days", "out-of-range")),
        ({"days": True}, ("/days", "out-of-range")),
        ({"scopes": []}, ("/scopes", "required")),
        ({"scopes": ["read", "root"]}, ("/scopes/1", "unknown-scope")),
        ({"scopes": ["admin"]}, None),
        ({"name": ""}, ("/name", "required")),
        ({"days": 365, "scopes": ["write", "review"]}, None),
    ],
)
def test_fields_are_checked(ada, given, expected):
    sent = {"name": "t", "scopes": ["read"], "days": 30, **given}
    if expected is None:
        create_token(by=ada, **sent)
        return
    with pytest.raises(InvalidInput) as error:
        create_token(by=ada, **sent)
    assert [(problem.pointer, problem.code) for problem in error.value.problems] == [expected]


def test_scope_gives_nothing_that_the_role_does_not(vera):
    _, plain = create_token(by=vera, name="t", scopes=["read", "write"])
    viewer = holder(plain)
    assert (viewer.may(Act.READ), viewer.may(Act.WRITE)) == (True, False)


def test_token_makes_tokens_only_with_the_scope_for_it_and_never_wider_ones(ada):
    without = Viewer(member=ada.member, token_id=1, scopes=frozenset({Scope.READ, Scope.WRITE}))
    with pytest.raises(NotAllowed):
        create_token(by=without, name="t", scopes=["read"])
    having = Viewer(member=ada.member, token_id=1, scopes=frozenset({Scope.ADMIN, Scope.READ}))
    with pytest.raises(InvalidInput):
        create_token(by=having, name="t", scopes=["write"])
    create_token(by=having, name="t", scopes=["read"])
