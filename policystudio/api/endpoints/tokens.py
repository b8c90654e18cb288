"""`/tokens/`: API tokens; the text of a new one is answered once and never again."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import HttpResponse
from django.urls import path, reverse
from rest_framework.request import Request

from policystudio.access import Access
from policystudio.api.answers import answer, timestamp
from policystudio.api.endpoint import Endpoint
from policystudio.api.fields import Integer, Text
from policystudio.api.operation import Operation
from policystudio.api.pagination import Order
from policystudio.api.shapes import ID, MOMENT, NULL_MOMENT, USERNAME
from policystudio.api.structures import ListOf, Null, Shape
from policystudio.teams.models import ApiToken
from policystudio.teams.permissions import Act, Scope
from policystudio.teams.selectors import token_get, tokens
from policystudio.teams.services.create_token import DEFAULT_DAYS, MAX_DAYS, create_token
from policystudio.teams.services.revoke_token import revoke_token

SCOPES = ListOf(item=Text(choices=[str(scope) for scope in Scope]), max_items=20)
FIELDS = {
    "id": ID,
    "name": Text(),
    "prefix": Text(about="The first characters, to tell tokens apart."),
    "owner": USERNAME,
    "scopes": SCOPES,
    "created_at": MOMENT,
    "expires_at": MOMENT,
    "last_used_at": NULL_MOMENT,
    "revoked_at": NULL_MOMENT,
}
SHOWN = Shape(name="Token", required=FIELDS)
SHOWN_ONCE = Shape(
    name="TokenWithText",
    required={**FIELDS, "token": Null(of=Text(), about="Shown this once; null when repeated.")},
)
NEW = Shape(
    name="TokenNew",
    required={
        "name": Text(min_characters=1, max_characters=128, is_judged_elsewhere=True),
        "scopes": replace(SCOPES, min_items=1),
    },
    optional={
        "days": Integer(minimum=1, maximum=MAX_DAYS, default=DEFAULT_DAYS, about="How long it is good.")
    },
    read_only=("id", "prefix", "owner", "created_at", "expires_at", "last_used_at", "revoked_at", "token"),
)


def show_token(token: ApiToken) -> dict[str, Any]:
    return {
        "id": token.pk,
        "name": token.name,
        "prefix": token.prefix,
        "owner": token.member.user.get_username(),
        "scopes": token.scopes,
        "created_at": timestamp(token.created_at),
        "expires_at": timestamp(token.expires_at),
        "last_used_at": timestamp(token.last_used_at),
        "revoked_at": timestamp(token.revoked_at),
    }


def version_of(token: ApiToken) -> int:
    """0 while it is good, 1 once revoked, which is all that can be changed about a token, and only once."""
    return int(token.revoked_at is not None)


class Tokens(Endpoint):
    """One's own tokens, for an admin everybody's, newest first; and making one for oneself.

    Decision: an answer repeated for an `Idempotency-Key` has null for the token, whose text is kept nowhere.
    """

    access = {"GET": Access(Act.MANAGE_TOKENS), "POST": Access(Act.MANAGE_TOKENS)}
    operations = {
        "GET": Operation(summary="List the tokens", answer=SHOWN, is_paged=True),
        "POST": Operation(summary="Make a token", body=NEW, answer=SHOWN_ONCE, creates=True),
    }

    def get(self, request: Request) -> HttpResponse:
        return self.page(tokens(self.viewer), show_token, Order("pk", is_descending=True))

    def post(self, request: Request) -> HttpResponse:
        return self.create(self._made, secrets=["token"])

    def _made(self) -> HttpResponse:
        token, text = create_token(by=self.viewer, **self.body())
        location = reverse("api:token", kwargs={"token_id": token.pk})
        response = self.show({**show_token(token), "token": text}, status=201, location=location)
        response["Cache-Control"] = "no-store"
        return response


class OneToken(Endpoint):
    """One token, and its end."""

    access = {"GET": Access(Act.MANAGE_TOKENS), "DELETE": Access(Act.MANAGE_TOKENS)}
    operations = {
        "GET": Operation(summary="Show a token", answer=SHOWN, has_etag=True, errors=(404,)),
        "DELETE": Operation(
            summary="Revoke a token",
            about="At once and for good. `If-Match: *` ends a leaked token whatever it looks like now.",
            status=204,
            needs_match=True,
            errors=(404,),
        ),
    }

    def get(self, request: Request, token_id: int) -> HttpResponse:
        token = token_get(self.viewer, token_id)
        return self.show(show_token(token), version=version_of(token))

    def delete(self, request: Request, token_id: int) -> HttpResponse:
        token = token_get(self.viewer, token_id)
        self.expected_version(show_token(token), version_of(token))
        revoke_token(by=self.viewer, token=token)
        return answer(b"", status=204)


urlpatterns = [
    path("tokens/", Tokens.as_view(), name="tokens"),
    path("tokens/<id_:token_id>/", OneToken.as_view(), name="token"),
]
