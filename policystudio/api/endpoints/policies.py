"""`/policies/`: the policies of the team; revisions, targets and reviews have addresses of their own below."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.urls import path, reverse
from rest_framework.request import Request

from policystudio.access import Access
from policystudio.api.answers import timestamp
from policystudio.api.endpoint import Endpoint
from policystudio.api.fields import Text
from policystudio.api.operation import Operation
from policystudio.api.pagination import Order
from policystudio.api.shapes import (
    ID,
    MESSAGE,
    MOMENT,
    REGION_MODE,
    SOURCE_SENT,
    TARGET,
    TARGETS_SENT,
    USERNAME,
)
from policystudio.api.structures import AnyObject, ListOf, Null, Shape, TextsByName
from policystudio.policies.models import Policy, State
from policystudio.policies.selectors import PolicyFilters, policies, policy_get
from policystudio.policies.services.create_policy import create_policy
from policystudio.policies.services.delete_policy import delete_policy
from policystudio.policies.services.update_policy import update_policy
from policystudio.teams.permissions import Act

NAME = Text(
    pattern="[A-Za-z0-9-]{1,128}",
    is_judged_elsewhere=True,
    example="crypto-user",
    about="The RAM policy name, unique in the team without regard to case.",
)
DESCRIPTION = Text(max_characters=1024, is_judged_elsewhere=True)
SLUG = Text(max_characters=64, is_judged_elsewhere=True, example="key-read-only")
SERVER_SETS = ("id", "state", "revision", "released_revision", "created_by", "created_at", "updated_at")
REASONS = TextsByName(
    max_members=100,
    max_characters=10_000,
    about="Finding code → why the author accepts this security warning.",
)
CONTENT = {
    "source": Null(of=SOURCE_SENT),
    "builder": Null(of=SLUG, about="Instead of `source`: the builder that makes it."),
    "parameters": Null(
        of=AnyObject(), about="For the builder; its JSON Schema is at `/api/v1/builders/{slug}/`."
    ),
    "message": MESSAGE,
    "reasons": REASONS,
}
SHOWN = Shape(
    name="Policy",
    required={
        "id": ID,
        "name": Text(),
        "description": Text(),
        "region_mode": REGION_MODE,
        "builder": Null(of=Text()),
        "state": Text(choices=[str(state) for state in State]),
        "targets": ListOf(item=TARGET),
        "revision": ID,
        "released_revision": Null(of=ID),
        "created_by": USERNAME,
        "created_at": MOMENT,
        "updated_at": MOMENT,
    },
)
EXAMPLE = {
    "name": "apollo-decrypt",
    "description": "The payment service decrypts with keys tagged Project=Apollo.",
    "builder": "tag-scoped-crypto-user",
    "parameters": {"tags": [{"key": "Project", "values": ["Apollo"]}], "operations": ["decrypt"]},
    "targets": [{"account": "1234567890123456", "region": "cn-hangzhou"}],
    "message": "asked for by the payment team",
}
NEW = Shape(
    name="PolicyNew",
    example=EXAMPLE,
    about="Either `source`, or `builder` with its `parameters`.",
    required={"name": NAME},
    optional={"description": DESCRIPTION, "region_mode": REGION_MODE, "targets": TARGETS_SENT, **CONTENT},
    read_only=SERVER_SETS,
)
CHANGE = Shape(
    name="PolicyChange",
    optional={"name": NAME, "description": DESCRIPTION, "region_mode": REGION_MODE},
    read_only=(*SERVER_SETS, "targets", "source", "builder", "parameters"),
)
FILTERS = {
    "account": Text(max_characters=64, about="Stored for this account."),
    "region": Text(max_characters=64, about="Stored for this region."),
    "builder": Text(max_characters=64, about="The newest revision was made by this builder."),
    "state": Text(choices=[str(state) for state in State]),
    "action": Text(max_characters=200, about="An Allow statement reaches this action, wildcards expanded."),
    "q": Text(max_characters=200, about="In name or description."),
}


def show_policy(policy: Policy) -> dict[str, Any]:
    """As the selectors give it, with targets and builder at hand."""
    targets = [{"account": row.account.number, "region": row.region} for row in policy.targets.all()]
    return {
        "id": policy.pk,
        "name": policy.name,
        "description": policy.description,
        "region_mode": policy.region_mode,
        "builder": policy.builder or None,  # type: ignore[attr-defined]  # annotated by the selector
        "state": str(policy.state),
        "targets": targets,
        "revision": policy.newest_number,
        "released_revision": policy.released_number,
        "created_by": policy.created_by.get_username(),
        "created_at": timestamp(policy.created_at),
        "updated_at": timestamp(policy.updated_at),
    }


class WithContent(Endpoint):
    """For bodies that carry a source or a builder's parameters."""

    def content(self) -> dict[str, Any]:
        """The body as a service takes it: the source as text, and nothing that is null."""
        body = {name: value for name, value in self.body().items() if value is not None}
        if "source" in body:
            body["source"] = self.document_text(body["source"], "source")
        return body


