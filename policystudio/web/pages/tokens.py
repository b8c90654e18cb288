"""API tokens: one's own, and for admins everybody's; a new one is shown once, on a page of its own."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from policystudio.access import Access
from policystudio.errors import InvalidInput
from policystudio.teams.models import ApiToken
from policystudio.teams.permissions import Act, Scope
from policystudio.teams.selectors import token_get, tokens
from policystudio.teams.services.create_token import DEFAULT_DAYS, MAX_DAYS, create_token
from policystudio.teams.services.revoke_token import revoke_token
from policystudio.web.page import MenuEntry, Page, PageView
from policystudio.web.paging import cut

SCOPES = {
    Scope.READ: gettext_lazy("see policies, reviews and the audit trail"),
    Scope.EXPORT: gettext_lazy("fetch released documents; all that a pipeline needs"),
    Scope.WRITE: gettext_lazy("write policies, propose, comment and release"),
    Scope.REVIEW: gettext_lazy("decide on reviews, comment and release"),
    Scope.ADMIN: gettext_lazy("manage accounts, members and tokens"),
}


class Tokens(PageView):
    """The list, newest first."""

    access = {"GET": Access(Act.READ)}

    def get(self, request: HttpRequest) -> HttpResponse:
        page = cut(request, tokens(self.viewer), field="created_at", descending=True)
        now = timezone.now()
        context = {
            "lines": [(token, state_of(token, now)) for token in page.rows],
            "page": page,
            "shows_owners": self.viewer.may(Act.MANAGE_MEMBERS),
        }
        return self.page("tokens/tokens.html", context)


class NewToken(PageView):
    """The form, and the one page that shows a token."""

    access = {"GET": Access(Act.MANAGE_TOKENS), "POST": Access(Act.MANAGE_TOKENS)}

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.form([str(Scope.EXPORT)])

    def post(self, request: HttpRequest) -> HttpResponseBase:
        days, scopes = request.POST.get("days", ""), request.POST.getlist("scopes")
        try:
            token, plain = create_token(
                by=self.viewer,
                name=request.POST.get("name", "").strip(),
                scopes=scopes,
                days=int(days) if days.isascii() and days.isdigit() and len(days) < 6 else 0,
            )
        except InvalidInput as refused:
            errors: dict[str, list[str]] = {}
            for problem in refused.problems:
                errors.setdefault(problem.pointer.strip("/").split("/")[0], []).append(problem.detail)
            return self.form(scopes, errors=errors, status=422)
        context = {
            "token": token,
            "plain": plain,
            "try_url": request.build_absolute_uri(example_for(token)) if example_for(token) else "",
            "crumbs": [(_("API tokens"), reverse("tokens"))],
        }
        return self.page("tokens/created.html", context, status=201)

    def form(
        self, scopes: list[str], *, errors: dict[str, list[str]] | None = None, status: int = 200
    ) -> HttpResponse:
        """The form with what was typed."""
        found = errors or {}
        context = {
            "typed": self.request.POST,
            "errors": found,
            "summary": [(name, text) for name, texts in found.items() for text in texts],
            "scopes": [(str(scope), about, str(scope) in scopes) for scope, about in SCOPES.items()],
            "days": self.request.POST.get("days", DEFAULT_DAYS),
            "max_days": MAX_DAYS,
            "crumbs": [(_("API tokens"), reverse("tokens"))],
        }
        return self.page("tokens/new.html", context, status=status)


class RevokeToken(PageView):
    """Ends a token at once."""

    access = {"POST": Access(Act.MANAGE_TOKENS)}

    def post(self, request: HttpRequest, token_id: int) -> HttpResponseBase:
        token = revoke_token(by=self.viewer, token=token_get(self.viewer, token_id))
        return self.go(reverse("tokens"), _("The token %(name)s is revoked.") % {"name": token.name})


def example_for(token: ApiToken) -> str:
    """An address that the token may read, or the empty text."""
    if Scope.EXPORT in token.scopes:
        return "/api/v1/export/?format=ndjson"
    return "/api/v1/policies/" if Scope.READ in token.scopes else ""


def state_of(token: ApiToken, now: datetime) -> str:
    """active, revoked or expired."""
    if token.revoked_at is not None:
        return "revoked"
    return "expired" if token.expires_at <= now else "active"


PAGE = Page(
    urls=(
        path("tokens/", Tokens.as_view(), name="tokens"),
        path("tokens/new/", NewToken.as_view(), name="new_token"),
        path("tokens/<int:token_id>/revoke/", RevokeToken.as_view(), name="token_revoke"),
    ),
    menu=MenuEntry(
        label=gettext_lazy("API tokens"), icon="token", order=80, url_name="tokens", shortcut="g t"
    ),
)
