"""Short ways to ask the validator about a few statements."""

import json
from datetime import UTC, datetime

import pytest

from policystudio.catalog import load
from policystudio.validation.pipeline import validate

NOW = datetime(2026, 11, 24, tzinfo=UTC)


@pytest.fixture(scope="session")
def judge():
    """Statements with harmless defaults → their findings."""

    def ask(*statements, now=NOW, **options):
        default = {
            "Effect": "Allow",
            "Resource": "acs:kms:${region}:${account}:key/key-hzz1234567890abcdefgh",
        }
        complete = []
        for statement in statements:
            statement = {**default, **statement}
            if "NotAction" not in statement:
                statement.setdefault("Action", "kms:DescribeKey")
            if "NotResource" in statement:
                del statement["Resource"]
            complete.append(statement)
        text = json.dumps({"Version": "1", "Statement": complete})
        return validate(text, catalogue=load(), now=now, **options).findings

    return ask


@pytest.fixture(scope="session")
def places(judge):
    """A code and statements → the pointers where the code is found."""

    def ask(code, *statements, **options):
        return [finding.path for finding in judge(*statements, **options) if finding.code == code]

    return ask
