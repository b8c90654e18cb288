"""Saved cases: the list with what the documents answer now, one case, saving one from a question, removing one."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from policystudio.access import Access
from policystudio.analysis.request import Request
from policystudio.analysis.testing.expectation import Verdict, generalised, open_texts
from policystudio.analysis.testing.spots import NOWHERE
from policystudio.cases.models import Case
from policystudio.cases.selectors import case_get, cases
from policystudio.cases.services.add_case import MAX_NAME, MAX_NOTE, act_on, add_case
from policystudio.cases.services.remove_case import remove_case
from policystudio.errors import Conflict, InvalidInput, Problem
from policystudio.policies.models import Policy
from policystudio.policies.selectors import policy_get, targets_of
from policystudio.ram.placeholders import count_known
from policystudio.ram.render import Target
from policystudio.review.chosen import NEWEST, RELEASED
from policystudio.teams.permissions import Act
from policystudio.teams.viewer import Viewer
from policystudio.web.asking.answer import answered
from policystudio.web.asking.choice import NAMES, Choice, Stored, Wrong, of_form
from policystudio.web.asking.expected import place_of, question_of, run
from policystudio.web.asking.judging import by_field, faults_of
from policystudio.web.asking.question import Question
from policystudio.web.asking.question import of_address as question_at
from policystudio.web.asking.sources import Row, is_id, read, rows
from policystudio.web.menu import tabs
from policystudio.web.page import Page, PageView, Tab, add_problems
from policystudio.web.pages.simulator import catalogue_of
from policystudio.web.paging import cut

OF_POLICY, OF_TEAM = "policy", "team"
EVERYWHERE, THERE = "everywhere", "there"


class CaseForm(forms.Form):
    """What is typed; the service judges it."""

    name = forms.CharField(
        label=gettext_lazy("Name"),
        help_text=gettext_lazy("What must hold, for example: Nobody outside the office decrypts."),
        max_length=MAX_NAME,
    )
    expectation = forms.ChoiceField(
        label=gettext_lazy("The answer must be"),
        choices=[
            (Case.Expectation.ALLOW, gettext_lazy("allowed")),
            (Case.Expectation.DENY, gettext_lazy("denied")),
        ],
        widget=forms.RadioSelect,
    )
    scope = forms.ChoiceField(label=gettext_lazy("It is for"), widget=forms.RadioSelect)
    where = forms.ChoiceField(label=gettext_lazy("It is asked"), widget=forms.RadioSelect)
    note = forms.CharField(
        label=gettext_lazy("Why"),
        help_text=gettext_lazy("For example: asked for by the auditors in March."),
        max_length=MAX_NOTE,
        widget=forms.Textarea,
        required=False,
    )

    def __init__(
        self,
        by: Viewer,
        policy: Policy | None,
        place: Stored,
        general: Request,
        *args: Any,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        where = self.fields["where"]
        assert isinstance(where, forms.ChoiceField)
        everywhere = _("in every target, of %(resource)s") % {"resource": general.resource}
        there = _("only in %(account)s %(region)s") % {"account": place.account, "region": place.region}
        where.choices = [(EVERYWHERE, everywhere), *([(THERE, there)] if place.account else [])]
        scope = self.fields["scope"]
        assert isinstance(scope, forms.ChoiceField)
        every = [(OF_TEAM, _("every policy of the team"))] if by.may(act_on(None)) else []
        this = [(OF_POLICY, _("the policy %(name)s") % {"name": policy.name})] if policy else []
        scope.choices = [*this, *every]


class Cases(PageView):
    """The cases and what the documents answer: of each case's own policy, or of the one that is chosen."""

    access = {"GET": Access(Act.READ), "POST": Access(Act.READ)}

    def get(self, request: HttpRequest) -> HttpResponse:
        where = where_of(request)
        policy_id = int(where.policy) if is_id(where.policy) else None
        chosen = Choice((where,) if where.policy else ())
        _asked, wrong = read(self.viewer, chosen)
        if not where.policy and where.revision not in ("", RELEASED, NEWEST):
            wrong.append(Wrong("revision-0", _("Choose a policy for a revision by its number.")))
        page = cut(request, cases(self.viewer, policy_id), field="name")
        lines = list(run(self.viewer, page.rows, Stored("") if wrong else where))
        counts = [(str(each), sum(line.verdict is each for line in lines)) for each in Verdict]
        context = {
            "lines": lines,
            "page": page,
            "counts": [(name, count) for name, count in counts if count],
            "row": rows(self.viewer, chosen)[0] if chosen else _no_policy(self.viewer, where),
            "errors": by_field(wrong),
            "summary": [(each.field, each.text) for each in wrong],
            "is_narrowed": any(where),
            "tabs": tabs("simulator", "cases"),
            "may_write": self.viewer.may(Act.WRITE),
        }
        return self.page("cases/cases.html", context, status=422 if wrong else 200)

    def post(self, request: HttpRequest) -> HttpResponse:
        """The form of the list becomes its address."""
        return self.go(_with_query(reverse("cases"), where_typed(request)))


