"""Admins who change the members of a team at the same moment wait for each other, and never for ever."""

from __future__ import annotations

from functools import partial

import pytest

from policystudio.audit.verify import verify
from policystudio.teams.selectors import members
from policystudio.teams.services.add_member import add_member
from policystudio.teams.services.change_role import change_role
from policystudio.teams.services.create_person import create_person
from tests.factories import make_user
from tests.racing import race, refusals

ROUNDS = 8


@pytest.mark.django_db(transaction=True)
def test_new_person_and_changes_of_other_members(max_, ada, team):
    for number in range(ROUNDS):
        role = "viewer" if number % 2 else "reviewer"
        outcomes = race(
            partial(create_person, by=max_, username=f"new-{number}", role="viewer"),
            partial(change_role, by=max_, member=ada.member, role=role),
            partial(add_member, by=max_, user=make_user(f"old-{number}"), role="viewer"),
        )
        assert refusals(outcomes) == []
    assert members(max_).count() == 2 + 2 * ROUNDS
    assert verify(team.pk).valid
