"""Access denied: what somebody saw is pasted, understood, explained, and answered with the smallest change.

What is pasted goes by POST and is stored nowhere; the address of an answer holds the question without the pasted text.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from policystudio.access import Access
from policystudio.accounts.selectors import accounts
from policystudio.analysis.deciding import NOT_CONSIDERED
from policystudio.analysis.repairing import Diagnosis, diagnose
from policystudio.analysis.request import faults
from policystudio.catalog.model import Catalogue
from policystudio.ram.render import Target
from policystudio.ram.resources import split
from policystudio.teams.permissions import Act
from policystudio.web.asking.answer import answered
from policystudio.web.asking.choice import Choice, Stored, Wrong
from policystudio.web.asking.context_rows import context_rows, keys_offered
from policystudio.web.asking.judging import by_field, faults_of
from policystudio.web.asking.question import Question, of_address, of_form
from policystudio.web.asking.sources import Asked, read, rows
from policystudio.web.denied.candidates import Candidates, candidates, likely
from policystudio.web.denied.pasted import LIMITS, Pasted, pasted
from policystudio.web.denied.proposed import proposed
from policystudio.web.denied.words import told
from policystudio.web.menu import tabs
from policystudio.web.page import Page, PageView, Tab
from policystudio.web.pages.simulator import catalogue_of, resource_fields, texts

TEMPLATE = "denied/denied.html"
READ = "read"
SEEN = "seen_text"
"""The id of the field for what was seen."""


class Denied(PageView):
    """Reads, explains and proposes. Nothing is stored."""

    access = {"GET": Access(Act.READ), "POST": Access(Act.READ)}

    def get(self, request: HttpRequest) -> HttpResponse:
        question = of_address(request.GET)
        return self._shown(question, None, is_sent=question.is_asked)

    def post(self, request: HttpRequest) -> HttpResponse:
        catalogue = catalogue_of(self.viewer)
        said, typed = pasted(request.POST, catalogue), of_form(request.POST, catalogue)
        is_reading = request.POST.get("do") == READ or "which" in request.POST
        if not is_reading:
            choice = _with_added(typed.choice, request.POST)
            return self._shown(replace(typed, choice=choice), said, is_sent=True)
        question = said.question(_place(typed.choice))
        if not question.is_asked:
            return self._shown(typed, said, is_sent=False)
        question = replace(question, choice=typed.choice)
        if not typed.choice and _is_whole(question):
            question = replace(question, choice=likely(self._candidates(question).found))
        return self._shown(question, said, is_sent=False)

    def _candidates(self, question: Question) -> Candidates:
        """The policies that are released where the resource is."""
        fields = split(question.resource)
        if not _is_whole(question) or fields is None or not (fields.account and fields.region):
            return Candidates()
        target = Target(fields.account, fields.region)
        return candidates(self.viewer, question.request, target, question.choice)

    def _shown(self, question: Question, said: Pasted | None, *, is_sent: bool) -> HttpResponse:
        catalogue = catalogue_of(self.viewer)
        asked, wrong = read(self.viewer, question.choice)
        if is_sent or _is_whole(question):
            # Without a policy the answer is a new one.
            wrong += [each for each in faults_of(question) if question.choice or each.field != "policy-0"]
        if said is not None and len(said.text) > LIMITS.max_characters:
            wrong.append(Wrong(SEEN, _("Paste a part of it: at most a million characters are read.")))
        is_answered = _is_whole(question) and not wrong
        carried = context_rows(question.context, asked, catalogue)
        context = {
            "said": said,
            "question": question,
            "asked": asked,
            "errors": by_field(wrong),
            "summary": [(each.field, each.text) for each in wrong],
            "tabs": tabs("simulator", "denied"),
            "is_begun": question.is_asked or bool(wrong) or bool(question.choice),
            "address": f"{reverse('denied')}?{question.query}",
            "texts": texts(question.choice),
            "rows": rows(self.viewer, question.choice),
            "actions": list(catalogue.actions.values()),
            "context_rows": carried,
            "has_wanted": any(row.is_wanted for row in carried),
            "keys": keys_offered(catalogue),
            "candidates": self._candidates(question) if is_answered else Candidates(),
            **resource_fields(question, asked, catalogue),
            "accounts": [(each.number, each.name) for each in accounts(self.viewer)],
            "regions": list(catalogue.regions.values()),
            **(self._answer(question, said, asked, catalogue) if is_answered else {}),
        }
        return self.page(TEMPLATE, context, status=422 if wrong else 200)

    def _answer(
        self, question: Question, said: Pasted | None, asked: list[Asked], catalogue: Catalogue
    ) -> dict[str, Any]:
        reported = said.reported if said is not None else None
        documents = [each.document for each in asked]
        into = _number(self.request, "into", len(asked))
        changeable = None if into is None else [into]
        found = diagnose(documents, question.request, reported, changeable=changeable, catalogue=catalogue)
        answer = answered(question, asked, catalogue)
        chosen = _number(self.request, "change", len(found.repairs)) or 0
        change = None
        if found.repairs:
            repair = found.repairs[chosen]
            change = proposed(self.viewer, repair, asked, question.choice, question.request, catalogue)
        return {
            "found": found,
            "told": told(self.viewer, found, answer, asked),
            "answer": answer,
            "change": change,
            "chosen_change": chosen,
            "into": into,
            "others": [
                (number, each.title) for number, each in enumerate(asked) if _is_other(found, chosen, number)
            ],
            "may_write": self.viewer.may(Act.WRITE),
            "not_considered": NOT_CONSIDERED,
        }


def _is_whole(question: Question) -> bool:
    """Whether a request is asked that can be judged."""
    return bool(question.action and question.resource) and not faults(question.request)


def _place(choice: Choice) -> Target | None:
    """Where the first chosen policy lies, for a resource whose place nobody has said."""
    found = (Target(each.account, each.region) for each in choice.stored if each.account and each.region)
    return next(found, None)


def _with_added(choice: Choice, form: QueryDict) -> Choice:
    """The choice with the policy that a button adds: policy, account and region."""
    policy, account, region = (*form.get("add", "").split("|"), "", "", "")[:3]
    if not policy:
        return choice
    return replace(choice, stored=(*choice.stored, Stored(policy, "", account, region)))


def _is_other(found: Diagnosis, chosen: int, number: int) -> bool:
    """Whether the document with this number is not the one that the change is of."""
    return bool(found.repairs) and found.repairs[chosen].document != number


def _number(request: HttpRequest, name: str, count: int) -> int | None:
    """The number that a button or the address gives, below `count`; None where it gives none.

    What was chosen before counts only for another change: with other policies it would be a number of something else.
    """
    before = request.POST.get(f"was_{name}", "") if "change" in request.POST else ""
    text = request.POST.get(name) or before or request.GET.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 4 and int(text) < count else None


PAGE = Page(
    urls=(path("denied/", Denied.as_view(), name="denied"),),
    section="simulator",
    tab=Tab(gettext_lazy("Access denied"), order=50, url_name="denied"),
)