class CasePage(PageView):
    """One case: the question, what is expected and why, and the answer at a revision and a target."""

    access = {"GET": Access(Act.READ), "POST": Access(Act.READ)}

    def get(self, request: HttpRequest, case_id: int) -> HttpResponse:
        case = case_get(self.viewer, case_id)
        where = where_of(request)
        place = place_of(case, where)
        _found, wrong = read(self.viewer, Choice((place,)) if place.policy else Choice())
        [line] = run(self.viewer, [case], Stored("") if wrong else where)
        if line.shown and line.shown.target != NOWHERE:
            place = place._replace(account=line.shown.target.account, region=line.shown.target.region)
        shown = Choice((place,)) if place.policy else Choice()
        asked = read(self.viewer, shown)[0]
        question = question_of(case, place)
        answer = answered(question, asked, catalogue_of(self.viewer)) if asked and not wrong else None
        context = {
            "case": case,
            "line": line,
            "answer": answer,
            "question": question,
            "stored": Question(Choice(), case.action, case.resource, tuple(case.context.items())),
            "row": rows(self.viewer, Choice((place_of(case, where),)) if place.policy else Choice())[0],
            "errors": by_field(wrong),
            "summary": [(each.field, each.text) for each in wrong],
            "may_remove": self.viewer.may(act_on(case.policy_id)),
            "api_url": request.build_absolute_uri(f"/api/v1/cases/{case.pk}/"),
            "crumbs": [(_("Saved cases"), reverse("cases"))],
        }
        return self.page("cases/case.html", context, status=422 if wrong else 200)

    def post(self, request: HttpRequest, case_id: int) -> HttpResponse:
        """The form that asks for another revision or target becomes the address."""
        case = case_get(self.viewer, case_id)
        return self.go(_with_query(reverse("case", args=[case.pk]), where_typed(request)))


