"""Revisions of a policy: each at its own address, and any two compared."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _

from policystudio.access import Access
from policystudio.errors import NotFound
from policystudio.policies.selectors import policy_get, revision_get, revisions
from policystudio.review.proof import named_targets, proof
from policystudio.standards.selectors import standards_of
from policystudio.teams.permissions import Act
from policystudio.web.diff import compare
from policystudio.web.page import Page, PageView
from policystudio.web.pages.policy import policy_result
from policystudio.web.proposal.card import card


class RevisionPage(PageView):
    """One revision: its text, what it says, and what the validator says of it now."""

    access = {"GET": Access(Act.READ)}

    def get(self, request: HttpRequest, policy_id: int, number: int) -> HttpResponse:
        policy = policy_get(self.viewer, policy_id)
        revision = revision_get(self.viewer, policy_id, number)
        context = {
            "policy": policy,
            "revision": revision,
            "result": policy_result(policy, revision),
            "may_write": self.viewer.may(Act.WRITE),
            "api_url": request.build_absolute_uri(f"/api/v1/policies/{policy.pk}/revisions/{number}/"),
            "crumbs": crumbs(policy.name, policy.pk),
        }
        return self.page("history/revision.html", context)


class Compare(PageView):
    """Two revisions side by side, `?a=` on the left; without `b` the newest, without `a` the one before it.

    What changes in access is told for the targets that the policy has now.
    """

    access = {"GET": Access(Act.READ)}

    def get(self, request: HttpRequest, policy_id: int) -> HttpResponse:
        policy = policy_get(self.viewer, policy_id)
        b = number_of(request.GET.get("b", ""), policy.newest_number)
        a = number_of(request.GET.get("a", ""), max(b - 1, 1))
        before, after = revision_get(self.viewer, policy_id, a), revision_get(self.viewer, policy_id, b)
        targets = named_targets(policy)
        context = {
            "policy": policy,
            "before": before,
            "after": after,
            "diff": compare(before.source, after.source),
            "card": card(
                proof(before, targets, after, targets, standards_of(policy.team_id).catalogue),
                policy.pk,
                standards_of(policy.team_id).catalogue,
            ),
            "before_result": policy_result(policy, before),
            "after_result": policy_result(policy, after),
            "numbers": [
                (r.number, f"{r.number} · {r.author_name}") for r in revisions(self.viewer, policy_id)
            ],
            "crumbs": crumbs(policy.name, policy.pk),
        }
        return self.page("history/compare.html", context)


def number_of(text: str, otherwise: int) -> int:
    """The number of a revision in the address. Raises: NotFound for something else."""
    if not text:
        return otherwise
    if not (text.isascii() and text.isdigit() and len(text) < 7):
        raise NotFound("there is no such revision")
    return int(text)


def crumbs(name: str, policy_id: int) -> list[tuple[str, str]]:
    """The way back."""
    address = reverse("policy", args=[policy_id])
    return [(_("Policies"), reverse("policies")), (name, address), (_("History"), f"{address}?tab=history")]


PAGE = Page(
    urls=(
        path("policies/<int:policy_id>/revisions/<int:number>/", RevisionPage.as_view(), name="revision"),
        path("policies/<int:policy_id>/compare/", Compare.as_view(), name="compare"),
    ),
    section="policies",
)
