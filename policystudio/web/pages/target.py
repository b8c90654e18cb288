"""One target of a policy: exactly the bytes that are released there, and those that the draft would give."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _

from policystudio.access import Access
from policystudio.errors import NotFound
from policystudio.policies.models import Policy, Revision
from policystudio.policies.selectors import newest_revision, policy_get, targets_of
from policystudio.ram.parse import parse
from policystudio.ram.render import RegionMode, RenderError, Target, ram_name, render_for
from policystudio.review.exporting import export_one
from policystudio.review.released import documents_of
from policystudio.teams.permissions import Act
from policystudio.web.page import Page, PageView


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
        if which not in ("released", "draft"):
            raise NotFound("there is no such document")
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


PLACE = "policies/<int:policy_id>/targets/<str:account>/<str:region>/"
PAGE = Page(
    urls=(
        path(PLACE, TargetPage.as_view(), name="policy_target"),
        path(PLACE + "<str:which>.json", Download.as_view(), name="policy_download"),
    ),
    section="policies",
)
