"""The eleven policies of the demo, each brought to a state that is worth looking at."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from typing import Any

from policystudio.builders.builder import all_builders
from policystudio.demo.people import DEVELOPMENT, PRODUCTION, REGIONS, person
from policystudio.policies.models import Policy
from policystudio.policies.services.create_policy import create_policy
from policystudio.policies.services.revise import revise
from policystudio.ram.finding import Severity
from policystudio.review.models import Review, Verdict
from policystudio.review.selectors import standing
from policystudio.review.services.comment import comment
from policystudio.review.services.decide import decide
from policystudio.review.services.propose import propose
from policystudio.review.services.release import release
from policystudio.waivers.selectors import findings_of
from policystudio.waivers.services.request_waiver import request_waiver
from policystudio.waivers.weighing import today

EVERYWHERE = tuple((account, region) for account in (PRODUCTION, DEVELOPMENT) for region in REGIONS)
IN_DEVELOPMENT = tuple((DEVELOPMENT, region) for region in REGIONS)


def make_policies() -> None:
    """All eleven, by builder, in the order of the documentation."""
    for slug in all_builders():
        STORIES[slug](slug)


def full_access(slug: str) -> None:
    """A draft with its documented warning, and a waiver of it that waits for a reviewer."""
    policy = draft(
        slug, targets=IN_DEVELOPMENT, description="Break-glass access for the key custodians of development."
    )
    warning = next(each for each in findings_of(policy) if each.finding.severity is Severity.SECURITY_WARNING)
    request_waiver(
        by=person("author"),
        policy=policy,
        code=warning.finding.code,
        fingerprint=warning.fingerprint,
        reason="Break-glass access has to reach everything; each use of it is reported to the custodians.",
        until=today() + timedelta(days=180),
    )


def ip_restricted_access(slug: str) -> None:
    """Changes are requested, with an open thread at the addresses."""
    policy = draft(slug, description="Everything in KMS, from the office network only.")
    review = put_forward(policy, "Access for the operators, limited to the office network.")
    body = "Private addresses never reach KMS as the source. Which public addresses does the office have?"
    comment(
        by=person("reviewer"), review=review, body=body, path="/Statement/0/Condition/IpAddress/acs:SourceIp"
    )
    say(review, "reviewer", Verdict.REQUEST_CHANGES, "As it is, nobody could use this policy.")


def key_admin(slug: str) -> None:
    """Approved once, then changed, so that the approval is stale."""
    policy = draft(slug, description="Manage keys and aliases; for the platform team.")
    review = put_forward(
        policy, "The platform team takes over the keys. Deletion is needed for retired keys."
    )
    say(review, "reviewer", Verdict.APPROVE, "Agreed with the platform team.")
    revise(
        by=person("author2"),
        policy=policy,
        builder=slug,
        parameters={"include_destructive": False},
        message="Leave deletion to the break-glass role after all.",
    )


def key_read_only(slug: str) -> None:
    """Released everywhere."""
    released(draft(slug, description="See keys and their metadata; for auditors."))


def crypto_user(slug: str) -> None:
    """Released, with a newer draft."""
    policy = draft(slug, description="Encrypt, decrypt and generate data keys; for the payment services.")
    released(policy)
    parameters = {"operations": ["decrypt"]}
    revise(by=person("author"), policy=policy, builder=slug, parameters=parameters, message="Decrypt only.")


def tag_scoped_crypto_user(slug: str) -> None:
    """Released everywhere."""
    released(draft(slug, description="Use the keys of the project Apollo, wherever they are."))


def asymmetric_encryption(slug: str) -> None:
    """Released as one RAM policy for all regions of an account."""
    policy = draft(
        slug, targets=IN_DEVELOPMENT, region_mode="combined", description="Envelope encryption with RSA keys."
    )
    released(policy)


def asymmetric_signing(slug: str) -> None:
    """A draft."""
    draft(slug, description="Sign and verify; for the build pipeline.")


def secret_admin(slug: str) -> None:
    """In review, with one of two approvals."""
    policy = draft(slug, description="Manage the secrets of all services.")
    review = put_forward(policy, "The secrets team needs to rotate and delete what is out of use.")
    say(review, "reviewer", Verdict.APPROVE, "")
    comment(by=person("reviewer2"), review=review, body="Who creates the secrets? This cannot.", line=1)


def secret_read_only(slug: str) -> None:
    """Released everywhere."""
    released(draft(slug, description="See which secrets there are, without their values."))


def secret_value_retrieval(slug: str) -> None:
    """Approved and ready to release."""
    parameters = {
        "secrets": [
            {"name": "apollo-database", "key": "key-hzz65f1d3a1k8p4qzr7x2"},
            {"name": "apollo-payment-gateway", "key": None},
        ]
    }
    policy = draft(slug, parameters=parameters, description="What the Apollo services read when they start.")
    review = put_forward(policy, "The new services need their database password.")
    approved(review)


STORIES: Mapping[str, Callable[[str], None]] = {
    "full-access": full_access,
    "ip-restricted-access": ip_restricted_access,
    "key-admin": key_admin,
    "key-read-only": key_read_only,
    "crypto-user": crypto_user,
    "tag-scoped-crypto-user": tag_scoped_crypto_user,
    "asymmetric-encryption": asymmetric_encryption,
    "asymmetric-signing": asymmetric_signing,
    "secret-admin": secret_admin,
    "secret-read-only": secret_read_only,
    "secret-value-retrieval": secret_value_retrieval,
}


def draft(
    slug: str,
    *,
    description: str,
    parameters: Mapping[str, Any] | None = None,
    targets: Sequence[tuple[str, str]] = EVERYWHERE,
    region_mode: str = "separate",
) -> Policy:
    """A policy named like its builder, with the builder's default parameters unless others are given."""
    return create_policy(
        by=person("author"),
        name=slug,
        description=description,
        builder=slug,
        parameters=parameters if parameters is not None else all_builders()[slug].defaults(),
        targets=[{"account": account, "region": region} for account, region in targets],
        region_mode=region_mode,
        message="First version, from the documented sample.",
    )


def put_forward(policy: Policy, message: str) -> Review:
    return propose(by=person("author"), policy=policy, message=message)


def say(review: Review, name: str, verdict: Verdict, body: str) -> None:
    """A decision on what is proposed now."""
    decide(by=person(name), review=review, verdict=verdict, digest=standing(review).digest, body=body)


def approved(review: Review) -> None:
    for name in ("reviewer", "reviewer2"):
        say(review, name, Verdict.APPROVE, "Looks right.")


def released(policy: Policy) -> None:
    review = put_forward(policy, "As in the documentation, for all our regions.")
    approved(review)
    release(by=person("author"), review=review)