class Policies(WithContent):
    """The list, and adding to it."""

    access = {"GET": Access(Act.READ), "POST": Access(Act.WRITE)}
    operations = {
        "GET": Operation(summary="List the policies", query=FILTERS, answer=SHOWN, is_paged=True),
        "POST": Operation(
            summary="Create a policy with its first revision",
            body=NEW,
            answer=SHOWN,
            creates=True,
            has_etag=True,
            errors=(409,),
        ),
    }

    def get(self, request: Request) -> HttpResponse:
        filters = {name: value for name, value in self.query.items() if name in FILTERS}
        return self.page(policies(self.viewer, PolicyFilters(**filters)), show_policy, Order("name"))

    def post(self, request: Request) -> HttpResponse:
        return self.create(self._made)

    def _made(self) -> HttpResponse:
        policy = create_policy(by=self.viewer, **self.content())
        location = reverse("api:policy", kwargs={"policy_id": policy.pk})
        shown = show_policy(policy_get(self.viewer, policy.pk))
        return self.show(shown, version=policy.version, status=201, location=location)


class OnePolicy(Endpoint):
    """One policy: its name, description and region mode; sources and targets are changed below it."""

    access = {"GET": Access(Act.READ), "PATCH": Access(Act.WRITE), "DELETE": Access(Act.WRITE)}
    operations = {
        "GET": Operation(summary="Show a policy", answer=SHOWN, has_etag=True, errors=(404,)),
        "PATCH": Operation(
            summary="Rename or describe a policy, or change its region mode",
            body=CHANGE,
            answer=SHOWN,
            has_etag=True,
            needs_match=True,
            errors=(404, 409),
        ),
        "DELETE": Operation(
            summary="Delete a policy that is neither released nor in review",
            status=204,
            needs_match=True,
            errors=(404, 409),
        ),
    }

    def get(self, request: Request, policy_id: int) -> HttpResponse:
        policy = policy_get(self.viewer, policy_id)
        return self.show(show_policy(policy), version=policy.version)

    def patch(self, request: Request, policy_id: int) -> HttpResponse:
        policy, body = policy_get(self.viewer, policy_id), self.body()
        expected = self.expected_version(show_policy(policy), policy.version)
        update_policy(by=self.viewer, policy=policy, expected_version=expected, **body)
        policy = policy_get(self.viewer, policy_id)
        return self.show(show_policy(policy), version=policy.version)

    def delete(self, request: Request, policy_id: int) -> HttpResponse:
        policy = policy_get(self.viewer, policy_id)
        return self.remove(show_policy(policy), policy.version, delete_policy, policy=policy)


urlpatterns = [
    path("policies/", Policies.as_view(), name="policies"),
    path("policies/<id_:policy_id>/", OnePolicy.as_view(), name="policy"),
]
