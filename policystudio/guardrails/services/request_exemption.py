"""Asks that one policy may break one guardrail for a while, for a written reason."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from policystudio.audit.services.record import record
from policystudio.errors import Problem
from policystudio.guardrails.blocking import breaches, lock_register, seen_sha256, subject_of
from policystudio.guardrails.models import Exemption, Guardrail
from policystudio.guardrails.refusals import AlreadyRequested, GuardrailOff, NotBroken
from policystudio.guardrails.selectors import environments_of, guardrail_get
from policystudio.guardrails.services.decide_exemption import mark_ended
from policystudio.guardrails.services.locking import facts
from policystudio.policies.models import Policy
from policystudio.policies.selectors import newest_revision, targets_of
from policystudio.policies.services.locking import locked_policy
from policystudio.teams.permissions import Act, require
from policystudio.teams.texts import refuse, text_problems
from policystudio.teams.viewer import Viewer

MAX_DAYS = 90
MAX_REASON = 2000


@transaction.atomic
def request_exemption(
    *, by: Viewer, guardrail: Guardrail, policy: Policy, reason: str, until: date
) -> Exemption:
    """The exception, which lets nothing through before an admin has granted it.

    It speaks of the newest revision with its targets, name and region mode, and of the guardrail as it is in force; a
    change of any of them ends its effect. Raises: NotAllowed; NotFound; InvalidInput at /reason or /until;
    GuardrailOff; NotBroken; AlreadyRequested.
    """
    require(by, Act.WRITE)
    refuse(
        [*text_problems(reason, "/reason", max_characters=MAX_REASON, required=True), *_until_problems(until)]
    )
    policy = locked_policy(by, policy.pk)
    lock_register(by.team_id)
    guardrail = guardrail_get(by, guardrail.pk)
    definition = guardrail.enforced
    if definition is None:
        raise GuardrailOff("the guardrail is off, so it needs no exception")
    revision = newest_revision(policy)
    subject = subject_of(policy, revision.source, targets_of(policy))
    environments = environments_of(by.team_id)
    if not breaches([guardrail], subject, environments):
        raise NotBroken("the newest revision of the policy keeps this guardrail")
    exemption = Exemption(
        guardrail=guardrail,
        policy=policy,
        revision_number=revision.number,
        seen_sha256=seen_sha256(subject, environments),
        rule_sha256=definition.sha256,
        reason=reason,
        until=until,
        requested_by_id=by.actor_id,
        requested_by_name=by.actor_name,
        requested_at=timezone.now(),
    )
    _end_useless(by, exemption)
    try:
        with transaction.atomic():
            exemption.save(force_insert=True)
    except IntegrityError:
        raise AlreadyRequested(
            "an exception of this policy waits for a decision already", advice="take that one back first"
        ) from None
    record(by, "guardrail_exception.requested", on=exemption, data=facts(exemption), after=revision.sha256)
    return exemption


def _end_useless(by: Viewer, exemption: Exemption) -> None:
    """What nobody decided on in time, or what speaks of something else by now, gives way to the new one."""
    same = Exemption.objects.filter(
        guardrail=exemption.guardrail, policy=exemption.policy, state=Exemption.Stored.REQUESTED
    )
    for waiting in same.select_related("guardrail", "policy"):
        is_same = (waiting.seen_sha256, waiting.rule_sha256) == (exemption.seen_sha256, exemption.rule_sha256)
        if waiting.until < timezone.localdate() or not is_same:
            mark_ended(by, waiting)


def _until_problems(until: date) -> Iterator[Problem]:
    first = timezone.localdate()
    last = first + timedelta(days=MAX_DAYS)
    if not first <= until <= last:
        yield Problem("/until", f"must be from {first.isoformat()} to {last.isoformat()}", "out-of-range")