class NewCase(PageView):
    """Saves the question of the address with the answer that is expected."""

    access = {"GET": Access(Act.WRITE), "POST": Access(Act.WRITE)}

    def get(self, request: HttpRequest) -> HttpResponse:
        question = question_at(request.GET)
        policy = self._policy(question)
        answer = self._answer(question)
        is_allowed = answer is not None and answer.evaluation.bounds.is_allowed is True
        first = {"expectation": str(Case.Expectation.ALLOW if is_allowed else Case.Expectation.DENY)}
        first |= {"scope": OF_POLICY if policy else OF_TEAM, "where": EVERYWHERE}
        form = CaseForm(self.viewer, policy, *self._place(question, policy), initial=first)
        return self._form(question, form)

    def post(self, request: HttpRequest) -> HttpResponseBase:
        question = question_at(request.GET)
        policy = self._policy(question)
        form = CaseForm(self.viewer, policy, *self._place(question, policy), request.POST)
        if not form.is_valid():
            return self._form(question, form, status=422)
        place, general = self._place(question, policy)
        given = form.cleaned_data
        is_everywhere = given["where"] == EVERYWHERE
        try:
            case = add_case(
                by=self.viewer,
                name=given["name"],
                request=general if is_everywhere else question.request,
                expectation=given["expectation"],
                policy=policy if given["scope"] == OF_POLICY else None,
                account="" if is_everywhere else place.account,
                region="" if is_everywhere else place.region,
                note=given["note"].replace("\r\n", "\n"),
            )
        except InvalidInput as refused:
            add_problems(form, _of_the_form(refused))
            return self._form(question, form, status=422)
        except Conflict as refused:
            form.add_error("name", refused.message)
            return self._form(question, form, status=422)
        return self.go(reverse("case", args=[case.pk]), _("The case is saved."))

    def _policy(self, question: Question) -> Policy | None:
        """The first policy that the question is about. Raises: NotFound, also for one of another team."""
        stored = question.choice.stored
        if not stored:
            return None
        return policy_get(self.viewer, int(stored[0].policy) if is_id(stored[0].policy) else 0)

    def _place(self, question: Question, policy: Policy | None) -> tuple[Stored, Request]:
        """The target that the question names, and the question with placeholders for it, or for one of the policy."""
        place = question.choice.stored[0] if question.choice.stored else Stored("")
        targets = [Target(place.account, place.region)] if place.account else []
        targets += targets_of(policy) if policy is not None and not targets else []
        general = [generalised(question.request, target) for target in targets]
        # The one that explains most of the names in the question.
        return place, max(
            general, key=lambda each: sum(map(count_known, open_texts(each))), default=question.request
        )

    def _answer(self, question: Question) -> Any:
        asked, wrong = read(self.viewer, question.choice)
        if wrong or list(faults_of(question)):
            return None
        return answered(question, asked, catalogue_of(self.viewer))

    def _form(self, question: Question, form: CaseForm, *, status: int = 200) -> HttpResponse:
        context = {
            "form": form,
            "question": question,
            "answer": self._answer(question),
            "is_several": len(question.choice.stored) > 1 or bool(question.choice.texts),
            "crumbs": [(_("Simulator"), question.address)],
        }
        return self.page("cases/new.html", context, status=status)


class RemoveCase(PageView):
    """Removes one."""

    access = {"POST": Access(Act.WRITE)}

    def post(self, request: HttpRequest, case_id: int) -> HttpResponseBase:
        case = case_get(self.viewer, case_id)
        text = request.POST.get("version", "")
        version = int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1
        remove_case(by=self.viewer, case=case, expected_version=version)
        is_from_policy = request.POST.get("to") == "policy" and case.policy_id is not None
        back = reverse("policy_tests", args=[case.policy_id]) if is_from_policy else reverse("cases")
        return self.go(back, _("The case %(name)s is removed.") % {"name": case.name})


def _of_the_form(refused: InvalidInput) -> InvalidInput:
    """The problems, those of the question above the form."""
    return InvalidInput(
        [
            Problem(p.pointer if p.pointer in ("/name", "/note") else "", p.detail, p.code)
            for p in refused.problems
        ]
    )


def where_of(request: HttpRequest) -> Stored:
    """Of which documents the address asks the cases; each part may be missing."""
    return Stored(*(request.GET.get(name, "").strip() for name in NAMES))


def where_typed(request: HttpRequest) -> Stored:
    """The same from the form; without a policy only the revision counts."""
    stored = of_form(request.POST).stored
    return stored[0] if stored else Stored("", request.POST.get("revision", "").strip())


def _no_policy(viewer: Viewer, where: Stored) -> Row:
    """The row of the form where no policy is chosen."""
    return replace(rows(viewer, Choice())[0], stored=where)


def _with_query(address: str, where: Stored) -> str:
    query = urlencode([(name, value) for name, value in zip(NAMES, where, strict=True) if value])
    return f"{address}?{query}" if query else address


PAGE = Page(
    urls=(
        path("cases/", Cases.as_view(), name="cases"),
        path("cases/new/", NewCase.as_view(), name="new_case"),
        path("cases/<int:case_id>/", CasePage.as_view(), name="case"),
        path("cases/<int:case_id>/remove/", RemoveCase.as_view(), name="case_remove"),
    ),
    section="simulator",
    tab=Tab(gettext_lazy("Saved cases"), order=90, url_name="cases"),
)
