"""Guardrails as pages show them: how each is broken, and exceptions with what the viewer may do with them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from policystudio.analysis.request import Request
from policystudio.guardrails.blocking import Breach, breaches
from policystudio.guardrails.breaking import Broken, Handed, Subject
from policystudio.guardrails.definition import Kind
from policystudio.guardrails.models import Exemption, ExemptionState, Guardrail
from policystudio.guardrails.selectors import environments_of, in_force, live_exemptions
from policystudio.guardrails.services.decide_exemption import has_moved_on, why_not_decide
from policystudio.guardrails.words import MAX_LISTED, broken_how, sentence, targets_words
from policystudio.policies.authors import work_on
from policystudio.policies.models import Policy
from policystudio.policies.selectors import newest_revision
from policystudio.ram.locate import value_at
from policystudio.ram.reader import read
from policystudio.ram.render import RENDERED_LIMITS, RegionMode, Target
from policystudio.teams.permissions import Act
from policystudio.teams.viewer import Viewer
from policystudio.web.words import said


@dataclass(frozen=True, slots=True)
class BrokenLine:
    """One way in which a guardrail is broken, in words. `simulate` leads to the simulator with each request.

    `blamed` are the JSON Pointers of what is to blame, each with the address of its line, or "" where there is no page.
    """

    how: str
    blamed: tuple[tuple[str, str], ...]
    where: str
    simulate: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Shown:
    """A stored document that breaks something: its text, the page that shows it, and how the simulator calls it."""

    policy: Policy
    text: str
    href: str
    revision: str

    def blamed(self, paths: Iterable[str]) -> Iterator[tuple[str, str]]:
        """Each pointer with the address of its line."""
        reading = read(self.text, RENDERED_LIMITS)
        for path in paths:
            value, up = value_at(reading.value, path), path
            while value is None and up:
                # Rendered for several regions a list may be longer than its source, or shorter.
                up = up.rpartition("/")[0]
                value = value_at(reading.value, up)
            line = reading.source.place(value.start).line if value is not None else 1
            yield path, f"{self.href}{line}"

    def simulator(self, each: Broken, request: Request) -> str:
        """The question that the request is, asked of this document."""
        query = [
            ("policy", str(self.policy.pk)),
            ("revision", self.revision),
            ("account", each.targets[0].account),
            ("region", each.targets[0].region),
            ("action", request.action),
            ("resource", request.resource),
            *(("context", f"{key}={value}") for key, value in request.context.items()),
        ]
        return f"{reverse('simulator')}?{urlencode(query)}"


def newest_shown(policy: Policy, source: str) -> Callable[[Broken], Shown]:
    """The newest revision, wherever it would go."""
    href = f"{reverse('policy', args=[policy.pk])}?tab=summary#source-L"
    shown = Shown(policy, source, href, str(policy.newest_number))
    return lambda each: shown


def released_shown(policy: Policy, handed: Iterable[Handed]) -> Callable[[Broken], Shown]:
    """What is exported now for the first target of a breach."""
    texts = {each.target: each.text for each in handed}

    def shown(each: Broken) -> Shown:
        target = each.targets[0]
        href = reverse("policy_target", args=[policy.pk, target.account, target.region])
        return Shown(policy, texts[target], f"{href}#released-L", "released")

    return shown


def broken_lines(
    kind: Kind, found: Iterable[Broken], shown_of: Callable[[Broken], Shown] | None = None
) -> list[BrokenLine]:
    """Each with what is to blame and its requests for the simulator, where a stored document is there to lead to."""
    lines = []
    for each in found:
        paths, shown = each.outcome.paths[:MAX_LISTED], shown_of(each) if shown_of else None
        lines.append(
            BrokenLine(
                broken_how(kind, each),
                tuple(shown.blamed(paths)) if shown else tuple((path, "") for path in paths),
                targets_words(each),
                tuple(shown.simulator(each, request) for request in each.outcome.requests) if shown else (),
            )
        )
    return lines


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
    shown_of = (
        newest_shown(policy, newest_revision(policy).source) if policy is not None and breaches else None
    )
    by_pk = {line.exemption.pk: line for line in waiting}
    return [
        BreachLine(
            breach.guardrail,
            sentence(breach.definition),
            broken_lines(breach.definition.kind, breach.found, shown_of),
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
