"""What outside the given documents may have refused a request: what the refusal itself says, and what else there is.

Source: ram-language, section 5; the kinds of policies are RAM's words in `NoPermissionPolicyType` and `PolicyType`.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import Any, NamedTuple

from policystudio.analysis.deciding import Decision
from policystudio.analysis.reported import Reported
from policystudio.ram.finding import shown
from policystudio.ram.resources import split


class Suspect(StrEnum):
    """Something that can refuse and is not in the documents."""

    CONTROL_POLICY = "control-policy"
    SESSION_POLICY = "session-policy"
    TRUST_POLICY = "trust-policy"
    RESOURCE_GROUP = "resource-group"
    DENY_ELSEWHERE = "deny-elsewhere"
    """A Deny in another policy of the identity."""
    OTHER_ACCOUNT = "other-account"
    """The caller's account is not the owner's, so both sides have to allow."""
    KEY_POLICY = "key-policy"
    ACCESS_POINT = "access-point"
    """KMS judges a client key by the policy of its application access point. Source: KMS, FAQ about using SDKs."""
    NOT_ATTACHED = "not-attached"
    """The documents are not attached to who was refused, or not in the version that was given."""
    CARRIED = "carried"
    """The request carried something else than is known here."""


class Suspected(NamedTuple):
    """`is_said`: the refusal says so itself; the others are possible."""

    suspect: Suspect
    is_said: bool
    detail: str

    def as_json(self) -> dict[str, Any]:
        """The suspect as the API shows it."""
        return {"code": str(self.suspect), "said": self.is_said, "detail": self.detail}


DETAILS = {
    Suspect.CONTROL_POLICY: "a control policy of the resource directory; whoever manages the directory can change it",
    Suspect.SESSION_POLICY: "the session policy that was given when the role was assumed; whoever assumes it sets it",
    Suspect.TRUST_POLICY: "the trust policy of the role, which says who may assume it; whoever owns the role sets it",
    Suspect.RESOURCE_GROUP: "a policy that is attached to a resource group, or one that is needed there",
    Suspect.DENY_ELSEWHERE: "a Deny in another policy that is attached to the same identity",
    Suspect.OTHER_ACCOUNT: "the caller belongs to another account: the policy of the key or secret has to allow it too",
    Suspect.KEY_POLICY: "the policy of the key or secret itself; whoever owns that can change it",
    Suspect.ACCESS_POINT: "the policy of the application access point, where a client key called and no identity",
    Suspect.NOT_ATTACHED: "these documents are not attached to who was refused, or in an older version",
    Suspect.CARRIED: "the request carried something else than is known here, for instance another address",
}
_BY_TYPE = {
    "controlpolicy": Suspect.CONTROL_POLICY,
    "sessionpolicy": Suspect.SESSION_POLICY,
    "assumerolepolicy": Suspect.TRUST_POLICY,
    "resourcegrouplevelidentitybasedpolicy": Suspect.RESOURCE_GROUP,
}


def overrules(reported: Reported) -> bool:
    """Whether the refusal says that a Deny refused the request which no Allow overrides.

    An Allow at the scope of the account goes before the policies of a resource group, so a Deny there is none.
    """
    by_type = _BY_TYPE.get(reported.policy_type.lower())
    return reported.denial is Decision.EXPLICIT_DENY and by_type is not Suspect.RESOURCE_GROUP


def suspects(decision: Decision, resource: str, reported: Reported | None) -> tuple[Suspected, ...]:
    """What the refusal blames; and where these documents allow the request, whatever else is possible."""
    found = list(_said(decision, reported))
    if decision is Decision.ALLOW:
        known = {each.suspect for each in found}
        found += [each for each in _possible(resource) if each.suspect not in known]
    return tuple(found)


def _said(decision: Decision, reported: Reported | None) -> Iterator[Suspected]:
    if reported is None:
        return
    by_type = _BY_TYPE.get(reported.policy_type.lower())
    if by_type is not None:
        yield Suspected(by_type, True, DETAILS[by_type])
    if (
        reported.denial is Decision.EXPLICIT_DENY
        and decision is not Decision.EXPLICIT_DENY
        and by_type is None
    ):
        names = ", ".join(
            shown(each.name) for each in reported.matched if each.effect.lower() == "deny" and each.name
        )
        detail = DETAILS[Suspect.DENY_ELSEWHERE] + (f": {names}" if names else "")
        yield Suspected(Suspect.DENY_ELSEWHERE, True, detail)
    if any(note.code == "other-account" for note in reported.notes):
        yield Suspected(Suspect.OTHER_ACCOUNT, True, DETAILS[Suspect.OTHER_ACCOUNT])


def _possible(resource: str) -> Iterator[Suspected]:
    possible = [Suspect.NOT_ATTACHED, Suspect.DENY_ELSEWHERE, Suspect.CONTROL_POLICY, Suspect.SESSION_POLICY]
    fields = split(resource)
    if fields is not None and fields.service == "kms":
        possible += [Suspect.KEY_POLICY, Suspect.ACCESS_POINT]
    for each in (*possible, Suspect.CARRIED):
        yield Suspected(each, False, DETAILS[each])
