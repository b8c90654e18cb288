"""`/accounts/`: the Alibaba Cloud accounts of the team, addressed by Alibaba's number."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.urls import path, reverse
from rest_framework.request import Request

from policystudio.access import Access
from policystudio.accounts.models import Account
from policystudio.accounts.selectors import account_get, accounts
from policystudio.accounts.services.create_account import create_account
from policystudio.accounts.services.delete_account import delete_account
from policystudio.accounts.services.update_account import update_account
from policystudio.api.endpoint import Endpoint
from policystudio.api.fields import Integer, Text
from policystudio.api.operation import Operation
from policystudio.api.pagination import Order
from policystudio.api.shapes import ACCOUNT, REGION
from policystudio.api.structures import ListOf, Null, Shape
from policystudio.teams.permissions import Act

NAME = Text(min_characters=1, max_characters=128, is_judged_elsewhere=True, example="Payments, production")
ENVIRONMENT = Text(pattern="[a-z0-9][a-z0-9-]{0,31}", is_judged_elsewhere=True, example="production")
REGIONS = ListOf(
    item=Text(pattern=REGION.pattern, is_judged_elsewhere=True, example="cn-hangzhou"),
    about="The enabled regions, each one of the catalogue.",
)
APPROVALS = Null(
    of=Integer(minimum=1, maximum=10),
    about="How many approvals a release needs; null asks for 2 in production, else 1.",
)
NUMBER = Text(
    pattern=ACCOUNT.pattern,
    is_judged_elsewhere=True,
    example="1234567890123456",
    about="Alibaba Cloud's number, as text.",
)
FIELDS = {"name": NAME, "environment": ENVIRONMENT, "regions": REGIONS, "required_approvals": APPROVALS}
SHOWN = Shape(
    name="Account",
    required={**FIELDS, "id": NUMBER, "required_approvals": Integer(minimum=1, maximum=10)},
)
NEW = Shape(
    name="AccountNew",
    required={"id": NUMBER, "name": NAME, "environment": ENVIRONMENT},
    optional={"regions": REGIONS, "required_approvals": APPROVALS},
)
CHANGE = Shape(name="AccountChange", optional=FIELDS, read_only=["id"])


def show_account(account: Account) -> dict[str, Any]:
    """`required_approvals` is the number that counts, set or not."""
    return {
        "id": account.number,
        "name": account.name,
        "environment": account.environment,
        "regions": account.regions,
        "required_approvals": account.approvals_needed,
    }


class Accounts(Endpoint):
    """The list, and adding to it."""

    access = {"GET": Access(Act.READ), "POST": Access(Act.MANAGE_ACCOUNTS)}
    operations = {
        "GET": Operation(summary="List the accounts", answer=SHOWN, is_paged=True),
        "POST": Operation(
            summary="Make an account known",
            body=NEW,
            answer=SHOWN,
            creates=True,
            has_etag=True,
            errors=(409,),
        ),
    }

    def get(self, request: Request) -> HttpResponse:
        return self.page(accounts(self.viewer), show_account, Order("number"))

    def post(self, request: Request) -> HttpResponse:
        return self.create(self._made)

    def _made(self) -> HttpResponse:
        body = self.body()
        account = create_account(by=self.viewer, number=body.pop("id"), **body)
        location = reverse("api:account", kwargs={"number": account.number})
        return self.show(show_account(account), version=account.version, status=201, location=location)


class OneAccount(Endpoint):
    """One account; its number never changes."""

    access = {
        "GET": Access(Act.READ),
        "PATCH": Access(Act.MANAGE_ACCOUNTS),
        "DELETE": Access(Act.MANAGE_ACCOUNTS),
    }
    operations = {
        "GET": Operation(summary="Show an account", answer=SHOWN, has_etag=True, errors=(404,)),
        "PATCH": Operation(
            summary="Change an account",
            about="A region that policies are stored for cannot be taken away.",
            body=CHANGE,
            answer=SHOWN,
            has_etag=True,
            needs_match=True,
            errors=(404, 409),
        ),
        "DELETE": Operation(
            summary="Take an account away that nothing uses", status=204, needs_match=True, errors=(404, 409)
        ),
    }

    def get(self, request: Request, number: str) -> HttpResponse:
        account = account_get(self.viewer, number)
        return self.show(show_account(account), version=account.version)

    def patch(self, request: Request, number: str) -> HttpResponse:
        account, body = account_get(self.viewer, number), self.body()
        expected = self.expected_version(show_account(account), account.version)
        account = update_account(by=self.viewer, account=account, expected_version=expected, **body)
        return self.show(show_account(account), version=account.version)

    def delete(self, request: Request, number: str) -> HttpResponse:
        account = account_get(self.viewer, number)
        return self.remove(show_account(account), account.version, delete_account, account=account)


urlpatterns = [
    path("accounts/", Accounts.as_view(), name="accounts"),
    path("accounts/<account:number>/", OneAccount.as_view(), name="account"),
]
