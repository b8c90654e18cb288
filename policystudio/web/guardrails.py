"""Guardrails as pages show them: how each is broken, and exceptions with what the viewer may do with them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from policystudio.analysis.request import Request
from policystudio.guardrails.blocking import Breach, breaches
from policystudio.guardrails.breaking import Broken, Subject
from policystudio.guardrails.definition import Kind
from policystudio.guardrails.models import Exemption, ExemptionState, Guardrail
from policystudio.guardrails.selectors import environments_of, in_force, live_exemptions
from policystudio.guardrails.services.decide_exemption import has_moved_on, why_not_decide
from policystudio.guardrails.words import broken_words, sentence, targets_words
from policystudio.policies.authors import work_on
from policystudio.policies.models import Policy
from policystudio.ram.render import RegionMode, Target
from policystudio.teams.permissions import Act
from policystudio.teams.viewer import Viewer
from policystudio.web.words import said


@dataclass(frozen=True, slots=True)
class BrokenLine:
    """One way in which a guardrail is broken, in words. `simulate` leads to the simulator with each request."""

    how: str
    where: str
    simulate: tuple[str, ...] = ()


def broken_lines(kind: Kind, found: Iterable[Broken], policy: Policy | None = None) -> list[BrokenLine]:
    """Each with its requests for the simulator, where a stored policy is there to ask them of."""
    return [
        BrokenLine(
            broken_words(kind, each),
            targets_words(each),
            tuple(_simulator(policy, each, request) for request in each.outcome.requests) if policy else (),
        )
        for each in found
    ]


def _simulator(policy: Policy, each: Broken, request: Request) -> str:
    query = [
        ("policy", str(policy.pk)),
        ("revision", str(policy.newest_number)),
        ("account", each.targets[0].account),
        ("region", each.targets[0].region),
        ("action", request.action),
        ("resource", request.resource),
        *(("context", f"{key}={value}") for key, value in request.context.items()),
    ]
    try:
        return f"{reverse('simulator')}?{urlencode(query)}"
    except NoReverseMatch:
        return ""


@dataclass(frozen=True, slots=True)
class BreachLine:
    """A guardrail that something breaks, for a review or while one types."""

    guardrail: Guardrail
    sentence: str
    lines: list[BrokenLine]
    is_covered: bool
    exemption: ExemptionLine | None
    may_ask: bool


def breach_lines(
    viewer: Viewer, breaches: Sequence[Breach], policy: Policy | None = None
) -> list[BreachLine]:
    """`policy` is the stored one that they are of, None while a new one is typed."""
    waiting = exemption_lines(viewer, [b.exemption for b in breaches if b.exemption])
    by_pk = {line.exemption.pk: line for line in waiting}
    return [
        BreachLine(
            breach.guardrail,
            sentence(breach.definition),
            broken_lines(breach.definition.kind, breach.found, policy),
            breach.is_covered,
            by_pk.get(breach.exemption.pk) if breach.exemption else None,
            policy is not None and breach.exemption is None and viewer.may(Act.WRITE),
        )
        for breach in breaches
    ]


def typed_breaches(
    team_id: int, text: str, targets: Sequence[Target], name: str, mode: RegionMode, policy: Policy | None
) -> list[BreachLine]:
    """What a release of the typed text would break; `policy` is the stored one that it is a revision of."""
    guardrails = in_force([team_id])[team_id]
    if not guardrails or not targets:
        return []
    subject = Subject(name, text, tuple(sorted(set(targets))), mode)
    exemptions = live_exemptions([policy.pk])[policy.pk] if policy is not None else []
    found = breaches(guardrails, subject, environments_of(team_id), exemptions)
    return [
        BreachLine(
            breach.guardrail,
            sentence(breach.definition),
            broken_lines(breach.definition.kind, breach.found),
            breach.is_covered,
            None,
            False,
        )
        for breach in found
    ]


@dataclass(frozen=True, slots=True)
class ExemptionLine:
    """One exception. `why_not` says why the viewer may not decide on it, and is empty where they may."""

    exemption: Exemption
    state: ExemptionState
    has_moved_on: bool
    why_not: str
    may_end: bool

    @property
    def is_undecided(self) -> bool:
        return self.state is ExemptionState.REQUESTED

    @property
    def state_words(self) -> str:
        """The state as pages call it."""
        return {
            ExemptionState.REQUESTED: _("Waits for an admin"),
            ExemptionState.GRANTED: _("Granted"),
            ExemptionState.REFUSED: _("Refused"),
            ExemptionState.ENDED: _("Ended"),
            ExemptionState.EXPIRED: _("Expired"),
        }[self.state]


def exemption_lines(viewer: Viewer, exemptions: Iterable[Exemption]) -> list[ExemptionLine]:
    """Those given, whose policies and guardrails are read with them."""
    rows, day = list(exemptions), timezone.localdate()
    if not rows:
        return []
    works = work_on({row.policy_id: row.policy for row in rows})
    live = (Exemption.Stored.REQUESTED, Exemption.Stored.GRANTED)
    return [
        ExemptionLine(
            row,
            row.state_on(day),
            row.state in live and has_moved_on(row),
            _why_not(viewer, row, works[row.policy_id].authors),
            viewer.may(Act.WRITE) and row.state in live,
        )
        for row in rows
    ]


def _why_not(viewer: Viewer, exemption: Exemption, authors: set[int]) -> str:
    if not viewer.may(Act.MANAGE_GUARDRAILS):
        return _("Deciding needs the role admin, and yours is %(role)s.") % {"role": said(viewer.role)}
    reason = why_not_decide(viewer, exemption, authors)
    if not reason:
        return ""
    if exemption.requested_by_id == viewer.actor_id:
        return _("You asked for it, so another admin has to decide.")
    return _(
        "You are an author of what this policy has become since its last release, so another admin decides."
    )
