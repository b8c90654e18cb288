"""`/policies/{id}/tests/`: the cases of a policy asked all at once, how good they are, and a file of them in and out.

Single tests are cases: `/cases/?policy=` lists them, `/cases/` adds and removes them.
"""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpResponse
from django.urls import path
from rest_framework.request import Request

from policystudio.access import Access
from policystudio.analysis.mutants.scoring import Survivor, score
from policystudio.analysis.testing.expectation import Verdict
from policystudio.analysis.testing.files import MARK, MAX_TESTS, VERSION, FileFault, as_json, read_tests
from policystudio.analysis.testing.intents import Why, intents
from policystudio.api.endpoint import Endpoint
from policystudio.api.endpoints.cases import (
    EXPECTATION,
    NAME,
    OUTCOME,
    SHOWN,
    show_case,
    show_result,
    shown_at,
)
from policystudio.api.endpoints.simulate import REQUEST
from policystudio.api.fields import MAX_DETAILS, Flag, Integer, Text
from policystudio.api.operation import Operation
from policystudio.api.shapes import ACCOUNT, COUNT, ID, REGION
from policystudio.api.structures import AnyObject, Either, ListOf, Null, Shape
from policystudio.cases.filed import file_of
from policystudio.cases.selectors import cases_of
from policystudio.cases.services.import_cases import import_cases
from policystudio.errors import InvalidInput, Problem
from policystudio.policies.selectors import policy_get
from policystudio.review.chosen import NEWEST
from policystudio.review.tested import AskedAt, ask_at
from policystudio.standards.selectors import standards_of
from policystudio.teams.permissions import Act

MAX_SHOWN = 200
REVISION = Text(
    max_characters=16,
    is_judged_elsewhere=True,
    about="A number, `released` or `newest`; left out: the newest.",
    example="newest",
)
AT = {"policy": ID, "revision": COUNT, "is_released": Flag()}
RAN = Shape(
    name="PolicyTestsRun",
    about="`verdict` is the gravest of all tests, `holds` where there are none. A release is refused unless it is "
    "`holds` for the newest revision.",
    required={
        **AT,
        "verdict": Text(choices=[str(each) for each in Verdict]),
        "tests": COUNT,
        "results": ListOf(
            item=Shape(
                name="PolicyTestResult",
                required={"case": ID, "name": Text(), "expectation": EXPECTATION, **OUTCOME},
            )
        ),
    },
)
TEST = Shape(
    name="PolicyTest",
    about="As a file of tests has it, and as `POST /cases/` takes it.",
    required={"name": NAME, "request": REQUEST, "expectation": EXPECTATION},
    optional={"account": Text(), "region": Text(), "note": Text()},
)
CHANGE = {"code": Text(), "path": Text(), "change": Text(about="In words.")}
SCORE = Shape(
    name="MutationScore",
    about="Small changes of the document and whether a test that holds fails on them. Those in `equal` provably change "
    "no answer and are not counted, of those in `unknown` that cannot be told, those in `left` were not looked at in "
    "time. `percent` is null where nothing is counted.",
    required={
        **AT,
        "percent": Null(of=Integer(minimum=0, maximum=100)),
        "killed": COUNT,
        "survived": COUNT,
        "equal": COUNT,
        "unknown": COUNT,
        "left": COUNT,
        "survivors": ListOf(
            item=Shape(
                name="SurvivingMutant",
                about="`test` would notice the change; it expects what the document answers now, which is for a person "
                "to confirm.",
                required={**CHANGE, "widens": Flag(), "test": Null(of=TEST)},
            ),
            max_items=MAX_SHOWN,
        ),
    },
)
OFFERED = Shape(
    name="OfferedTests",
    required={
        **AT,
        "offered": ListOf(
            item=Shape(
                name="OfferedTest",
                required={"about": Text(choices=[str(each) for each in Why]), "path": Text(), "test": TEST},
            )
        ),
    },
)
FILE = Shape(
    name="PolicyTestsFile",
    about=f"`{MARK}` is the version of the form, {VERSION}.",
    required={MARK: Integer(minimum=1), "tests": ListOf(item=TEST, max_items=MAX_TESTS)},
)
SENT = Shape(
    name="PolicyTestsImport",
    required={"file": Either(kinds=[Text(), AnyObject()], about="The file as text, or as an object.")},
)
IMPORTED = Shape(name="PolicyTestsImported", required={"added": ListOf(item=SHOWN), "unchanged": COUNT})


def asked(endpoint: Endpoint, policy_id: int) -> AskedAt:
    """The tests of a policy, asked where the query says."""
    policy, query = policy_get(endpoint.viewer, policy_id), endpoint.query
    bearing, revision = cases_of([policy])[policy.pk], query.get("revision") or NEWEST
    place = query.get("account") or "", query.get("region") or ""
    return ask_at(endpoint.viewer, policy.pk, bearing, revision, *place)


