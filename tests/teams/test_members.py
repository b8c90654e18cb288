"""Teams and members: who may change them, and that what somebody may do ends at once."""

from __future__ import annotations

import pytest

from policystudio.audit.models import Event
from policystudio.errors import Conflict, InvalidInput, NotAllowed, NotFound
from policystudio.teams.models import User
from policystudio.teams.permissions import TABLE, Act, Role, Scope, may, require
from policystudio.teams.selectors import member_get, members, teams_of, viewer_for_user
from policystudio.teams.services.add_member import add_member
from policystudio.teams.services.change_password import change_password
from policystudio.teams.services.change_role import change_role
from policystudio.teams.services.create_person import create_person
from policystudio.teams.services.create_team import create_team
from policystudio.teams.services.remove_member import remove_member
from policystudio.teams.viewer import Viewer
from tests.factories import PASSWORD, make_user


def test_admin_adds_members_and_others_do_not(max_, rui, sam):
    eve = make_user("eve")
    with pytest.raises(NotAllowed):
        add_member(by=rui, user=eve, role="viewer")
    with pytest.raises(InvalidInput):
        add_member(by=max_, user=eve, role="owner")
    add_member(by=max_, user=eve, role="author")
    with pytest.raises(Conflict):
        add_member(by=max_, user=eve, role="viewer")
    assert [str(member) for member in members(rui)] == ["eve", "max", "rui"]
    assert [str(member) for member in members(sam)] == ["sam"]
    assert Event.objects.latest("sequence").action == "member.added"


def test_removed_member_sees_nothing_and_may_come_back(max_, ada):
    assert viewer_for_user(ada.user, "payments").role is Role.AUTHOR
    remove_member(by=max_, member=ada.member)
    with pytest.raises(NotFound):
        viewer_for_user(ada.user)
    with pytest.raises(NotFound):
        remove_member(by=max_, member=ada.member)
    add_member(by=max_, user=ada.user, role="viewer")
    assert viewer_for_user(ada.user).role is Role.VIEWER


def test_member_of_two_teams_sees_the_one_that_is_asked_for(max_, sam):
    add_member(by=sam, user=max_.user, role="viewer")
    assert [team.slug for team in teams_of(max_.user)] == ["payments", "strangers"]
    assert viewer_for_user(max_.user).team.slug == "payments"
    assert viewer_for_user(max_.user, "strangers").role is Role.VIEWER
    for slug in ("payments", "nowhere", "strangers\0"):
        with pytest.raises(NotFound):
            viewer_for_user(sam.user, slug)


def test_user_made_inactive_is_no_viewer(ada):
    ada.user.is_active = False
    ada.user.save()
    with pytest.raises(NotFound):
        viewer_for_user(ada.user)


def test_team_keeps_an_admin(max_, ada):
    with pytest.raises(Conflict):
        change_role(by=max_, member=max_.member, role="author")
    with pytest.raises(Conflict):
        remove_member(by=max_, member=max_.member)
    change_role(by=max_, member=ada.member, role="admin")
    remove_member(by=max_, member=max_.member)


def test_member_of_another_team_is_not_found(sam, ada):
    with pytest.raises(NotFound):
        change_role(by=sam, member=ada.member, role="viewer")
    with pytest.raises(NotFound):
        remove_member(by=sam, member=ada.member)
    for name in ("ada", "nobody", "sam\0"):
        with pytest.raises(NotFound):
            member_get(sam, name)
    assert member_get(sam, "sam") == sam.member


def test_team_needs_a_slug_of_its_own(max_):
    with pytest.raises(Conflict):
        create_team(slug="payments", name="Again", admin=max_.user)
    for slug in ("", "A", "a b", "-a", "a\n", "a" * 65):
        with pytest.raises(InvalidInput):
            create_team(slug=slug, name="x", admin=max_.user)


def test_password_is_changed_by_who_knows_the_present_one(ada):
    with pytest.raises(InvalidInput) as error:
        change_password(by=ada, current="wrong", new="a much better one 42")
    assert error.value.problems[0].pointer == "/current"
    with pytest.raises(InvalidInput) as error:
        change_password(by=ada, current=PASSWORD, new="short")
    assert error.value.problems[0].pointer == "/new"
    with pytest.raises(NotAllowed):
        change_password(
            by=Viewer(member=ada.member, token_id=1), current=PASSWORD, new="a much better one 42"
        )
    assert change_password(by=ada, current=PASSWORD, new="a much better one 42").check_password(
        "a much better one 42"
    )
    assert "better" not in str(Event.objects.latest("sequence").__dict__)


def test_person_is_made_with_a_password_that_is_stored_nowhere(max_, rui):
    with pytest.raises(NotAllowed):
        create_person(by=rui, username="eve", role="viewer")
    for name in ("", "a b", "a\n", "a" * 151, "max"):
        with pytest.raises(InvalidInput):
            create_person(by=max_, username=name, role="viewer")
    with pytest.raises(InvalidInput):
        create_person(by=max_, username="eve", role="owner")
    assert not User.objects.filter(username="eve").exists()
    member, password = create_person(by=max_, username="eve", role="viewer")
    assert member.user.check_password(password)
    assert [event.action for event in Event.objects.order_by("-sequence")[:2]] == [
        "member.added",
        "user.created",
    ]
    assert password not in str(list(Event.objects.values())) + str(
        User.objects.filter(username="eve").values()
    )


def lowest(role: Role, scopes: frozenset[Scope] | None, member) -> Viewer:
    member.role = role
    return Viewer(member=member, scopes=scopes)


@pytest.mark.parametrize("act", list(Act))
def test_every_act_needs_its_role_and_with_a_token_one_of_its_scopes(act, ada):
    needs = TABLE[act]
    for role in Role:
        assert may(lowest(role, None, ada.member), act) == (role.rank >= needs.role.rank)
        for scope in Scope:
            viewer = lowest(role, frozenset({scope}), ada.member)
            allowed = role.rank >= needs.role.rank and scope in needs.scopes
            assert viewer.may(act) == allowed
            if not allowed:
                with pytest.raises(NotAllowed):
                    require(viewer, act)
        assert not may(lowest(role, frozenset(), ada.member), act)
