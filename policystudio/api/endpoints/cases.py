"""`/cases/`: saved requests with the answer that is expected, and what the documents of a policy answer now."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.urls import path, reverse
from rest_framework.request import Request as HttpApiRequest

from policystudio.access import Access
from policystudio.analysis.deciding import Decision
from policystudio.analysis.request import Request
from policystudio.analysis.testing.expectation import Verdict
from policystudio.analysis.testing.running import Answered, Result
from policystudio.analysis.testing.spots import NOWHERE
from policystudio.api.answers import timestamp
from policystudio.api.endpoint import Endpoint
from policystudio.api.endpoints.simulate import REQUEST
from policystudio.api.fields import Flag, Text
from policystudio.api.operation import Operation
from policystudio.api.pagination import Order
from policystudio.api.shapes import ACCOUNT, COUNT, ID, MOMENT, REGION, USERNAME
from policystudio.api.structures import ListOf, Null, Shape
from policystudio.cases.models import Case
from policystudio.cases.selectors import case_get, cases
from policystudio.cases.services.add_case import MAX_NAME, MAX_NOTE, add_case
from policystudio.cases.services.remove_case import remove_case
from policystudio.errors import InvalidInput, NotFound, Problem
from policystudio.policies.selectors import policy_get
from policystudio.review.tested import AskedAt, ask_at
from policystudio.teams.permissions import Act

EXPECTATION = Text(
    choices=[str(each) for each in Case.Expectation.values],
    is_judged_elsewhere=True,
    example="deny",
    about="What the answer must be. A denial is one whether a Deny or nobody's Allow makes it.",
)
NAME = Text(
    min_characters=1, max_characters=MAX_NAME, is_judged_elsewhere=True, example="Nobody deletes the key"
)
NOTE = Text(max_characters=MAX_NOTE, is_judged_elsewhere=True, example="asked for by the auditors")
OF_POLICY = Null(
    of=ID, about="null: for every policy of the team, which needs the role reviewer to add and to remove."
)
FIELDS = {"name": NAME, "request": REQUEST, "expectation": EXPECTATION}
SHOWN = Shape(
    name="Case",
    about="`account` and `region` are the target that it is for; null: every one. Resource and context may hold "
    "`${region}` and `${account}`, which become those of each target.",
    required={
        "id": ID,
        "policy": OF_POLICY,
        **FIELDS,
        "account": Null(of=Text()),
        "region": Null(of=Text()),
        "note": Text(),
        "added_by": USERNAME,
        "added_at": MOMENT,
    },
)
NEW = Shape(
    name="CaseNew",
    required=FIELDS,
    optional={"policy": OF_POLICY, "account": Null(of=ACCOUNT), "region": Null(of=REGION), "note": NOTE},
    read_only=("id", "added_by", "added_at"),
)
WHERE = Shape(
    name="CaseRun",
    optional={
        "policy": Null(of=ID, about="Needed for a case of the whole team; else it is the case's own."),
        "revision": Text(
            max_characters=16,
            is_judged_elsewhere=True,
            about="A number, `released` or `newest`; left out: the released one, else the newest.",
            example="newest",
        ),
        "account": Null(of=ACCOUNT),
        "region": Null(of=REGION),
    },
)
ANSWER = Shape(
    name="CaseAnswer",
    about="Of a policy without targets account and region are null: it is asked with its placeholders left.",
    required={
        "account": Null(of=Text()),
        "region": Null(of=Text()),
        "decision": Text(choices=[str(each) for each in Decision]),
        "verdict": Text(choices=[str(each) for each in Verdict]),
    },
)
MAX_SHOWN = 100
OUTCOME = {
    "verdict": Text(choices=[str(each) for each in Verdict]),
    "decision": Null(of=Text(choices=[str(each) for each in Decision]), about="In the target that is shown."),
    "account": Null(of=Text(), about="A target with that verdict."),
    "region": Null(of=Text()),
    "asked": COUNT,
    "not_holding": COUNT,
    "answers": ListOf(
        item=ANSWER,
        max_items=MAX_SHOWN,
        about=f"The answer in each target, those that are not as expected first; {MAX_SHOWN} at most are shown.",
    ),
}
RESULT = Shape(
    name="CaseResult",
    about="The gravest verdict of all targets that were asked. `unknown`: the documents do not settle it; `not_asked`: "
    "the policy is not stored where the case is for.",
    required={**OUTCOME, "policy": ID, "revision": COUNT, "is_released": Flag()},
)


def show_result(result: Result) -> dict[str, Any]:
    """What came of a case, as `OUTCOME`."""
    shown, failing = result.shown, set(result.failing)
    answers = [*result.failing, *(each for each in result.answers if each not in failing)]
    return {
        "verdict": str(result.verdict),
        "decision": None if shown is None else str(shown.decision),
        **_place(shown),
        "asked": len(answers),
        "not_holding": len(failing),
        "answers": [
            {**_place(each), "decision": str(each.decision), "verdict": str(each.verdict)}
            for each in answers[:MAX_SHOWN]
        ],
    }


def shown_at(found: AskedAt) -> dict[str, Any]:
    """Of which revision it was asked."""
    return {"policy": found.policy.pk, "revision": found.number, "is_released": found.is_released}


def _place(answer: Answered | None) -> dict[str, Any]:
    is_somewhere = answer is not None and answer.target != NOWHERE
    account, region = answer.target if answer is not None and is_somewhere else (None, None)
    return {"account": account, "region": region}


def show_case(case: Case) -> dict[str, Any]:
    return {
        "id": case.pk,
        "policy": case.policy_id,
        "name": case.name,
        "request": case.request.as_json(),
        "expectation": case.expectation,
        "account": case.account or None,
        "region": case.region or None,
        "note": case.note,
        "added_by": case.added_by_name,
        "added_at": timestamp(case.added_at),
    }


class Cases(Endpoint):
    """The team's cases, and adding one."""

    access = {"GET": Access(Act.READ), "POST": Access(Act.WRITE)}
    operations = {
        "GET": Operation(
            summary="List the cases",
            about="With `policy`: those of this policy and those for every policy.",
            query={"policy": ID},
            answer=SHOWN,
            is_paged=True,
        ),
        "POST": Operation(
            summary="Save a request with the answer that is expected",
            body=NEW,
            answer=SHOWN,
            creates=True,
            has_etag=True,
            errors=(409,),
        ),
    }

    def get(self, request: HttpApiRequest) -> HttpResponse:
        return self.page(cases(self.viewer, self.query.get("policy")), show_case, Order("pk"))

    def post(self, request: HttpApiRequest) -> HttpResponse:
        return self.create(self._made)

    def _made(self) -> HttpResponse:
        body = self.body()
        asked = body["request"]
        number = body.get("policy")
        case = add_case(
            by=self.viewer,
            name=body["name"],
            request=Request(asked["action"], asked["resource"], asked.get("context", {})),
            expectation=body["expectation"],
            policy=None if number is None else self._policy(number),
            account=body.get("account") or "",
            region=body.get("region") or "",
            note=body.get("note", ""),
        )
        location = reverse("api:case", kwargs={"case_id": case.pk})
        return self.show(show_case(case), version=case.version, status=201, location=location)

    def _policy(self, number: int) -> Any:
        try:
            return policy_get(self.viewer, number)
        except NotFound:
            raise InvalidInput([Problem("/policy", "there is no such policy", "unknown-policy")]) from None


