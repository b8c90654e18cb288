"""Takes the tests of a file over for a policy: all of them or none, and the same file again changes nothing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from django.db import transaction

from policystudio.analysis.testing.files import Filed
from policystudio.cases.models import Case
from policystudio.cases.selectors import cases_of
from policystudio.cases.services.add_case import add_case
from policystudio.cases.services.locking import lock_cases
from policystudio.errors import InvalidInput, Problem
from policystudio.policies.models import Policy
from policystudio.teams.permissions import Act, require
from policystudio.teams.viewer import Viewer


class Imported(NamedTuple):
    """The cases that were added, and how many were there already, with the same content."""

    added: tuple[Case, ...]
    unchanged: int


@transaction.atomic
def import_cases(*, by: Viewer, policy: Policy, filed: Sequence[Filed]) -> Imported:
    """Adds what is not there yet. A case of the same name that asks something else is refused, never replaced.

    Raises: NotAllowed; NotFound for a policy of another team; Conflict for too many cases; InvalidInput with pointers
    into the file.
    """
    require(by, Act.WRITE)
    lock_cases(by, policy)
    own = {
        case.name.casefold(): case for case in cases_of([policy])[policy.pk] if case.policy_id == policy.pk
    }
    added: list[Case] = []
    problems: list[Problem] = []
    for index, each in enumerate(filed):
        there = own.get(each.test.name.casefold())
        if there is not None:
            if (there.test, there.note) != (each.test, each.note):
                detail = (
                    f"there is another test with the name {there.name}; remove that one or rename this one"
                )
                problems.append(Problem(f"/tests/{index}/name", detail, "name-taken"))
            continue
        try:
            added.append(
                add_case(
                    by=by,
                    name=each.test.name,
                    request=each.test.request,
                    expectation=str(each.test.expectation),
                    policy=policy,
                    account=each.test.account,
                    region=each.test.region,
                    note=each.note,
                )
            )
        except InvalidInput as refused:
            problems += (Problem(f"/tests/{index}{p.pointer}", p.detail, p.code) for p in refused.problems)
    if problems:
        raise InvalidInput(problems)
    return Imported(tuple(added), len(filed) - len(added))
