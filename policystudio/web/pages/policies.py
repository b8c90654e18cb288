"""The list of policies: search, filters, order and place all in the address."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from policystudio.access import Access
from policystudio.accounts.selectors import accounts
from policystudio.builders.builder import all_builders
from policystudio.errors import ServiceError
from policystudio.policies.circumstances import circumstances_of
from policystudio.policies.judging import judge
from policystudio.policies.models import Policy, Revision, State
from policystudio.policies.selectors import PolicyFilters, policies, policy_get
from policystudio.ram.render import Target
from policystudio.review.services.propose import propose
from policystudio.standards.selectors import standards_of
from policystudio.teams.permissions import Act
from policystudio.teams.viewer import Viewer
from policystudio.web.page import MenuEntry, Page, PageView
from policystudio.web.paging import cut

FILTERS = ("q", "account", "region", "builder", "state", "action")
SORTS = {"name": "name", "changed": "updated_at"}
PAGE_SIZE = 25
MAX_SELECTED = 50
STATE_NAMES = {
    State.DRAFT: gettext_lazy("Draft"),
    State.IN_REVIEW: gettext_lazy("In review"),
    State.RELEASED: gettext_lazy("Released"),
    State.CHANGED: gettext_lazy("Released, newer draft"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """A policy with what the list says of it."""

    policy: Policy
    counts: Mapping[str, int]
    account_count: int
    target_count: int


class Policies(PageView):
    """The list, and acts on the selected ones."""

    access = {"GET": Access(Act.READ), "POST": Access(Act.WRITE)}

    def get(self, request: HttpRequest) -> HttpResponse:
        given = {name: request.GET.get(name, "").strip() for name in FILTERS}
        sort = request.GET.get("sort", "name")
        field = SORTS.get(sort.removeprefix("-"), "name")
        found = policies(self.viewer, PolicyFilters(**{name: text or None for name, text in given.items()}))
        page = cut(request, found, field=field, descending=sort.startswith("-"), size=PAGE_SIZE)
        context = {
            "lines": lines(page.rows),
            "page": page,
            "sort": sort,
            "given": given,
            "filters": chips(request, given),
            "options": choices(self.viewer),
            "may_write": self.viewer.may(Act.WRITE),
            "has_any": bool(page.rows) or policies(self.viewer).exists(),
        }
        return self.page("policies/policies.html", context, fragment="policies/_list.html")

    def post(self, request: HttpRequest) -> HttpResponseBase:
        """Propose the selected policies; what cannot be proposed is listed with the reason, the others are."""
        selected = [
            int(text) for text in request.POST.getlist("selected") if text.isascii() and text.isdigit()
        ]
        done, failed = 0, []
        for policy_id in selected[:MAX_SELECTED]:
            policy = policy_get(self.viewer, policy_id)
            try:
                propose(by=self.viewer, policy=policy, message=request.POST.get("message", "").strip())
                done += 1
            except ServiceError as refused:
                reasons = [problem.detail for problem in refused.problems] or [refused.message]
                failed.append({"policy": policy, "reasons": reasons})
        if done:
            messages.success(
                request,
                ngettext("%(n)d policy is proposed.", "%(n)d policies are proposed.", done) % {"n": done},
            )
        if not failed:
            return self.go(request.get_full_path())
        return self.page(
            "policies/partly.html", {"done": done, "failed": failed, "back": request.get_full_path()}
        )


def choices(viewer: Viewer) -> dict[str, list[tuple[str, str]]]:
    """What each filter offers, "any" first."""
    of_team = list(accounts(viewer))
    regions = sorted({region for account in of_team for region in account.regions})
    anything = ("", _("any"))
    return {
        "account": [anything, *((a.number, f"{a.name} ({a.number})") for a in of_team)],
        "region": [anything, *((region, region) for region in regions)],
        "builder": [anything, *((slug, slug) for slug in all_builders())],
        "state": [anything, *((str(state), str(name)) for state, name in STATE_NAMES.items())],
    }


def lines(rows: Sequence[Policy]) -> list[Line]:
    """The rows with the findings of their newest revisions; one query for all."""
    wanted = {policy.pk: policy.newest_number for policy in rows}
    revisions = {
        revision.policy_id: revision
        for revision in Revision.objects.filter(policy_id__in=wanted)
        if revision.number == wanted[revision.policy_id]
    }
    standards = standards_of(rows[0].team_id) if rows else None
    circumstances = circumstances_of(rows[0].team_id, wanted) if rows else None
    found = []
    for policy in rows:
        targets = [Target(row.account.number, row.region) for row in policy.targets.all()]
        validation = judge(policy, revisions[policy.pk], targets, standards, circumstances)
        counts = Counter(str(finding.severity) for finding in validation.findings)
        found.append(Line(policy, counts, len({target.account for target in targets}), len(targets)))
    return found


def chips(request: HttpRequest, given: Mapping[str, str]) -> list[dict[str, Any]]:
    """The filters that are set, each with the address without it."""
    names = {
        "q": _("Search"),
        "account": _("Account"),
        "region": _("Region"),
        "builder": _("Builder"),
        "state": _("State"),
        "action": _("Action"),
    }
    found = []
    for name, text in given.items():
        if text:
            query = request.GET.copy()
            query.pop(name)
            query.pop("cursor", None)
            shown = (
                str(STATE_NAMES.get(State(text), text)) if name == "state" and text in list(State) else text
            )
            found.append(
                {"name": names[name], "value": shown, "remove": f"{request.path}?{query.urlencode()}"}
            )
    return found


PAGE = Page(
    urls=(path("policies/", Policies.as_view(), name="policies"),),
    menu=MenuEntry(
        label=gettext_lazy("Policies"), icon="policy", order=20, url_name="policies", shortcut="g p"
    ),
)