class RunTests(Endpoint):
    """Every test that bears on a policy, in every target that it is for."""

    access = {"GET": Access(Act.READ)}
    operations = {
        "GET": Operation(
            summary="Run all tests of a policy",
            query={"revision": REVISION, "account": ACCOUNT, "region": REGION},
            answer=RAN,
            errors=(404,),
        )
    }

    def get(self, request: Request, policy_id: int) -> HttpResponse:
        found = asked(self, policy_id)
        verdicts = {each.verdict for each in found.results}
        results = sorted(found.results, key=lambda each: list(Verdict).index(each.verdict))
        return self.show(
            {
                **shown_at(found),
                "verdict": str(next((each for each in Verdict if each in verdicts), Verdict.HOLDS)),
                "tests": len(results),
                "results": [
                    {
                        "case": each.case.pk,
                        "name": each.case.name,
                        "expectation": each.case.expectation,
                        **show_result(each.result),
                    }
                    for each in results
                ],
            }
        )


class Mutants(Endpoint):
    """How good the tests are."""

    access = {"GET": Access(Act.READ)}
    operations = {
        "GET": Operation(
            summary="Count the small changes that the tests of a policy notice",
            query={"revision": REVISION},
            answer=SCORE,
            errors=(404,),
        )
    }

    def get(self, request: Request, policy_id: int) -> HttpResponse:
        found = asked(self, policy_id)
        catalogue = standards_of(found.policy.team_id).catalogue
        counted = score(found.document, found.spots, found.tests, catalogue=catalogue)
        survivors = sorted(counted.survivors, key=lambda each: not each.widens)
        return self.show(
            {
                **shown_at(found),
                "percent": counted.percent,
                "killed": len(counted.killed),
                "survived": len(survivors),
                "equal": len(counted.equal),
                "unknown": len(counted.unknown),
                "left": counted.left,
                "survivors": [show_survivor(each) for each in survivors[:MAX_SHOWN]],
            }
        )


class Offered(Endpoint):
    """Tests that follow from the statements, to choose from."""

    access = {"GET": Access(Act.READ)}
    operations = {
        "GET": Operation(
            summary="Offer tests that follow from what a policy is for",
            about="Each holds now. Nothing is stored; send the chosen ones as a file.",
            query={"revision": REVISION},
            answer=OFFERED,
            errors=(404,),
        )
    }

    def get(self, request: Request, policy_id: int) -> HttpResponse:
        found = asked(self, policy_id)
        catalogue = standards_of(found.policy.team_id).catalogue
        offered = [
            {"about": str(each.why), "path": each.path, "test": as_json(each.test)}
            for each in intents(found.document, found.spots, catalogue)
        ]
        return self.show({**shown_at(found), "offered": offered})


class File(Endpoint):
    """The policy's own tests as a file."""

    access = {"GET": Access(Act.READ), "POST": Access(Act.WRITE)}
    operations = {
        "GET": Operation(
            summary="Export the tests of a policy",
            about="As `manage.py test_policy --tests` takes it. Tests for every policy of the team are not in it.",
            answer=FILE,
            errors=(404,),
        ),
        "POST": Operation(
            summary="Import a file of tests",
            about="All of them or none. Tests that are there already stay; sending the same again changes nothing.",
            body=SENT,
            answer=IMPORTED,
            errors=(404, 409),
        ),
    }

    def get(self, request: Request, policy_id: int) -> HttpResponse:
        return self.show(json.loads(file_of(self.viewer, policy_get(self.viewer, policy_id))))

    def post(self, request: Request, policy_id: int) -> HttpResponse:
        policy, sent = policy_get(self.viewer, policy_id), self.body()["file"]
        found = read_tests(self.document_text(sent, "file"))
        if found.faults:
            raise InvalidInput(
                [_problem(each, is_text=isinstance(sent, str)) for each in found.faults[:MAX_DETAILS]]
            )
        try:
            done = import_cases(by=self.viewer, policy=policy, filed=found.tests)
        except InvalidInput as refused:
            raise InvalidInput(
                [
                    Problem(f"/file{each.pointer}", each.detail, each.code)
                    for each in refused.problems[:MAX_DETAILS]
                ]
            ) from None
        return self.show({"added": [show_case(case) for case in done.added], "unchanged": done.unchanged})


def show_survivor(each: Survivor) -> dict[str, Any]:
    mutant = each.mutant
    change = {"code": mutant.code, "path": mutant.pointer, "change": mutant.said}
    return {**change, "widens": each.widens, "test": None if each.test is None else as_json(each.test)}


def _problem(fault: FileFault, *, is_text: bool) -> Problem:
    """Of a text the lines and columns are the caller's, of an object the pointers are."""
    if not is_text:
        return Problem(f"/file{fault.pointer}", fault.detail, fault.code)
    inside = f" ({fault.pointer})" if fault.pointer else ""
    detail = f"line {fault.line}, column {fault.column}{inside}: {fault.detail}"
    return Problem("/file", detail, fault.code)


urlpatterns = [
    path("policies/<id_:policy_id>/tests/run/", RunTests.as_view(), name="policy-tests-run"),
    path("policies/<id_:policy_id>/tests/mutants/", Mutants.as_view(), name="policy-tests-mutants"),
    path("policies/<id_:policy_id>/tests/offered/", Offered.as_view(), name="policy-tests-offered"),
    path("policies/<id_:policy_id>/tests/file/", File.as_view(), name="policy-tests-file"),
]
