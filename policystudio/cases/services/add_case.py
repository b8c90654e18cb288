"""Saves a question with the answer that is expected."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from policystudio.accounts.selectors import accounts_by_number
from policystudio.analysis.request import Request
from policystudio.analysis.testing.expectation import faults_of_test, normalised
from policystudio.audit.services.record import record
from policystudio.cases.models import Case
from policystudio.cases.services.locking import lock_cases
from policystudio.errors import Conflict, Problem
from policystudio.policies.models import Policy
from policystudio.ram.finding import shown
from policystudio.teams.permissions import Act, require
from policystudio.teams.texts import line_problems, refuse, text_problems
from policystudio.teams.viewer import Viewer

MAX_NAME, MAX_NOTE = 128, 2000
MAX_ACTION, MAX_CHARACTERS, MAX_KEYS = 256, 1024, 100
MAX_ACCOUNT, MAX_REGION = 32, 64
MAX_CASES = 2000
"""So many a team keeps; each of them is asked at every release that it bears on."""


@transaction.atomic
def add_case(
    *,
    by: Viewer,
    name: str,
    request: Request,
    expectation: str,
    policy: Policy | None = None,
    account: str = "",
    region: str = "",
    note: str = "",
) -> Case:
    """The case; without a policy it is for every policy of the team, without account and region for every target.

    Placeholders are stored as `${…}`. Raises: NotAllowed; NotFound for a policy of another team; InvalidInput with
    pointers named like the parameters; Conflict for a name that is taken, or too many cases.
    """
    require(by, act_on(policy))
    request = normalised(request)
    refuse(
        [
            *line_problems(name, "/name", max_characters=MAX_NAME),
            *_request_problems(request),
            *_expectation_problems(expectation),
            *text_problems(account, "/account", max_characters=MAX_ACCOUNT),
            *text_problems(region, "/region", max_characters=MAX_REGION),
            *text_problems(note, "/note", max_characters=MAX_NOTE),
        ]
    )
    lock_cases(by, policy)
    refuse(_target_problems(by, account, region))
    if Case.objects.filter(team_id=by.team_id, removed_at=None).count() >= MAX_CASES:
        raise Conflict(f"a team keeps at most {MAX_CASES} cases", advice="remove some of them")
    added = Case(
        team_id=by.team_id,
        policy=policy,
        name=name,
        action=request.action,
        resource=request.resource,
        context=dict(request.context),
        expectation=expectation,
        account=account,
        region=region,
        note=note,
        added_by_id=by.actor_id,
        added_by_name=by.actor_name,
        added_at=timezone.now(),
    )
    try:
        with transaction.atomic():
            added.save(force_insert=True)
    except IntegrityError:
        raise Conflict(
            f"there is a case with the name {name} already", advice="choose another name"
        ) from None
    record(by, "case.added", on=added, data=facts(added))
    return added


def facts(case: Case) -> dict[str, Any]:
    """What the trail keeps of a case."""
    return {
        "name": case.name,
        "policy": case.policy_id,
        "request": case.request.as_json(),
        "expectation": case.expectation,
        "account": case.account,
        "region": case.region,
        "note": case.note,
    }


def act_on(policy: Policy | int | None) -> Act:
    """What adding and removing a case of the policy is, of every policy of the team where there is none."""
    return Act.TEST_TEAM if policy is None else Act.WRITE


def _target_problems(by: Viewer, account: str, region: str) -> Iterator[Problem]:
    """Of a target that no policy of the team could have. An account alone is its first region that fits."""
    if not account:
        if region:
            yield Problem("/account", "a region needs the account that it is of", "required")
        return
    found = accounts_by_number(by.team_id, {account}).get(account)
    if found is None:
        yield Problem("/account", f"the team has no account {shown(account)}", "unknown-account")
    elif region and region not in found.regions:
        detail = f"the region {shown(region)} is not enabled in the account {account}"
        yield Problem("/region", detail, "region-not-enabled")


def _request_problems(request: Request) -> Iterator[Problem]:
    yield from text_problems(request.action, "/request/action", max_characters=MAX_ACTION)
    yield from text_problems(request.resource, "/request/resource", max_characters=MAX_CHARACTERS)
    yield from _context_problems(request.context)
    for fault in faults_of_test(request):
        yield Problem(f"/request{fault.pointer}", fault.detail, fault.code)


def _context_problems(context: Mapping[str, str]) -> Iterator[Problem]:
    if len(context) > MAX_KEYS:
        yield Problem("/request/context", f"has {len(context)} keys; at most {MAX_KEYS} are kept", "too-many")
    for text in (*context, *context.values()):
        yield from text_problems(text, "/request/context", max_characters=MAX_CHARACTERS)


def _expectation_problems(expectation: object) -> Iterator[Problem]:
    if expectation not in Case.Expectation.values:
        yield Problem("/expectation", "must be allow or deny", "unknown-choice")