class OneCase(Endpoint):
    """One case; it is never changed, only removed and added anew."""

    access = {"GET": Access(Act.READ), "DELETE": Access(Act.WRITE)}
    operations = {
        "GET": Operation(summary="Show a case", answer=SHOWN, has_etag=True, errors=(404,)),
        "DELETE": Operation(summary="Remove a case", status=204, needs_match=True, errors=(404,)),
    }

    def get(self, request: HttpApiRequest, case_id: int) -> HttpResponse:
        case = case_get(self.viewer, case_id)
        return self.show(show_case(case), version=case.version)

    def delete(self, request: HttpApiRequest, case_id: int) -> HttpResponse:
        case = case_get(self.viewer, case_id)
        return self.remove(show_case(case), case.version, remove_case, case=case)


class RunCase(Endpoint):
    """What the documents of a policy answer. Nothing is stored."""

    access = {"POST": Access(Act.READ)}
    operations = {
        "POST": Operation(
            summary="Run a case against a revision, in every target that it is for or in one",
            body=WHERE,
            answer=RESULT,
            errors=(404,),
        )
    }

    def post(self, request: HttpApiRequest, case_id: int) -> HttpResponse:
        case = case_get(self.viewer, case_id)
        body = self.body()
        number = case.policy_id or body.get("policy")
        if number is None or (case.policy_id and body.get("policy") not in (None, case.policy_id)):
            detail = "this case is for every policy; say which one" if number is None else "it is of another"
            raise InvalidInput([Problem("/policy", detail, "required" if number is None else "wrong-policy")])
        found = ask_at(
            self.viewer,
            number,
            [case],
            body.get("revision", ""),
            body.get("account") or "",
            body.get("region") or "",
        )
        result = found.results[0].result if found.results else Result(case.test, ())
        return self.show({**show_result(result), **shown_at(found)})


urlpatterns = [
    path("cases/", Cases.as_view(), name="cases"),
    path("cases/<id_:case_id>/", OneCase.as_view(), name="case"),
    path("cases/<id_:case_id>/run/", RunCase.as_view(), name="case-run"),
]
