"""Accounts of Alibaba Cloud: the list, and the forms that add, change and delete one."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from policystudio.access import Access
from policystudio.accounts.models import PRODUCTION, Account
from policystudio.accounts.selectors import account_get, accounts
from policystudio.accounts.services.create_account import create_account
from policystudio.accounts.services.delete_account import delete_account
from policystudio.accounts.services.fields import MAX_APPROVALS
from policystudio.accounts.services.update_account import update_account
from policystudio.catalog import load
from policystudio.catalog.model import Region
from policystudio.errors import Conflict, InvalidInput, Stale
from policystudio.policies.selectors import target_counts
from policystudio.teams.permissions import Act
from policystudio.web.page import MenuEntry, Page, PageView, add_problems

AREAS = {
    "cn": gettext_lazy("Mainland China and Hong Kong"),
    "finance": gettext_lazy("Finance cloud"),
    "local": gettext_lazy("Local regions"),
    "intl": gettext_lazy("Outside mainland China"),
}


class AccountForm(forms.Form):
    """What is typed; the services judge it. `id` is Alibaba's number, as in the API."""

    id = forms.CharField(
        label=gettext_lazy("Account id"),
        help_text=gettext_lazy(
            "As Alibaba Cloud shows it, for example 1234567890123456. It cannot be changed later."
        ),
        max_length=20,
    )
    name = forms.CharField(
        label=gettext_lazy("Name"),
        help_text=gettext_lazy("What your team calls it, for example Payments production."),
        max_length=128,
    )
    environment = forms.CharField(
        label=gettext_lazy("Environment"),
        help_text=gettext_lazy(
            "For example production, staging or development. Production is marked everywhere."
        ),
        max_length=32,
    )
    required_approvals = forms.IntegerField(
        label=gettext_lazy("Required approvals"),
        help_text=gettext_lazy("From 1 to 10. When left empty: 2 for production, otherwise 1."),
        required=False,
        min_value=1,
        max_value=MAX_APPROVALS,
    )

    def __init__(self, *args: Any, is_new: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_new:
            del self.fields["id"]


class Accounts(PageView):
    """The team's accounts."""

    access = {"GET": Access(Act.READ)}

    def get(self, request: HttpRequest) -> HttpResponse:
        uses: Counter[str] = Counter()
        for target, number in target_counts(self.viewer).items():
            uses[target.account] += number
        context = {
            "lines": [(account, uses[account.number]) for account in accounts(self.viewer)],
            "may_manage": self.viewer.may(Act.MANAGE_ACCOUNTS),
            "production": PRODUCTION,
        }
        return self.page("accounts/accounts.html", context)


class AccountView(PageView):
    """What the two forms share."""

    def form(
        self,
        form: AccountForm,
        chosen: list[str],
        *,
        account: Account | None = None,
        is_stale: bool = False,
        region_errors: tuple[str, ...] = (),
        status: int = 200,
    ) -> HttpResponse:
        """The form with what was typed; when stale, beside what is stored now."""
        context = {
            "form": form,
            "areas": areas(chosen),
            "account": account,
            "is_stale": is_stale,
            "region_errors": region_errors,
            "region_summary": [("regions", text) for text in region_errors],
            "crumbs": [(_("Accounts"), reverse("accounts"))],
        }
        return self.page("accounts/account.html", context, status=status)

    def refusal(self, form: AccountForm, refused: InvalidInput | Conflict) -> tuple[str, ...]:
        """Put the problems at their fields; those of regions are returned."""
        if isinstance(refused, Conflict):
            form.add_error(None, f"{refused.message}. {refused.advice}".strip())
            return ()
        of_regions = [p for p in refused.problems if p.pointer.startswith("/regions")]
        add_problems(form, InvalidInput([p for p in refused.problems if p not in of_regions]))
        return tuple(p.detail for p in of_regions)


class NewAccount(AccountView):
    """Adds one."""

    access = {"GET": Access(Act.MANAGE_ACCOUNTS), "POST": Access(Act.MANAGE_ACCOUNTS)}

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.form(AccountForm(), [])

    def post(self, request: HttpRequest) -> HttpResponseBase:
        form, regions = AccountForm(request.POST), request.POST.getlist("regions")
        if not form.is_valid():
            return self.form(form, regions, status=422)
        data = form.cleaned_data
        try:
            account = create_account(
                by=self.viewer,
                number=data["id"],
                name=data["name"],
                environment=data["environment"],
                regions=regions,
                required_approvals=data["required_approvals"],
            )
        except (InvalidInput, Conflict) as refused:
            errors = self.refusal(form, refused)
            return self.form(form, regions, region_errors=errors, status=422)
        return self.go(reverse("accounts"), _("%(name)s is added.") % {"name": account.name})


class EditAccount(AccountView):
    """Changes one, only over the version that was opened."""

    access = {"GET": Access(Act.MANAGE_ACCOUNTS), "POST": Access(Act.MANAGE_ACCOUNTS)}

    def get(self, request: HttpRequest, number: str) -> HttpResponse:
        account = account_get(self.viewer, number)
        stored = {
            "name": account.name,
            "environment": account.environment,
            "required_approvals": account.required_approvals,
        }
        return self.form(AccountForm(initial=stored, is_new=False), account.regions, account=account)

    def post(self, request: HttpRequest, number: str) -> HttpResponseBase:
        account, regions = account_get(self.viewer, number), request.POST.getlist("regions")
        form = AccountForm(request.POST, is_new=False)
        if not form.is_valid():
            return self.form(form, regions, account=account, status=422)
        try:
            update_account(
                by=self.viewer,
                account=account,
                expected_version=version_of(request),
                name=form.cleaned_data["name"],
                environment=form.cleaned_data["environment"],
                regions=regions,
                required_approvals=form.cleaned_data["required_approvals"],
            )
        except Stale:
            return self.form(form, regions, account=account, is_stale=True, status=412)
        except (InvalidInput, Conflict) as refused:
            errors = self.refusal(form, refused)
            return self.form(form, regions, account=account, region_errors=errors, status=422)
        return self.go(reverse("accounts"), _("%(name)s is saved.") % {"name": account.name})


class DeleteAccount(PageView):
    """Takes one away that no policy uses."""

    access = {"POST": Access(Act.MANAGE_ACCOUNTS)}

    def post(self, request: HttpRequest, number: str) -> HttpResponseBase:
        account = account_get(self.viewer, number)
        delete_account(by=self.viewer, account=account, expected_version=version_of(request))
        return self.go(reverse("accounts"), _("%(name)s is deleted.") % {"name": account.name})


def version_of(request: HttpRequest) -> int | None:
    """The version that the form was opened with; one that was not made here fits nothing."""
    text = request.POST.get("version", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1


def areas(chosen: list[str]) -> list[tuple[str, list[tuple[Region, bool]]]]:
    """The regions of the catalogue by area; retired ones only where they are chosen."""
    found: dict[str, list[tuple[Region, bool]]] = {}
    for region in load().regions.values():
        is_chosen = region.id in chosen
        if region.status == "current" or is_chosen:
            area = str(AREAS.get(region.area, gettext_lazy("Other regions")))
            found.setdefault(area, []).append((region, is_chosen))
    return list(found.items())


PAGE = Page(
    urls=(
        path("accounts/", Accounts.as_view(), name="accounts"),
        path("accounts/new/", NewAccount.as_view(), name="new_account"),
        path("accounts/<str:number>/", EditAccount.as_view(), name="account"),
        path("accounts/<str:number>/delete/", DeleteAccount.as_view(), name="account_delete"),
    ),
    menu=MenuEntry(
        label=gettext_lazy("Accounts"), icon="account", order=60, url_name="accounts", shortcut="g a"
    ),
)
