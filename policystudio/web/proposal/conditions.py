"""What a release still waits for, each condition with its state and with who could do it. The service decides anew."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from policystudio.accounts.selectors import accounts
from policystudio.analysis.testing.expectation import Verdict as Came
from policystudio.cases.blocking import MAX_NAMED
from policystudio.errors import Problem
from policystudio.review.judgement import error_problems, reason_problems, unexplained
from policystudio.review.models import Review, Verdict
from policystudio.review.standing import Standing, State, undecided_problems
from policystudio.teams.permissions import TABLE, Act, Role
from policystudio.teams.selectors import members
from policystudio.teams.viewer import Viewer
from policystudio.web.proposal.change import Proposal
from policystudio.web.words import listed


@dataclass(frozen=True, slots=True)
class Condition:
    """One line of the list, as `components/conditions.html` takes it."""

    text: str
    is_met: bool
    detail: str = ""


def conditions(viewer: Viewer, review: Review, stands: Standing, what: Proposal) -> list[Condition]:
    """In the order in which they are usually met."""
    errors, reasons = problems_of_the_text(review, what)
    return [
        Condition(
            ngettext(
                "No errors, checked for %(n)d target",
                "No errors, checked for %(n)d targets",
                len(what.targets),
            )
            % {"n": len(what.target_names)},
            not errors and bool(what.target_names),
            "; ".join(problem.detail for problem in errors)
            or ("" if what.target_names else _("There is no target to release to.")),
        ),
        *_undecided(stands),
        *_guardrails(stands),
        *_tests(stands),
        Condition(
            _("A reason for every security warning"),
            not reasons,
            "; ".join(problem.detail for problem in reasons),
        ),
        _objections(stands),
        _approvals(viewer, stands, what),
    ]


def problems_of_the_text(review: Review, what: Proposal) -> tuple[list[Problem], list[Problem]]:
    """Errors, and security warnings without a reason; either keeps a review from being released."""
    result = what.result
    silent = unexplained(
        result.weighed or (), revision=what.revision, message=review.message, reasons=review.reasons
    )
    return error_problems(result.validation), reason_problems(silent)


def is_ready(review: Review, stands: Standing, what: Proposal) -> bool:
    """Whether nothing that can be seen here stands in the way of a release."""
    errors, reasons = problems_of_the_text(review, what)
    return stands.state is State.APPROVED and not stands.blocked_by and not errors and not reasons


def missing_reviewers(viewer: Viewer, stands: Standing) -> list[str]:
    """Who may approve and whose approval does not count yet, by name."""
    approved = {each.decision.user_id for each in stands.decisions if each.counts}
    return [
        member.user.get_username()
        for member in members(viewer)
        if Role(member.role).includes(TABLE[Act.REVIEW].role)
        and member.user_id not in stands.authors | approved
        and member.user.is_active
    ]


def _undecided(stands: Standing) -> list[Condition]:
    """Told only while there is something to decide on."""
    details = [problem.detail for problem in undecided_problems(stands.undecided)]
    return [Condition(_("Every waiver is decided on"), False, "; ".join(details))] if details else []


def _guardrails(stands: Standing) -> list[Condition]:
    """Told only while one is broken; how is said in a section of its own."""
    names = [breach.guardrail.name for breach in stands.breaches if not breach.is_covered]
    if not names:
        return []
    detail = _("Broken: %(names)s. Change the policy, or ask for an exception.") % {"names": listed(names)}
    return [Condition(_("Every guardrail is kept, or an exception is granted"), False, detail)]


def _tests(stands: Standing) -> list[Condition]:
    """Told where there are any; which fail is said in a section of its own."""
    if not stands.tests:
        return []
    names = [each.case.name for each in stands.tests if each.verdict is not Came.HOLDS]
    detail, more = "", len(names) - MAX_NAMED
    if more > 0:
        detail = _("Not so: %(names)s and %(n)d more. Change the policy, or the tests.") % {
            "names": listed(names[:MAX_NAMED]),
            "n": more,
        }
    elif names:
        detail = _("Not so: %(names)s. Change the policy, or the tests.") % {"names": listed(names)}
    text = ngettext(
        "The test holds in every target", "All %(n)d tests hold in every target", len(stands.tests)
    )
    return [Condition(text % {"n": len(stands.tests)}, not names, detail)]


def _objections(stands: Standing) -> Condition:
    last: dict[int, Any] = {each.decision.user_id: each.decision for each in stands.decisions}
    names = [each.user_name for each in last.values() if each.verdict == Verdict.REQUEST_CHANGES]
    detail = (
        _("%(names)s asked for changes; their approval, or a new review, ends that.")
        % {"names": listed(names)}
        if names
        else ""
    )
    return Condition(_("Nobody asks for changes"), not names, detail)


def _approvals(viewer: Viewer, stands: Standing, what: Proposal) -> Condition:
    text = _("%(n)d of %(required)d approvals") % {
        "n": stands.approvals,
        "required": stands.required_approvals,
    }
    is_met = stands.approvals >= stands.required_approvals
    said = []
    if stands.approved_by:
        said.append(_("Approved by %(names)s.") % {"names": listed(stands.approved_by)})
    stale = sorted(
        {
            each.decision.user_name
            for each in stands.decisions
            if each.is_stale and each.decision.verdict == Verdict.APPROVE
        }
        - set(stands.approved_by)
    )
    if stale:
        said.append(
            _("What %(names)s approved has changed since, so it does not count.") % {"names": listed(stale)}
        )
    if not is_met:
        able = missing_reviewers(viewer, stands)
        said.append(
            _("Could approve: %(names)s.") % {"names": listed(able)}
            if able
            else _("Nobody in the team may approve this; an admin can add reviewers.")
        )
        if stands.required_approvals > 1:
            numbers = {target.account for target in (*what.target_names, *stands.removed)}
            demanding = [
                account.name
                for account in accounts(viewer)
                if account.number in numbers and account.approvals_needed == stands.required_approvals
            ]
            if demanding:
                said.append(
                    _("%(n)d are needed because of %(names)s.")
                    % {"n": stands.required_approvals, "names": listed(demanding)}
                )
    return Condition(text, is_met, " ".join(said))
