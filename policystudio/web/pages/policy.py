"""One policy: what is released beside what is drafted, its targets, findings, history and reviews, and its settings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import path, reverse
from django.utils.translation import gettext as _

from policystudio.access import Access
from policystudio.accounts.selectors import accounts
from policystudio.errors import Conflict, InvalidInput, NotFound, ServiceError, Stale
from policystudio.policies.models import Policy, Revision
from policystudio.policies.selectors import newest_revision, policy_get, revisions, targets_of
from policystudio.policies.services.delete_policy import delete_policy
from policystudio.policies.services.set_targets import set_targets
from policystudio.policies.services.update_policy import update_policy
from policystudio.ram.parse import parse
from policystudio.ram.render import RegionMode, RenderError, Target, ram_name, render_for
from policystudio.review.exporting import export_one
from policystudio.review.models import ReleasedDocument
from policystudio.review.released import documents_of, last_release
from policystudio.review.selectors import ReviewFilters, reviews, standings
from policystudio.review.services.propose import propose
from policystudio.teams.permissions import Act
from policystudio.web.forms.policy_fields import PolicyFields, matrix, typed_reasons
from policystudio.web.forms.result import Result, result_of
from policystudio.web.page import Page, PageView
from policystudio.web.pages.builder import SAVED_FORM, form_of, typed_version

TABS = ("summary", "targets", "findings", "history", "reviews")


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
    stands = standings(of_policy)
    unfinished = next((review for review in of_policy if not review.is_finished), None)
    lines = target_lines(policy, documents)
    tabs = [
        ("summary", _("Summary"), None),
        ("targets", _("Targets"), len(lines)),
        ("findings", _("Findings"), result.finding_count),
        ("history", _("History"), policy.newest_number),
        ("reviews", _("Reviews"), len(of_policy)),
    ]
    base = reverse("policy", args=[policy.pk])
    here = view.request.GET.get("tab", TABS[0])
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
            {"text": t, "href": f"{base}?tab={n}", "count": c, "is_current": n == here} for n, t, c in tabs
        ],
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
        targets=targets_of(policy),
        name=policy.name,
        region_mode=policy.region_mode,
        facts=form.facts() if form is not None and not is_detected else None,
        reasons=revision.reasons,
        explanation=revision.message + policy.description,
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


class TargetPage(PageView):
    """The bytes of one target: what is released, and what the newest revision would give."""

    access = {"GET": Access(Act.READ)}

    def get(self, request: HttpRequest, policy_id: int, account: str, region: str) -> HttpResponse:
        policy = policy_get(self.viewer, policy_id)
        target = Target(account, region)
        released = documents_of(self.viewer, policy.pk).filter(account=account, region=region).first()
        is_target = target in targets_of(policy)
        if released is None and not is_target:
            raise NotFound("this policy is not stored there")
        newest = newest_revision(policy)
        name = released.name if released else policy.name
        context = {
            "policy": policy,
            "target": target,
            "released": released,
            "is_target": is_target,
            "newest": newest,
            "draft": rendered(policy, newest, target) if is_target else None,
            "ram_name": ram_name(policy.name, RegionMode(policy.region_mode), region),
            "api_url": request.build_absolute_uri(f"/api/v1/export/{account}/{region}/{name}/"),
            "crumbs": [
                (_("Policies"), reverse("policies")),
                (policy.name, reverse("policy", args=[policy.pk])),
                (_("Targets"), reverse("policy", args=[policy.pk]) + "?tab=targets"),
            ],
            "filename": f"{policy.name}_{account}_{region}",
        }
        return self.page("policy/target.html", context)


def rendered(policy: Policy, revision: Revision, target: Target) -> str | None:
    """The document of a revision for one target, or None when it cannot be rendered; findings say why."""
    document = parse(revision.source).document
    if document is None:
        return None
    try:
        found = render_for(document, targets_of(policy), RegionMode(policy.region_mode), policy.name)
    except RenderError:
        return None
    return next((each.text for each in found if each.target == target), None)


class Download(PageView):
    """Exactly the bytes: of the release, or of the newest revision rendered for the target (`which` draft)."""

    access = {"GET": Access(Act.EXPORT)}

    def get(
        self, request: HttpRequest, policy_id: int, account: str, region: str, which: str
    ) -> HttpResponse:
        policy = policy_get(self.viewer, policy_id)
        released = documents_of(self.viewer, policy.pk).filter(account=account, region=region).first()
        if which == "released":
            if released is None:
                raise NotFound("nothing is released there")
            exported = export_one(self.viewer, account, region, released.name)
            text, number = exported.text, exported.revision
        else:
            revision = newest_revision(policy)
            found = rendered(policy, revision, Target(account, region))
            if found is None:
                raise NotFound("the newest revision gives no document for this target")
            text, number = found, revision.number
        mark = "" if which == "released" else "_draft"
        response = HttpResponse(text.encode(), content_type="application/json")
        name = f"{policy.name}_{account}_{region}_r{number}{mark}.json"
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        response["X-Content-Type-Options"] = "nosniff"
        return response


class Propose(PageView):
    """Opens a review; what keeps the policy from it is shown at its form."""

    access = {"GET": Access(Act.WRITE), "POST": Access(Act.WRITE)}

    def get(self, request: HttpRequest, policy_id: int) -> HttpResponse:
        return self.form(policy_get(self.viewer, policy_id))

    def post(self, request: HttpRequest, policy_id: int) -> HttpResponseBase:
        policy = policy_get(self.viewer, policy_id)
        message, reasons = (
            request.POST.get("message", "").replace("\r\n", "\n").strip(),
            typed_reasons(request.POST),
        )
        try:
            review = propose(by=self.viewer, policy=policy, message=message, reasons=reasons)
        except (InvalidInput, Conflict) as refused:
            return self.form(policy, refused, message, reasons)
        return self.go(f"/reviews/{review.pk}/", _("The review is open."))

    def form(
        self,
        policy: Policy,
        refused: ServiceError | None = None,
        message: str = "",
        reasons: dict[str, str] | None = None,
    ) -> HttpResponse:
        """The form, with what was typed and why it was refused."""
        newest = newest_revision(policy)
        form, is_detected = form_of(newest)
        result = result_of(
            newest.source,
            targets=targets_of(policy),
            name=policy.name,
            region_mode=policy.region_mode,
            facts=form.facts() if form is not None and not is_detected else None,
            reasons={**newest.reasons, **(reasons or {})},
            explanation=newest.message + policy.description,
            asks_reasons=True,
        )
        problems = (
            [("message" if p.pointer == "/message" else "", p.detail) for p in refused.problems]
            if refused
            else []
        )
        if refused and not problems:
            problems = [("", refused.message)]
        context = {
            "policy": policy,
            "newest": newest,
            "result": result,
            "message": message,
            "summary": problems,
            "crumbs": [
                (_("Policies"), reverse("policies")),
                (policy.name, reverse("policy", args=[policy.pk])),
            ],
        }
        return self.page("policy/propose.html", context, status=422 if refused else 200)


class Settings(PageView):
    """Name, description, region mode and targets; saved only over the version that was opened."""

    access = {"GET": Access(Act.WRITE), "POST": Access(Act.WRITE)}

    def get(self, request: HttpRequest, policy_id: int) -> HttpResponse:
        policy = policy_get(self.viewer, policy_id)
        fields = PolicyFields(policy.name, policy.description, policy.region_mode, tuple(targets_of(policy)))
        return self.form(policy, fields)

    def post(self, request: HttpRequest, policy_id: int) -> HttpResponseBase:
        policy = policy_get(self.viewer, policy_id)
        version = typed_version(request)
        fields = PolicyFields.typed(request.POST, accounts(self.viewer))
        try:
            if request.POST.get("part") == "targets":
                kept = targets_of(policy)
                fields = PolicyFields(policy.name, policy.description, policy.region_mode, fields.targets)
                set_targets(
                    by=self.viewer, policy=policy, targets=fields.sent_targets, expected_version=version
                )
                done = (
                    _("The targets are saved.") if kept != list(fields.targets) else _("Nothing was changed.")
                )
            else:
                fields = PolicyFields(
                    fields.name, fields.description, fields.region_mode, tuple(targets_of(policy))
                )
                update_policy(
                    by=self.viewer,
                    policy=policy,
                    expected_version=version,
                    name=fields.name,
                    description=fields.description,
                    region_mode=fields.region_mode,
                )
                done = _("The settings are saved.")
        except Stale:
            return self.form(policy, fields, is_stale=True)
        except (InvalidInput, Conflict) as refused:
            return self.form(policy, fields.refused(refused.problems), status=422)
        return self.go(reverse("policy", args=[policy.pk]), done)

    def form(
        self, policy: Policy, fields: PolicyFields, *, is_stale: bool = False, status: int = 200
    ) -> HttpResponse:
        """The form with what was typed; when stale, beside what is stored now."""
        regions, rows = matrix(list(accounts(self.viewer)), fields.targets)
        context = {
            "policy": policy,
            "stored": policy_get(self.viewer, policy.pk),
            "stored_targets": targets_of(policy),
            "fields": fields,
            "errors": fields.errors(),
            "summary": fields.summary,
            "regions": regions,
            "rows": rows,
            "is_stale": is_stale,
            "crumbs": [
                (_("Policies"), reverse("policies")),
                (policy.name, reverse("policy", args=[policy.pk])),
            ],
        }
        return self.page("policy/settings.html", context, status=412 if is_stale else status)


class Delete(PageView):
    """Takes a policy out of sight, after asking; a released one, or one in review, is refused by the service."""

    access = {"POST": Access(Act.WRITE)}

    def post(self, request: HttpRequest, policy_id: int) -> HttpResponseBase:
        policy = policy_get(self.viewer, policy_id)
        delete_policy(by=self.viewer, policy=policy, expected_version=typed_version(request))
        return self.go(reverse("policies"), _("%(name)s is deleted.") % {"name": policy.name})


PAGE = Page(
    urls=(
        path("policies/<int:policy_id>/", PolicyPage.as_view(), name="policy"),
        path("policies/<int:policy_id>/settings/", Settings.as_view(), name="policy_settings"),
        path("policies/<int:policy_id>/propose/", Propose.as_view(), name="propose"),
        path("policies/<int:policy_id>/delete/", Delete.as_view(), name="policy_delete"),
        path(
            "policies/<int:policy_id>/targets/<str:account>/<str:region>/",
            TargetPage.as_view(),
            name="policy_target",
        ),
        path(
            "policies/<int:policy_id>/targets/<str:account>/<str:region>/<str:which>.json",
            Download.as_view(),
            name="policy_download",
        ),
    )
)
