"""`/me/`: who the caller is, in which team, and what they may do."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import path
from rest_framework.request import Request

from policystudio.access import LOGGED_IN
from policystudio.api.endpoint import Endpoint
from policystudio.api.fields import Text
from policystudio.api.operation import Operation
from policystudio.api.shapes import USERNAME
from policystudio.api.structures import ListOf, Null, Shape
from policystudio.teams.permissions import Act, Role, Scope
from policystudio.teams.selectors import teams_of

TEAM = Shape(name="Team", required={"slug": Text(), "name": Text()})
SHOWN = Shape(
    name="Me",
    required={
        "user": USERNAME,
        "team": TEAM,
        "role": Text(choices=[str(role) for role in Role]),
        "scopes": Null(
            of=ListOf(item=Text(choices=[str(scope) for scope in Scope])),
            about="null for a browser's session.",
        ),
        "may": ListOf(
            item=Text(choices=[str(act) for act in Act]), about="The acts that role and scopes allow."
        ),
        "teams": ListOf(item=TEAM, about="The teams that the person belongs to."),
    },
)


class Me(Endpoint):
    """The caller."""

    access = {"GET": LOGGED_IN}
    operations = {"GET": Operation(summary="Show who is asking", answer=SHOWN)}

    def get(self, request: Request) -> HttpResponse:
        viewer = self.viewer
        # A token belongs to one team and tells nothing of the others.
        teams = teams_of(viewer.user) if viewer.scopes is None else [viewer.team]
        return self.show(
            {
                "user": viewer.actor_name,
                "team": {"slug": viewer.team.slug, "name": viewer.team.name},
                "role": str(viewer.role),
                "scopes": None if viewer.scopes is None else sorted(str(scope) for scope in viewer.scopes),
                "may": [str(act) for act in Act if viewer.may(act)],
                "teams": [{"slug": team.slug, "name": team.name} for team in teams],
            }
        )


urlpatterns = [path("me/", Me.as_view(), name="me")]
