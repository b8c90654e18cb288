"""The API against its own description: generated requests, good and bad, and every check on each answer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, settings

from policystudio.policies.models import Policy
from policystudio.review.models import Review
from policystudio.review.services.comment import comment
from policystudio.teams.viewer import Viewer
from policystudio.wsgi import application
from tests.api.client import make_token

# One test for all operations: half a minute on an idle machine, several on one that builds something else meanwhile.
pytestmark = pytest.mark.timeout(3600)

IS_FUZZING = settings.get_current_profile_name() == "fuzz"

# No description tells a generator which cursor, tag, account or source is good, so it cannot say what has to be
# accepted; the tests of each endpoint do.
UNDECIDABLE = {"positive_data_acceptance": {"enabled": False}}

api = schemathesis.pytest.from_fixture("described_api")


@pytest.fixture
def token(max_: Viewer) -> str:
    """An admin asks."""
    return make_token(max_)


@pytest.fixture
def described_api(db: None, ada: Viewer, policy: Policy, review: Review) -> Iterator[Any]:
    """The API with a few things stored; a request may not end the transaction of the test."""
    comment(by=ada, review=review, body="why?")
    request_started.disconnect(close_old_connections)
    request_finished.disconnect(close_old_connections)
    config = schemathesis.Config.from_dict({"checks": UNDECIDABLE})
    schema = schemathesis.openapi.from_wsgi("/api/schema/", application, config=config)
    yield schema
    request_started.connect(close_old_connections)
    request_finished.connect(close_old_connections)


@api.parametrize()
@settings(max_examples=500 if IS_FUZZING else 4, suppress_health_check=list(HealthCheck), deadline=None)
def test_api_keeps_to_its_description(case: schemathesis.Case[Any], token: str) -> None:
    case.call_and_validate(headers={"Authorization": f"Bearer {token}"})
