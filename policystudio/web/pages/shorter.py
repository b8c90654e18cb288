"""A document, stored or pasted, written shorter with its proof; and in parts, where it is longer than RAM takes."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from policystudio.access import Access
from policystudio.errors import InvalidInput, Stale
from policystudio.policies.selectors import revision_get
from policystudio.policies.services.revise import revise
from policystudio.teams.permissions import Act
from policystudio.web.asking.choice import Choice, Stored, Wrong, of_address, of_form
from policystudio.web.asking.judging import by_field
from policystudio.web.asking.question import MAX_ADDRESS
from policystudio.web.asking.shortened import Shortened, shortened
from policystudio.web.asking.sources import Row, read, rows
from policystudio.web.forms.revision import typed_version
from policystudio.web.menu import tabs
from policystudio.web.page import Page, PageView, Tab
from policystudio.web.pages.simulator import catalogue_of

ALONE = "alone"


class ShorterView(PageView):
    """What shortening and storing share: the page with its answer."""

    def shown(
        self, choice: Choice, *, alone: bool, is_sent: bool = False, refused: str = "", status: int = 200
    ) -> HttpResponse:
        """The page; `refused` says why the result was not stored."""
        asked, wrong = read(self.viewer, choice)
        if len(choice.stored) + len(choice.texts) > 1:
            wrong.append(Wrong("policy-0", _("Choose one policy, or paste one document.")))
        if is_sent and not choice:
            wrong.append(Wrong("policy-0", _("Choose a policy, or paste a document.")))
        answer = None
        if asked and not wrong:
            answer = shortened(asked[0], catalogue_of(self.viewer), alone=alone)
        context = {
            "answer": answer,
            "asked": asked[:1] if answer else [],
            "alone": alone,
            "row": self._row(choice),
            "text": choice.texts[0] if choice.texts else "",
            "errors": by_field(wrong),
            "summary": [(each.field, each.text) for each in wrong],
            "refused": refused,
            "may_write": self.viewer.may(Act.WRITE),
            "tabs": tabs("simulator", "shorter"),
        }
        return self.page("shorter/shorter.html", context, status=422 if wrong else status)

    def _row(self, choice: Choice) -> Row:
        """The stored policy in the form; the source is for all targets, so none is chosen."""
        found = rows(self.viewer, replace(choice, stored=choice.stored[:1]))[0]
        return replace(found, targets=())


class Shorter(ShorterView):
    """Shortens what the address names; a form that is sent becomes such an address. Nothing is stored."""

    access = {"GET": Access(Act.READ), "POST": Access(Act.READ)}

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.shown(of_address(request.GET), alone=is_alone(request.GET))

    def post(self, request: HttpRequest) -> HttpResponse:
        choice, alone = of_form(request.POST), is_alone(request.POST)
        pairs = [*choice.pairs(), *([(ALONE, "1")] if alone else [])]
        if len(urlencode(pairs)) > MAX_ADDRESS or choice.wrong or not choice:
            return self.shown(choice, alone=alone, is_sent=True)
        return self.go(f"{reverse('shorter')}?{urlencode(pairs)}#answer")


class ShorterStore(ShorterView):
    """Stores the result as the next revision; it is worked out again here, and must be the one that was looked at."""

    access = {"POST": Access(Act.WRITE)}

    def post(self, request: HttpRequest) -> HttpResponse:
        alone = is_alone(request.POST)
        choice = Choice((Stored(request.POST.get("policy", ""), request.POST.get("revision", "")),))
        asked, wrong = read(self.viewer, choice)
        if wrong or not asked:
            return self.shown(choice, alone=alone)
        answer = shortened(asked[0], catalogue_of(self.viewer), alone=alone)
        if not answer.is_newest or answer.digest != request.POST.get("sha256", ""):
            text = _("The policy or the result has changed since you looked at it, so nothing was stored.")
            return self.shown(choice, alone=alone, refused=text, status=409)
        try:
            return self._stored(answer, request.POST)
        except Stale:
            text = _("The policy has changed since you looked at it, so nothing was stored. Look again.")
            return self.shown(choice, alone=alone, refused=text, status=412)
        except InvalidInput as refused:
            text = " ".join(problem.detail for problem in refused.problems) or refused.message
            return self.shown(choice, alone=alone, refused=text, status=422)

    def _stored(self, answer: Shortened, form: QueryDict) -> HttpResponse:
        """Raises: as `revise`."""
        chosen = answer.asked.chosen
        assert chosen is not None  # only a stored policy is newest
        before = revision_get(self.viewer, chosen.policy.pk, chosen.number)
        revision = revise(
            by=self.viewer,
            policy=chosen.policy,
            source=answer.found.text,
            message=form.get("message", "").replace("\r\n", "\n").strip(),
            reasons=before.reasons,
            expected_version=typed_version(self.request),
        )
        text = _("Saved as revision %(n)d.") % {"n": revision.number}
        return self.go(reverse("policy", args=[chosen.policy.pk]), text)


def is_alone(sent: QueryDict) -> bool:
    """Whether no other policy is said to be attached beside the document."""
    return bool(sent.get(ALONE))


PAGE = Page(
    urls=(
        path("shorter/", Shorter.as_view(), name="shorter"),
        path("shorter/store/", ShorterStore.as_view(), name="shorter_store"),
    ),
    section="simulator",
    tab=Tab(gettext_lazy("Shorten"), order=40, url_name="shorter"),
)
