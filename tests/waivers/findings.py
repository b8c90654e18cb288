"""What tests of waivers share: documents with a finding, that finding as it stands, and asking for a waiver of it."""

from __future__ import annotations

import json
from datetime import date, timedelta

from django.utils import timezone

from policystudio.policies.judging import judge
from policystudio.policies.models import Policy
from policystudio.policies.selectors import newest_revision, targets_of
from policystudio.ram.finding import Severity
from policystudio.teams.viewer import Viewer
from policystudio.waivers.models import Waiver
from policystudio.waivers.selectors import findings_of, waivers_for
from policystudio.waivers.services.request_waiver import request_waiver
from policystudio.waivers.weighing import Judged, judged
from tests.factories import source_text

REPEATED = source_text(actions=("kms:Encrypt", "kms:Encrypt"))
"""One finding, a suggestion."""
DANGEROUS = json.dumps(
    {"Version": "1", "Statement": [{"Effect": "Allow", "Action": "kms:*", "Resource": "*"}]}
)
"""With a security warning."""


def soon(days: int = 30) -> date:
    return timezone.localdate() + timedelta(days=days)


def now(policy: Policy) -> Policy:
    """The policy as it is stored now."""
    return Policy.objects.get(pk=policy.pk)


def finding_of(policy: Policy, code: str, on: date | None = None) -> Judged:
    """The one finding of this code in the newest revision, as it stands with the policy's waivers."""
    policy = now(policy)
    validation = judge(policy, newest_revision(policy), targets_of(policy))
    [found] = [each for each in judged(validation, waivers_for(policy), on) if each.finding.code == code]
    return found


def request(by: Viewer, policy: Policy, code: str, until: date | None = None) -> Waiver:
    """Ask for a waiver of that finding."""
    return request_waiver(
        by=by,
        policy=policy,
        code=code,
        fingerprint=finding_of(policy, code).fingerprint,
        reason="the old client cannot do better",
        until=until or soon(),
    )


def security_codes(policy: Policy) -> list[str]:
    """The codes of its security warnings."""
    warnings = [
        each for each in findings_of(now(policy)) if each.finding.severity is Severity.SECURITY_WARNING
    ]
    return [each.finding.code for each in warnings]


def all_waived(policy: Policy) -> set[str]:
    """The codes of the findings that are waived."""
    return {each.finding.code for each in findings_of(now(policy)) if each.is_waived}
