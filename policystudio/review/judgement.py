"""Says what the validator has against a release, and what an author has to explain."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from policystudio.errors import Problem
from policystudio.policies.models import Revision
from policystudio.policies.services.writing import located
from policystudio.ram.finding import Finding, Severity
from policystudio.waivers.weighing import Judged

if TYPE_CHECKING:
    from policystudio.validation.pipeline import Validation


def error_problems(validation: Validation) -> list[Problem]:
    """Every error, each of which rules out a proposal and a release."""
    errors = [finding for finding in validation.findings if finding.severity is Severity.ERROR]
    return [Problem("/source", _told(finding), finding.code) for finding in errors]


def _told(finding: Finding) -> str:
    """The finding with its place; of an error that RAM would take, that the team takes it as one."""
    by_team = "" if finding.default_severity is None else " (your team takes this as an error)"
    return located(finding) + by_team


def unexplained(
    findings: Sequence[Judged], *, revision: Revision, message: str, reasons: Mapping[str, str]
) -> list[Finding]:
    """The security warnings that the author has given no reason for.

    Decision: what counts is the reason given for that code, with the revision or with the proposal, the message of this
    very revision, or that of the proposal. The policy's description does not: it may be older than what it would
    excuse, and it may be changed after an approval. A waiver is a reason for its one finding, accepted or not: as long
    as it is not, the review is not released anyhow.
    """
    if message.strip() or revision.message.strip():
        return []
    given = {**revision.reasons, **reasons}
    return [
        each.finding
        for each in findings
        if each.finding.severity is Severity.SECURITY_WARNING
        and not each.is_explained
        and not str(given.get(each.finding.code, "")).strip()
    ]


def reason_problems(findings: Sequence[Finding]) -> list[Problem]:
    """One problem for each kind of security warning that lacks a reason."""
    by_code = {finding.code: finding for finding in reversed(findings)}
    return [
        Problem(
            "/message",
            f"{code} needs a written reason from the author: {located(finding)}",
            "reason-required",
        )
        for code, finding in sorted(by_code.items())
    ]
