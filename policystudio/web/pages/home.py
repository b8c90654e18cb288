"""The start page: what waits for the viewer, three numbers that deserve a look, and where policies are stored."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from policystudio.access import Access
from policystudio.accounts.models import PRODUCTION, Account
from policystudio.accounts.selectors import accounts
from policystudio.policies.judging import judge
from policystudio.policies.models import State
from policystudio.policies.selectors import PolicyFilters, policies, target_counts
from policystudio.ram.finding import Severity
from policystudio.ram.render import Target
from policystudio.review.grown import grown_releases
from policystudio.review.models import Release, Review
from policystudio.review.released import releases_now, targets_of_release
from policystudio.review.standing import Standing
from policystudio.standards.selectors import Standards, standards_of
from policystudio.teams.permissions import Act
from policystudio.teams.selectors import tokens
from policystudio.teams.viewer import Viewer
from policystudio.waivers.inbox import waiver_inbox
from policystudio.waivers.models import State as WaiverState
from policystudio.waivers.models import Waiver
from policystudio.waivers.selectors import UNUSED, waivers_by_policy
from policystudio.web.menu import exemptions_of, inbox_of, waivers_of
from policystudio.web.page import MenuEntry, Page, PageView

OLD_DRAFT = timedelta(days=14)
SOON = timedelta(days=14)
MAX_WEIGHT = 3


@dataclass(frozen=True, slots=True)
class Waiting:
    """A line of "Waiting for me"."""

    review: Review
    standing: Standing
    task: str


@dataclass(frozen=True, slots=True)
class Cell:
    """One account and region of the matrix; `is_enabled` is false where the account has not enabled the region."""

    count: int
    weight: int
    href: str
    label: str
    is_enabled: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One account of the matrix."""

    account: Account
    is_production: bool
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Risky:
    """A release whose document has security warnings, by code, with the reasons that were given."""

    release: Release
    codes: tuple[tuple[str, str], ...]


class Home(PageView):
    """What one sees first."""

    access = {"GET": Access(Act.READ)}

    def get(self, request: HttpRequest) -> HttpResponse:
        viewer, now = self.viewer, timezone.now()
        regions, rows = matrix(viewer)
        ending = tokens(viewer).filter(revoked_at=None, expires_at__gt=now, expires_at__lt=now + SOON)
        drafts = policies(viewer, PolicyFilters(state=State.DRAFT)).filter(updated_at__lt=now - OLD_DRAFT)
        of_reviews, of_waivers = waiting(request, viewer), waivers_waiting(request, viewer)
        exceptions = exemptions_of(request, viewer)
        context = {
            "waiting": of_reviews,
            "waivers": of_waivers,
            "exceptions": exceptions,
            "waiting_count": len(of_reviews) + len(of_waivers) + len(exceptions),
            "figures": [
                (
                    len(with_warnings(viewer)),
                    _("released with security warnings"),
                    reverse("released_warnings"),
                ),
                (ending.count(), _("tokens that expire within 14 days"), reverse("tokens")),
                (
                    drafts.count(),
                    _("drafts older than 14 days"),
                    f"{reverse('policies')}?state={State.DRAFT}&sort=changed",
                ),
            ],
            "grown": grown_releases(viewer).count(),
            "regions": regions,
            "rows": rows,
            "has_policies": policies(viewer).exists(),
            "may_write": viewer.may(Act.WRITE),
            "may_manage": viewer.may(Act.MANAGE_ACCOUNTS),
        }
        return self.page("home/home.html", context)


class ReleasedWarnings(PageView):
    """What is in use although the validator warns of it, and why."""

    access = {"GET": Access(Act.READ)}

    def get(self, request: HttpRequest) -> HttpResponse:
        context: dict[str, Any] = {
            "found": with_warnings(self.viewer),
            "crumbs": [(_("Home"), reverse("home"))],
        }
        return self.page("home/warnings.html", context)


