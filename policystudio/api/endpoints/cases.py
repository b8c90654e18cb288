"""`/cases/`: saved requests with the answer that is expected, and what the documents of a policy answer now."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.urls import path, reverse
from rest_framework.request import Request as HttpApiRequest

from policystudio.access import Access
from policystudio.analysis.deciding import Decision, Policies
from policystudio.analysis.request import Request
from policystudio.api.answers import timestamp
from policystudio.api.endpoint import Endpoint
from policystudio.api.endpoints.simulate import REQUEST
from policystudio.api.fields import Flag, Text
from policystudio.api.operation import Operation
from policystudio.api.pagination import Order
from policystudio.api.shapes import ACCOUNT, COUNT, ID, MOMENT, REGION, USERNAME
from policystudio.api.structures import Null, Shape
from policystudio.cases.models import Case
from policystudio.cases.selectors import case_get, cases
from policystudio.cases.services.add_case import MAX_NAME, MAX_NOTE, add_case
from policystudio.cases.services.remove_case import remove_case
from policystudio.cases.verdict import Verdict, verdict
from policystudio.errors import InvalidInput, NotFound, Problem
from policystudio.policies.selectors import policy_get
from policystudio.review.chosen import choose
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
OF_POLICY = Null(of=ID, about="null: for every policy of the team.")
FIELDS = {"name": NAME, "request": REQUEST, "expectation": EXPECTATION}
SHOWN = Shape(
    name="Case",
    about="`account` and `region` are the target that it was asked for; null is the first one of a policy.",
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
RESULT = Shape(
    name="CaseResult",
    about="`unknown`: the documents do not settle it.",
    required={
        "verdict": Text(choices=[str(each) for each in Verdict]),
        "decision": Text(choices=[str(each) for each in Decision]),
        "policy": ID,
        "revision": COUNT,
        "is_released": Flag(),
        "account": Null(of=Text()),
        "region": Null(of=Text()),
    },
)


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
            summary="Run a case against a revision and a target",
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
        has_place = body.get("account") or body.get("region")
        place = (body.get("account"), body.get("region")) if has_place else (case.account, case.region)
        found = choose(self.viewer, number, body.get("revision", ""), place[0] or "", place[1] or "")
        bounds = Policies.of([found.document]).bounds(case.request)
        return self.show(
            {
                "verdict": str(verdict(case.expectation, bounds)),
                "decision": str(bounds.decision),
                "policy": found.policy.pk,
                "revision": found.number,
                "is_released": found.is_released,
                "account": found.target.account if found.target else None,
                "region": found.target.region if found.target else None,
            }
        )


urlpatterns = [
    path("cases/", Cases.as_view(), name="cases"),
    path("cases/<id_:case_id>/", OneCase.as_view(), name="case"),
    path("cases/<id_:case_id>/run/", RunCase.as_view(), name="case-run"),
]
