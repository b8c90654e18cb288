"""What of the guardrails stands in the way of a release: every guardrail in force that no exception covers.

Asked for by reviews, under the locks of a release and without them; nothing is stored.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from time import monotonic

from django.db.models import F
from django.utils import timezone

from policystudio.audit.chain import digest
from policystudio.errors import Problem
from policystudio.guardrails.breaking import Broken, Subject, broken
from policystudio.guardrails.definition import Definition
from policystudio.guardrails.models import Exemption, ExemptionState, Guardrail, Register
from policystudio.guardrails.selectors import environments_of, in_force, live_exemptions
from policystudio.guardrails.words import outcome_words
from policystudio.policies.models import Policy, Revision
from policystudio.policies.selectors import newest_revision, targets_of
from policystudio.ram.render import RegionMode, Target

CODE = "guardrail-broken"
FORM = "policystudio guardrail exception 2"
MAX_SECONDS = 8.0
"""Of all guardrails for one policy; a release holds locks meanwhile. What is left then counts as broken."""


@dataclass(frozen=True, slots=True)
class Breach:
    """A guardrail in force that a policy breaks, everywhere that it does so, and the exception that bears on it.

    `exemption` is the granted one that covers it, else one that waits; `is_covered` tells which.
    """

    guardrail: Guardrail
    definition: Definition
    found: tuple[Broken, ...]
    exemption: Exemption | None
    is_covered: bool

    def problems(self) -> list[Problem]:
        """One for each way in which it is broken, at the statement that is to blame."""
        return [
            Problem(
                "/source" + (each.outcome.paths[0] if each.outcome.paths else ""),
                outcome_words(self.guardrail.name, self.definition.kind, each),
                CODE,
            )
            for each in self.found
        ]


def subject_of(policy: Policy, source: str, targets: Iterable[Target]) -> Subject:
    """What a release of the source would hand out."""
    return Subject(policy.name, source, tuple(sorted(set(targets))), RegionMode(policy.region_mode))


def seen_sha256(subject: Subject, environments: Mapping[str, str]) -> str:
    """What somebody who grants an exception has looked at: everything that decides what a release does, and of what
    environment each account is; so what was granted for development is not for production.
    """
    fields: list[str | int] = [FORM, subject.source, subject.name, str(subject.mode), len(subject.targets)]
    for target in subject.targets:
        fields += (target.account, target.region, environments.get(target.account, ""))
    return digest(fields)


def breaches(
    guardrails: Sequence[Guardrail],
    subject: Subject,
    environments: Mapping[str, str],
    exemptions: Sequence[Exemption] = (),
    today: date | None = None,
) -> list[Breach]:
    """The guardrails in force that the subject breaks, with its policy's live exceptions weighed on that day."""
    day, made, ends = today or timezone.localdate(), [], monotonic() + MAX_SECONDS
    for guardrail in guardrails:
        definition = guardrail.enforced
        if definition is None:
            continue
        found = tuple(broken(definition, subject, environments, day, ends))
        if found:
            exemption, is_covered = _exemption(
                guardrail, definition, seen_sha256(subject, environments), exemptions, day
            )
            made.append(Breach(guardrail, definition, found, exemption, is_covered))
    return made


def _exemption(
    guardrail: Guardrail,
    definition: Definition,
    seen: str,
    exemptions: Sequence[Exemption],
    day: date,
) -> tuple[Exemption | None, bool]:
    """The exception that covers the breach, else the one that waits for a decision."""
    waiting = None
    for each in exemptions:
        if each.guardrail_id != guardrail.pk:
            continue
        state = each.state_on(day)
        is_same = each.rule_sha256 == definition.sha256 and each.seen_sha256 == seen
        if state is ExemptionState.GRANTED and is_same:
            return each, True
        if state is ExemptionState.REQUESTED and is_same:
            waiting = each
    return waiting, False


def breaches_of(policy: Policy) -> list[Breach]:
    """What a release of the policy's newest revision would break now; it was fetched for a viewer already."""
    guardrails = in_force([policy.team_id])[policy.team_id]
    if not guardrails:
        return []
    subject = subject_of(policy, newest_revision(policy).source, targets_of(policy))
    exemptions = live_exemptions([policy.pk])[policy.pk]
    return breaches(guardrails, subject, environments_of(policy.team_id), exemptions)


def breaches_by_policy(
    policies: Mapping[int, Policy], targets: Mapping[int, Sequence[Target]]
) -> dict[int, list[Breach]]:
    """The same for many policies, each with its targets; one query where no guardrail is on, four at most beside."""
    of_team = in_force(policy.team_id for policy in policies.values())
    found: dict[int, list[Breach]] = {pk: [] for pk in policies}
    concerned = {pk: policy for pk, policy in policies.items() if of_team[policy.team_id]}
    if not concerned:
        return found
    rows = Revision.objects.filter(policy__in=concerned, number=F("policy__newest_number"))
    sources = dict(rows.values_list("policy_id", "source"))
    exemptions = live_exemptions(concerned)
    environments = {team: environments_of(team) for team in {p.team_id for p in concerned.values()}}
    for pk, policy in concerned.items():
        subject = subject_of(policy, sources[pk], targets.get(pk, ()))
        team = policy.team_id
        found[pk] = breaches(of_team[team], subject, environments[team], exemptions[pk])
    return found


def broken_problems(policy: Policy) -> list[Problem]:
    """The same as problems, without what an exception covers."""
    return [p for breach in breaches_of(policy) if not breach.is_covered for p in breach.problems()]


def broken_at_release(policy: Policy) -> list[Problem]:
    """The same with the team's register locked, after policy, accounts and review, and before the audit head.

    Until the transaction ends no guardrail of the team is switched on.
    """
    lock_register(policy.team_id)
    return broken_problems(policy)


def lock_register(team_id: int) -> None:
    """Hold the row that releases and switches of a team lock in turn."""
    if not Register.objects.select_for_update().filter(team_id=team_id).exists():
        Register.objects.get_or_create(team_id=team_id)
        Register.objects.select_for_update().get(team_id=team_id)
