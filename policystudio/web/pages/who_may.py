"""Who may do what: one question in the address, answered over everything that the team exports now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from policystudio.access import Access
from policystudio.analysis.sentences import condition_text
from policystudio.errors import InvalidInput
from policystudio.review.chosen import RELEASED
from policystudio.search.answering import Answer, Cause, Hit, Verdict, who_may
from policystudio.search.models import SearchedDocument
from policystudio.search.question import Question
from policystudio.standards.selectors import standards_of
from policystudio.teams.permissions import Act
from policystudio.web.asking.choice import Choice, Stored
from policystudio.web.languages import sentence_language
from policystudio.web.page import MenuEntry, Page, PageView
from policystudio.web.pages.policies import choices
from policystudio.web.paging import Slice, cut

FIELDS = ("action", "resource", "account", "region", "context", "complete", "denied")
PAGE_SIZE = 25
MAX_CHARACTERS = 16_384


@dataclass(frozen=True, slots=True)
class Reason:
    """A statement with a part in the answer; `limits` are the conditions that the question leaves open, in words."""

    cause: Cause
    number: int
    href: str
    limits: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One document that allows it. `simulator` asks the same of that document alone; "" where no request is meant."""

    hit: Hit
    reasons: tuple[Reason, ...]
    simulator: str
    all_of_it: str
    """Leads to everything that the document allows, line by line."""

    @property
    def is_contradicted(self) -> bool:
        """Whether nothing is left though no Deny by itself takes all of it."""
        return self.hit.is_by_proof and self.hit.verdict is Verdict.DENIED


class WhoMay(PageView):
    """The form, and below it the answer once there is a question."""

    access = {"GET": Access(Act.READ)}

    def get(self, request: HttpRequest) -> HttpResponse:
        given = {name: request.GET.get(name, "").strip() for name in FIELDS}
        errors = unusable(given)
        found: Slice[SearchedDocument] | None = None
        lines: list[Line] = []
        counts = None
        question, unread = question_of(given)
        if unread:
            errors.setdefault("context", []).extend(unread)
        if given["action"] and not errors:
            try:
                answer = who_may(self.viewer, question)
            except InvalidInput as refused:
                for problem in refused.problems:
                    errors.setdefault(problem.pointer.split("/")[1], []).append(problem.detail)
            else:
                listed = answer.denied if given["denied"] else answer.documents
                found = cut(request, listed, field="name", size=PAGE_SIZE)
                lines, counts = lines_of(answer, found.rows), answer.counts()
        elif any(given.values()) and not errors:
            errors["action"] = [_("Say which action, such as kms:Decrypt.")]
        asked = request.GET.copy()
        asked.pop("cursor", None)
        asked.pop("denied", None)
        context = {
            "given": given,
            "errors": errors,
            "options": choices(self.viewer),
            "actions": [
                action.name for action in standards_of(self.viewer.team_id).catalogue.actions.values()
            ],
            "lines": lines,
            "counts": counts,
            "page": found,
            "is_narrower": any(line.hit.is_by_proof for line in lines),
            "allowing_href": f"?{asked.urlencode()}",
            "denied_href": f"?{asked.urlencode()}&denied=true",
            "problems": [(name, text) for name, texts in errors.items() for text in texts],
        }
        return self.page("search/who_may.html", context, status=422 if errors else 200)


def unusable(given: dict[str, str]) -> dict[str, list[str]]:
    """What no question can be made of: texts that are too long or hold a NUL, and choices that there are not."""
    errors = {}
    for name, text in given.items():
        if len(text) > MAX_CHARACTERS:
            told = _("At most %(n)d characters are taken.") % {"n": MAX_CHARACTERS}
        elif "\0" in text:
            told = _("The character NUL is refused.")
        elif name in ("complete", "denied") and text not in ("", "true"):
            told = _("This is true or left out.")
        else:
            continue
        errors[name] = [told]
    return errors


def question_of(given: dict[str, str]) -> tuple[Question, list[str]]:
    """The question, and what is wrong with the lines of its context."""
    context: dict[str, str] = {}
    wrong = []
    for number, line in enumerate(given["context"].splitlines(), start=1):
        key, equals, value = line.strip().partition("=")
        if not line.strip():
            continue
        if not equals or not key.strip():
            wrong.append(_("Line %(n)d: write KEY=VALUE, such as acs:SourceIp=203.0.113.9.") % {"n": number})
        elif key.strip() in context:
            wrong.append(_("Line %(n)d: this key has a value already.") % {"n": number})
        context[key.strip()] = value.strip()
    question = Question(
        action=given["action"],
        resource=given["resource"] or None,
        context=context,
        is_complete=bool(given["complete"]),
        account=given["account"] or None,
        region=given["region"] or None,
    )
    return question, wrong


def lines_of(answer: Answer, documents: Sequence[SearchedDocument]) -> list[Line]:
    """The documents with their reasons, each leading to its line."""
    return [_line(hit, answer.question) for hit in answer.hits(documents)]


def _line(hit: Hit, question: Question) -> Line:
    document = hit.document
    place = reverse("policy_target", args=[document.policy_id, document.account, document.region])
    reasons = tuple(
        Reason(
            cause,
            int(cause.path.rpartition("/")[2]) + 1,
            f"{place}#released-L{cause.line}",
            tuple(condition_text(limit, sentence_language()) for limit in cause.limits),
        )
        for cause in hit.causes
    )
    return Line(hit, reasons, _simulator(document, question), _all_of_it(document))


def _all_of_it(document: SearchedDocument) -> str:
    stored = Stored(str(document.policy_id), RELEASED, document.account, document.region)
    return f"{reverse('comparison')}?{urlencode(list(Choice((stored,)).pairs('after_')))}"


def _simulator(document: SearchedDocument, question: Question) -> str:
    if question.resource is None or not question.is_exact:
        return ""
    asked = [
        ("policy", str(document.policy_id)),
        ("account", document.account),
        ("region", document.region),
        ("action", question.action),
        ("resource", question.resource),
        *(("context", f"{key}={value}") for key, value in question.context.items()),
    ]
    return f"{reverse('simulator')}?{urlencode(asked)}"


PAGE = Page(
    urls=(path("who-may/", WhoMay.as_view(), name="who_may"),),
    menu=MenuEntry(
        label=gettext_lazy("Who may"), icon="search", order=42, url_name="who_may", shortcut="g f"
    ),
)
