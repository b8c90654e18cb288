"""One policy: what is released beside what is drafted, and in tabs its targets, findings, history and reviews."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _

from policystudio.access import Access
from policystudio.cases.selectors import cases
from policystudio.policies.circumstances import circumstances_of
from policystudio.policies.models import Policy, Revision
from policystudio.policies.selectors import newest_revision, policy_get, revisions, targets_of
from policystudio.ram.render import RegionMode, Target, ram_name
from policystudio.review.models import ReleasedDocument
from policystudio.review.released import documents_of, last_release
from policystudio.review.selectors import ReviewFilters, reviews, standings
from policystudio.review.since import released_judgement
from policystudio.standards.selectors import standards_of
from policystudio.teams.permissions import Act
from policystudio.waivers.selectors import waivers_for, waivers_shown
from policystudio.web.forms.explained import explained
from policystudio.web.forms.result import Result, result_of
from policystudio.web.forms.revision import SAVED_FORM, form_of
from policystudio.web.page import Page, PageView
from policystudio.web.waivers import waiver_lines

TABS = ("summary", "targets", "findings", "waivers", "history", "reviews")


@dataclass(frozen=True, slots=True)
class TargetLine:
    """A target, the name of its RAM policy, and what is released there; `is_leaving` when only the release has it."""

    target: Target
    account_name: str
    environment: str
    ram_name: str
    released: ReleasedDocument | None
    is_leaving: bool


class PolicyPage(PageView):
    """The policy with one of its tabs, chosen by `?tab=`."""

    access = {"GET": Access(Act.READ)}

    def get(self, request: HttpRequest, policy_id: int) -> HttpResponse:
        policy = policy_get(self.viewer, policy_id)
        tab = request.GET.get("tab", "")
        context = overview(self, policy)
        context["tab"] = tab if tab in TABS else TABS[0]
        document = context["result"].validation.document
        if context["tab"] == TABS[0] and document is not None:
            context["explained"] = explained(document, standards_of(policy.team_id).catalogue)
        context["saved_form"] = request.session.pop(SAVED_FORM, "") if SAVED_FORM in request.session else ""
        return self.page("policy/policy.html", context)


def overview(view: PageView, policy: Policy) -> dict[str, Any]:
    """What every tab of a policy's page needs."""
    viewer = view.viewer
    newest = newest_revision(policy)
    result = policy_result(policy, newest)
    release = last_release(viewer, policy.pk) if policy.released_number else None
    documents = list(documents_of(viewer, policy.pk))
    of_policy = list(reviews(viewer, ReviewFilters(policy_id=policy.pk)))
    stands = standings(of_policy, asks_tests=False)
    unfinished = next((review for review in of_policy if not review.is_finished), None)
    lines = target_lines(policy, documents)
    of_waivers = waiver_lines(viewer, waivers_shown(viewer, policy))
    tabs = [
        ("summary", _("Summary"), None),
        ("targets", _("Targets"), len(lines)),
        ("findings", _("Findings"), result.finding_count),
        ("waivers", _("Waivers"), len(of_waivers)),
        ("history", _("History"), policy.newest_number),
        ("reviews", _("Reviews"), len(of_policy)),
    ]
    of_tests = cases(viewer, policy.pk).count()
    base = reverse("policy", args=[policy.pk])
    here, match = view.request.GET.get("tab", TABS[0]), view.request.resolver_match
    here_name = match.url_name if match else ""
    return {
        "policy": policy,
        "newest": newest,
        "result": result,
        "release": release,
        "lines": lines,
        "history": list(revisions(viewer, policy.pk)),
        "reviews": [(review, stands[review.pk]) for review in of_policy],
        "unfinished": unfinished,
        "review_url": f"/reviews/{unfinished.pk}/" if unfinished else "",
        "tabs": [
            {
                "text": t,
                "href": f"{base}?tab={n}",
                "count": c,
                "is_current": n == here and here_name == "policy",
            }
            for n, t, c in tabs
        ]
        + [
            {
                "text": _("Tests"),
                "href": reverse("policy_tests", args=[policy.pk]),
                "count": of_tests,
                "is_current": here_name != "policy",
            }
        ],
        "waivers": of_waivers,
        "alarms": [line for line in of_waivers if line.is_alarming],
        "may_write": viewer.may(Act.WRITE),
        "api_url": view.request.build_absolute_uri(f"/api/v1/policies/{policy.pk}/"),
        "crumbs": [(_("Policies"), reverse("policies"))],
        "can_edit_as_form": form_of(newest)[0] is not None,
    }


def policy_result(policy: Policy, revision: Revision) -> Result:
    """What the newest revision means now, for the policy's targets."""
    form, is_detected = form_of(revision)
    return result_of(
        revision.source,
        standards_of(policy.team_id),
        circumstances=circumstances_of(policy.team_id, [policy.pk]),
        targets=targets_of(policy),
        name=policy.name,
        region_mode=policy.region_mode,
        facts=form.facts() if form is not None and not is_detected else None,
        reasons=revision.reasons,
        explanation=revision.message + policy.description,
        before=released_judgement(policy),
        waivers=waivers_for(policy),
    )


def target_lines(policy: Policy, documents: list[ReleasedDocument]) -> list[TargetLine]:
    """The targets of now, and those that only the present release still has."""
    released = {Target(each.account, each.region): each for each in documents}
    mode = RegionMode(policy.region_mode)
    rows = {Target(row.account.number, row.region): row.account for row in policy.targets.all()}
    found = [
        TargetLine(
            target,
            account.name,
            account.environment,
            ram_name(policy.name, mode, target.region),
            released.get(target),
            False,
        )
        for target, account in sorted(rows.items(), key=lambda item: item[0])
    ]
    leaving = [released[target] for target in sorted(released) if target not in rows]
    return found + [TargetLine(Target(d.account, d.region), "", "", d.ram_name, d, True) for d in leaving]


PAGE = Page(
    urls=(path("policies/<int:policy_id>/", PolicyPage.as_view(), name="policy"),), section="policies"
)
