"""What a review would change: the revision under review beside what is released, with targets and findings.

A finished review is compared with what was released before it, so that its page goes on saying what was decided.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from policystudio.accounts.models import Account
from policystudio.accounts.selectors import accounts
from policystudio.policies.circumstances import Circumstances, circumstances_of
from policystudio.policies.models import Policy, Revision
from policystudio.policies.selectors import targets_of
from policystudio.ram.render import Target
from policystudio.review.models import Review
from policystudio.review.proof import named_targets, proof
from policystudio.review.released import documents_of, release_before, release_of, targets_of_release
from policystudio.review.standing import Standing
from policystudio.standards.selectors import Standards, standards_of
from policystudio.teams.viewer import Viewer
from policystudio.validation.pipeline import Validation
from policystudio.waivers.models import Waiver
from policystudio.waivers.selectors import waivers_for
from policystudio.web.diff import Diff, compare
from policystudio.web.forms.finding_rows import FindingRow
from policystudio.web.forms.result import Result, result_of
from policystudio.web.forms.revision import form_of
from policystudio.web.proposal.card import Askable, Card, card
from policystudio.web.proposal.ways import Ways, ways


@dataclass(frozen=True, slots=True)
class TargetLine:
    """A target now, before, or both; `ram_name_before` differs when name or region mode have changed."""

    target: Target
    ram_name: str
    ram_name_before: str
    is_new: bool
    is_gone: bool


@dataclass(frozen=True, slots=True)
class TargetAccount:
    """The targets of one account, which is None when the team has it no longer."""

    number: str
    account: Account | None
    lines: tuple[TargetLine, ...]

    @property
    def ram_names(self) -> tuple[str, ...]:
        """The RAM policies that a release makes there, each once."""
        return tuple(dict.fromkeys(line.ram_name for line in self.lines if not line.is_gone))

    @property
    def old_ram_names(self) -> tuple[str, ...]:
        """Those that the present release made there and this one does not; they stay in RAM until they are deleted."""
        names = dict.fromkeys(line.ram_name_before for line in self.lines if line.ram_name_before)
        return tuple(name for name in names if name not in self.ram_names)


@dataclass(frozen=True, slots=True)
class Findings:
    """The findings of what is proposed, those that are new first, and those that the released revision had."""

    new: tuple[FindingRow, ...]
    remaining: tuple[FindingRow, ...]
    gone: tuple[FindingRow, ...]

    @property
    def listed(self) -> tuple[FindingRow, ...]:
        """Those that are there, the new ones first."""
        return (*self.new, *self.remaining)


@dataclass(frozen=True, slots=True)
class Proposal:
    """All of it. `before` is None when nothing had been released."""

    revision: Revision
    before: Revision | None
    result: Result
    card: Card
    ways: Ways | None
    findings: Findings
    targets: tuple[TargetAccount, ...]
    diff: Diff
    history: Mapping[int, Revision]

    @property
    def target_names(self) -> list[Target]:
        return [line.target for each in self.targets for line in each.lines if not line.is_gone]


def proposal(viewer: Viewer, review: Review, stands: Standing) -> Proposal:
    """Everything that the page compares; the review was fetched for the viewer already."""
    policy = review.policy
    history = {revision.number: revision for revision in policy.revisions.order_by("number")}
    revision = history[stands.revision]
    own, earlier = release_of(viewer, review), release_before(viewer, review)
    before = history[earlier.revision.number] if earlier else None
    old_targets = targets_of_release(earlier) if earlier else []
    now = targets_of_release(own) if own else named_targets(policy)
    of_team = {account.number: account for account in accounts(viewer)}
    reasons = {**revision.reasons, **review.reasons}
    standards = standards_of(viewer.team_id)
    known = circumstances_of(viewer.team_id, [policy.pk])
    old_result = (
        judged(policy, standards, known, before, [target for target, _ in old_targets], {})
        if before
        else None
    )
    old = old_result.validation if old_result else None
    live = waivers_for(policy)
    result = judged(policy, standards, known, revision, [target for target, _ in now], reasons, old, live)
    catalogue = standards.catalogue
    proven = proof(before, old_targets, revision, now, catalogue)
    askable = (
        _askable_now(viewer, policy)
        if review.is_finished
        else Askable(dict(now), before.number if before else None, dict(old_targets))
    )
    return Proposal(
        revision=revision,
        before=before,
        result=result,
        card=card(proven, policy.pk, catalogue, askable=askable),
        ways=ways(proven, policy.pk, askable),
        findings=_findings(result),
        targets=tuple(_by_account(_lines(dict(old_targets), dict(now)), of_team)),
        diff=compare(before.source if before else "", revision.source),
        history=history,
    )


def _askable_now(viewer: Viewer, policy: Policy) -> Askable:
    """What is left of the documents of a finished review; nothing of a deleted policy."""
    if policy.deleted_at is not None:
        return Askable((), None, ())
    released = {Target(each.account, each.region) for each in documents_of(viewer, policy.pk)}
    return Askable(targets_of(policy), policy.released_number, released)


def judged(
    policy: Policy,
    standards: Standards,
    circumstances: Circumstances,
    revision: Revision,
    targets: Sequence[Target],
    reasons: Mapping[str, str],
    released: Validation | None = None,
    waivers: Sequence[Waiver] | None = None,
) -> Result:
    """What a revision means for these targets; the validator hears what the builder was told."""
    form, is_detected = form_of(revision)
    return result_of(
        revision.source,
        standards,
        circumstances=circumstances,
        targets=targets,
        name=policy.name,
        region_mode=policy.region_mode,
        facts=form.facts() if form is not None and not is_detected else None,
        reasons=reasons,
        explanation=revision.message + policy.description,
        before=released,
        waivers=waivers,
    )


def _findings(result: Result) -> Findings:
    """Nothing is new where nothing was released before: then every finding of the proposal is."""
    new = [row for row in result.open_rows if row.is_new is not False]
    remaining = [row for row in result.open_rows if row.is_new is False]
    return Findings(tuple(new), tuple(remaining), tuple(result.gone))


def _by_account(lines: Sequence[TargetLine], of_team: Mapping[str, Account]) -> Iterator[TargetAccount]:
    for number, found in groupby(lines, key=lambda line: line.target.account):
        yield TargetAccount(number, of_team.get(number), tuple(found))


def _lines(before: Mapping[Target, str], after: Mapping[Target, str]) -> list[TargetLine]:
    return [
        TargetLine(
            target=target,
            ram_name=after.get(target) or before[target],
            ram_name_before=before.get(target, ""),
            is_new=target not in before,
            is_gone=target not in after,
        )
        for target in sorted({**before, **after})
    ]
