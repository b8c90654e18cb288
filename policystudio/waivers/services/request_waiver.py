"""Asks that the team live with a finding, for a written reason and until a day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from policystudio.audit.services.record import record
from policystudio.errors import InvalidInput, Problem
from policystudio.policies.judging import judge
from policystudio.policies.models import Policy, Revision
from policystudio.policies.selectors import targets_of
from policystudio.policies.services.locking import locked_policy
from policystudio.ram.finding import Finding, Severity
from policystudio.teams.permissions import Act, require
from policystudio.teams.texts import refuse, text_problems
from policystudio.teams.viewer import Viewer
from policystudio.validation.fingerprint import fingerprints
from policystudio.waivers.models import Waiver
from policystudio.waivers.refusals import AlreadyRequested
from policystudio.waivers.services.end_waiver import mark_ended
from policystudio.waivers.services.locking import facts
from policystudio.waivers.weighing import today

MAX_DAYS = 366
"""A waiver lasts a year at most: whoever agreed should be asked again."""
MAX_REASON = 2000


@transaction.atomic
def request_waiver(
    *, by: Viewer, policy: Policy, code: str, fingerprint: str, reason: str, until: date
) -> Waiver:
    """The waiver, which changes no finding before a reviewer has accepted it.

    The finding must be one of the newest revision or of the released one. Whoever has an accepted waiver that is about
    to expire asks for another, which takes its place when it is accepted. Raises: NotAllowed; NotFound; InvalidInput at
    /code, /fingerprint, /reason or /until; AlreadyRequested.
    """
    require(by, Act.WRITE)
    refuse(
        [*text_problems(reason, "/reason", max_characters=MAX_REASON, required=True), *_until_problems(until)]
    )
    policy = locked_policy(by, policy.pk)
    revision, finding = _found(policy, code, fingerprint)
    waiver = Waiver(
        policy=policy,
        code=code,
        fingerprint=fingerprint,
        path=finding.path,
        line=finding.line,
        message=finding.message,
        revision_number=revision.number,
        reason=reason,
        until=until,
        requested_by_id=by.actor_id,
        requested_by_name=by.actor_name,
        requested_at=timezone.now(),
    )
    _end_lapsed(by, waiver)
    try:
        with transaction.atomic():
            waiver.save(force_insert=True)
    except IntegrityError:
        raise AlreadyRequested(
            "a waiver for this finding waits for a decision already", advice="take that one back first"
        ) from None
    record(by, "waiver.requested", on=waiver, data=facts(waiver), after=revision.sha256)
    return waiver


def _found(policy: Policy, code: str, fingerprint: str) -> tuple[Revision, Finding]:
    """The finding that is meant, and the revision that it was found in, the newest first."""
    numbers = sorted({policy.newest_number, policy.released_number or 0} - {0}, reverse=True)
    for revision in Revision.objects.filter(policy=policy, number__in=numbers).order_by("-number"):
        validation = judge(policy, revision, targets_of(policy))
        marks = fingerprints(validation.findings, validation.document, revision.source)
        for finding, mark in zip(validation.findings, marks, strict=True):
            if (finding.code, mark) == (code, fingerprint):
                if finding.severity is Severity.ERROR:
                    raise InvalidInput([Problem("/code", "an error cannot be waived", "error-not-waivable")])
                return revision, finding
    detail = "no finding of the newest revision, or of the released one, has this code and fingerprint"
    raise InvalidInput([Problem("/fingerprint", detail, "unknown-finding")])


def _end_lapsed(by: Viewer, waiver: Waiver) -> None:
    """What nobody decided on in time gives way to the new one."""
    same = Waiver.objects.filter(
        policy=waiver.policy, fingerprint=waiver.fingerprint, state=Waiver.Stored.REQUESTED
    )
    for lapsed in same.filter(until__lt=today()):
        mark_ended(by, lapsed)


def _until_problems(until: date) -> Iterator[Problem]:
    first, last = today(), today() + timedelta(days=MAX_DAYS)
    if not first <= until <= last:
        yield Problem("/until", f"must be from {first.isoformat()} to {last.isoformat()}", "out-of-range")
