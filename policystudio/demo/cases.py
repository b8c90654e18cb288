"""Tests of three policies of the demo team: some that hold, and one of a reviewer that is in the way of a release."""

from __future__ import annotations

from policystudio.analysis.request import Request
from policystudio.cases.services.add_case import add_case
from policystudio.demo.people import person
from policystudio.policies.models import Policy

OWN = "acs:kms:${region}:${account}:"
DATABASE = f"{OWN}secret/apollo-database"
CASES = (
    (
        "author",
        "secret-value-retrieval",
        "Apollo reads its database password",
        "GetSecretValue",
        DATABASE,
        "allow",
    ),
    ("author", "secret-value-retrieval", "Apollo deletes no secret", "DeleteSecret", DATABASE, "deny"),
    ("author", "key-admin", "Whoever manages keys decrypts nothing", "Decrypt", f"{OWN}key/example", "deny"),
    ("reviewer", "secret-admin", "The database password is not deleted", "DeleteSecret", DATABASE, "deny"),
)


def make_cases() -> None:
    """Each for every target of its policy."""
    for username, policy, name, action, resource, expectation in CASES:
        by = person(username)
        add_case(
            by=by,
            name=name,
            request=Request(f"kms:{action}", resource),
            expectation=expectation,
            policy=Policy.objects.get(team_id=by.team_id, name=policy),
        )
