"""Which waivers have something to do: those for which the newest or the released revision still has a finding.

Judging is kept by revision and day, so that a list of many waivers, or the start page, judges each revision once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from django.db.models import F, Q

from policystudio.policies.circumstances import Circumstances, circumstances_of
from policystudio.policies.judging import judge
from policystudio.policies.models import Policy, PolicyTarget, Revision
from policystudio.ram.finding import Severity
from policystudio.ram.render import RegionMode, Target, ram_name
from policystudio.standards.selectors import Standards, standards_of
from policystudio.validation.fingerprint import fingerprints
from policystudio.waivers.models import State, Waiver
from policystudio.waivers.weighing import today


def unused_now(waivers: Iterable[Waiver]) -> set[int]:
    """The primary keys of those that are in force today and that no finding needs."""
    day = today()
    return unused_among(waiver for waiver in waivers if waiver.state_on(day) is State.ACCEPTED)


def unused_among(waivers: Iterable[Waiver]) -> set[int]:
    """The primary keys of those that no finding needs; the policy of each is read already.

    Decision: a finding counts in the newest revision and in the released one, since a draft without it may still be
    thrown away. The day and the present targets decide, as everywhere.
    """
    by_team: dict[int, dict[Policy, list[Waiver]]] = defaultdict(lambda: defaultdict(list))
    for waiver in waivers:
        by_team[waiver.policy.team_id][waiver.policy].append(waiver)
    return {pk for team_id, by_policy in by_team.items() for pk in _unused_of_team(team_id, by_policy)}


def _unused_of_team(team_id: int, by_policy: Mapping[Policy, list[Waiver]]) -> Iterator[int]:
    revisions, targets = _revisions(by_policy), _targets(by_policy)
    standards = standards_of(team_id)
    circumstances = circumstances_of(team_id, [policy.pk for policy in by_policy])
    for policy, those in by_policy.items():
        found: set[str] = set()
        for revision in revisions[policy.pk]:
            found |= _marks(_question(policy, revision, targets[policy.pk], standards, circumstances))
        yield from (waiver.pk for waiver in those if waiver.fingerprint not in found)


def _revisions(policies: Collection[Policy]) -> dict[int, list[Revision]]:
    """The newest and the released revision of each."""
    shown = Q(number=F("policy__newest_number")) | Q(number=F("policy__released_number"))
    found: dict[int, list[Revision]] = defaultdict(list)
    for revision in Revision.objects.filter(shown, policy__in=[policy.pk for policy in policies]).order_by(
        "pk"
    ):
        found[revision.policy_id].append(revision)
    return found


def _targets(policies: Collection[Policy]) -> dict[int, list[Target]]:
    rows = PolicyTarget.objects.filter(policy__in=[policy.pk for policy in policies])
    found: dict[int, list[Target]] = {policy.pk: [] for policy in policies}
    for policy_id, account, region in rows.values_list("policy_id", "account__number", "region"):
        found[policy_id].append(Target(account, region))
    return {policy_id: sorted(each) for policy_id, each in found.items()}


@dataclass(frozen=True)
class _Question:
    """What the answer of `_marks` depends on; policy and revision are only carried along, and say nothing more."""

    revision_id: int
    sha256: str
    name: str
    region_mode: str
    targets: tuple[Target, ...]
    standards: Standards
    regions: tuple[tuple[str, tuple[str, ...]], ...]
    versions: tuple[tuple[tuple[str, str], int], ...]
    day: date
    policy: Policy = field(compare=False)
    revision: Revision = field(compare=False)


def _question(
    policy: Policy,
    revision: Revision,
    targets: Sequence[Target],
    standards: Standards,
    circumstances: Circumstances,
) -> _Question:
    mode = RegionMode(policy.region_mode)
    accounts = {target.account for target in targets}
    names = {(target.account, ram_name(policy.name, mode, target.region)) for target in targets}
    regions, versions = circumstances["enabled_regions"], circumstances["published_versions"]
    return _Question(
        revision.pk,
        revision.sha256,
        policy.name,
        policy.region_mode,
        tuple(targets),
        standards,
        # Of the circumstances only what bears on this policy, so that no other's release is a new question.
        tuple(sorted((account, regions[account]) for account in accounts & regions.keys())),
        tuple(sorted((name, versions[name]) for name in names & versions.keys())),
        today(),
        policy,
        revision,
    )


@lru_cache(maxsize=1024)
def _marks(asked: _Question) -> frozenset[str]:
    """The fingerprints of what could be waived in a revision."""
    circumstances = Circumstances(
        enabled_regions=dict(asked.regions), published_versions=dict(asked.versions)
    )
    validation = judge(asked.policy, asked.revision, asked.targets, asked.standards, circumstances)
    marks = fingerprints(validation.findings, validation.document, asked.revision.source)
    pairs = zip(validation.findings, marks, strict=True)
    return frozenset(mark for finding, mark in pairs if finding.severity is not Severity.ERROR)