def waiting(request: HttpRequest, viewer: Viewer) -> list[Waiting]:
    """What the inbox holds, oldest first."""
    found = inbox_of(request, viewer)
    lists = (
        (found.to_decide, _("Decide")),
        (found.to_change, _("Change what was asked for")),
        (found.to_release, _("Release")),
    )
    lines = [Waiting(review, stands, task) for each, task in lists for review, stands in each]
    return sorted(lines, key=lambda line: line.review.created_at)


def waivers_waiting(request: HttpRequest, viewer: Viewer) -> list[tuple[Waiver, str, str]]:
    """Waivers to decide on or to look after, each with how it stands and what to do."""
    found = waiver_inbox(viewer, waivers_of(request, viewer))
    return [
        *(
            (waiver, str(WaiverState.REQUESTED), _("Accept or refuse the waiver"))
            for waiver in found.to_decide
        ),
        *((waiver, UNUSED, _("End the waiver; nothing needs it")) for waiver in found.unused),
        *((waiver, str(WaiverState.EXPIRED), _("Mend it, or ask anew")) for waiver in found.expired),
    ]


def matrix(viewer: Viewer) -> tuple[list[str], list[Row]]:
    """The regions that any account has enabled, and one row for each account."""
    of_team, counts = list(accounts(viewer)), target_counts(viewer)
    regions = sorted({region for account in of_team for region in account.regions})
    most = max(counts.values(), default=0)
    rows = []
    for account in of_team:
        cells = tuple(_cell(account, region, counts, most) for region in regions)
        rows.append(Row(account, account.environment == PRODUCTION, cells))
    return regions, rows


def _cell(account: Account, region: str, counts: dict[Target, int], most: int) -> Cell:
    count = counts.get(Target(account.number, region), 0)
    weight = max(1, round(count * MAX_WEIGHT / most)) if count else 0
    href = f"{reverse('policies')}?account={account.number}&region={region}"
    label = _("%(account)s, %(region)s") % {"account": account.name, "region": region}
    return Cell(count, weight, href, label, region in account.regions)


def with_warnings(viewer: Viewer) -> list[Risky]:
    """The present releases that the validator has security warnings about, judged as of today."""
    today = timezone.localdate().isoformat()
    standards = standards_of(viewer.team_id)
    found: list[tuple[Release, tuple[str, ...]]] = []
    for release in releases_now(viewer):
        codes = _warned_codes(release.pk, release.digest, today, standards)
        if codes:
            found.append((release, codes))
    waived = waivers_by_policy(release.policy_id for release, _ in found)
    return [Risky(release, _explained(release, codes, waived[release.policy_id])) for release, codes in found]


def _explained(
    release: Release, codes: Sequence[str], waivers: Sequence[Waiver]
) -> tuple[tuple[str, str], ...]:
    """Each code with the reason that was given, if there is one: in an accepted waiver, or to the reviewers."""
    accepted = {each.code: each.reason for each in waivers if each.state == Waiver.Stored.ACCEPTED}
    reasons = {**accepted, **release.revision.reasons, **release.review.reasons}
    return tuple((code, reasons.get(code, "")) for code in codes)


@lru_cache(maxsize=4096)
def _warned_codes(release_id: int, digest: str, today: str, standards: Standards) -> tuple[str, ...]:
    """A release never changes, and the validator's answer only with the day and the team's standards.

    `digest` is of what was released, so that another database's release of the same number is not taken for this one.
    """
    release = Release.objects.select_related("revision", "policy").get(pk=release_id)
    targets = [target for target, _name in targets_of_release(release)]
    findings = judge(release.policy, release.revision, targets, standards).findings
    return tuple(dict.fromkeys(f.code for f in findings if f.severity is Severity.SECURITY_WARNING))


PAGE = Page(
    urls=(
        path("", Home.as_view(), name="home"),
        path("released-with-warnings/", ReleasedWarnings.as_view(), name="released_warnings"),
    ),
    menu=MenuEntry(label=gettext_lazy("Home"), icon="home", order=10, url_name="home", shortcut="g h"),
)
