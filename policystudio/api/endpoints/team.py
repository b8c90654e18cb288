"""`/team/members/`: the people of the caller's team and their roles."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.urls import path
from rest_framework.request import Request

from policystudio.access import Access
from policystudio.api.answers import timestamp
from policystudio.api.endpoint import Endpoint
from policystudio.api.fields import Text
from policystudio.api.operation import Operation
from policystudio.api.pagination import Order
from policystudio.api.shapes import MOMENT, USERNAME
from policystudio.api.structures import Shape
from policystudio.teams.models import Member
from policystudio.teams.permissions import Act, Role
from policystudio.teams.selectors import members

SHOWN = Shape(
    name="Member",
    required={"user": USERNAME, "role": Text(choices=[str(role) for role in Role]), "joined_at": MOMENT},
)


def show_member(member: Member) -> dict[str, Any]:
    return {
        "user": member.user.get_username(),
        "role": member.role,
        "joined_at": timestamp(member.joined_at),
    }


class Members(Endpoint):
    """Those who are members now; people are added and removed on the pages, where a password can be shown once."""

    access = {"GET": Access(Act.READ)}
    operations = {"GET": Operation(summary="List the members of the team", answer=SHOWN, is_paged=True)}

    def get(self, request: Request) -> HttpResponse:
        return self.page(members(self.viewer), show_member, Order("user__username"))


urlpatterns = [path("team/members/", Members.as_view(), name="members")]
