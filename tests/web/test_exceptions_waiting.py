"""An exception from a guardrail waits for the admins who may decide on it: on the start page and in the header."""

from __future__ import annotations

import pytest

from policystudio.guardrails.services.decide_exemption import grant_exemption
from policystudio.policies.models import Policy
from policystudio.teams.models import Team
from policystudio.teams.permissions import Role
from policystudio.teams.viewer import Viewer
from tests.factories import make_member
from tests.guardrails.rules import ask, make_on, only_from_office
from tests.web.people import browser_of

pytestmark = pytest.mark.django_db


def home(viewer: Viewer) -> str:
    return browser_of(viewer).get("/").content.decode()


def test_it_waits_for_an_admin_who_may_decide_until_that_is_done(
    ada: Viewer, rui: Viewer, max_: Viewer, sam: Viewer, team: Team, policy: Policy
) -> None:
    mia = make_member(team, "mia", Role.ADMIN)
    told = "Grant or refuse the exception"
    guardrail = make_on(max_, only_from_office("kms:Encrypt"))
    assert told not in home(mia)
    exemption = ask(max_, guardrail, policy)
    assert f'href="/guardrails/{guardrail.pk}/#exceptions"' in home(mia)
    assert told in home(mia)
    for person in (ada, rui, max_, sam):
        assert told not in home(person)
    grant_exemption(by=mia, exemption=exemption)
    assert told not in home(mia)
