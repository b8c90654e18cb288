"""One review, in the order in which a reviewer asks: what is missing, what it grants, what changes, who said what.

Deciding, commenting, releasing and withdrawing are forms of this page; what is refused is shown on it, with what was
typed.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template.loader import render_to_string
from django.urls import path, reverse
from django.utils.translation import gettext as _

from policystudio.access import Access
from policystudio.errors import Conflict, InvalidInput, NotAllowed, ServiceError
from policystudio.guardrails.loosened import held_back, loosened_over
from policystudio.guardrails.switched_off import switched_off_lately
from policystudio.review.models import Review, Verdict
from policystudio.review.released import release_of
from policystudio.review.selectors import comment_get, comments, review_get, standing
from policystudio.review.services.comment import comment
from policystudio.review.services.decide import decide
from policystudio.review.services.refusals import DigestMovedOn
from policystudio.review.services.release import release
from policystudio.review.services.resolve import resolve
from policystudio.review.services.withdraw import withdraw
from policystudio.teams.permissions import Act
from policystudio.web.faults import status_of
from policystudio.web.guardrails import breach_lines
from policystudio.web.page import Page, PageView
from policystudio.web.proposal.change import Proposal, proposal
from policystudio.web.proposal.conditions import conditions, is_ready, problems_of_the_text
from policystudio.web.proposal.conversation import Thread, conversation, threads_by_line, threads_of
from policystudio.web.proposal.course import happenings, lightened_since_approval, steps
from policystudio.web.proposal.deciding import moved, own_last, seal, why_not
from policystudio.web.proposal.places import at_line
from policystudio.web.tested import tests_of_review
from policystudio.web.waivers import waiver_lines

MAX_LINE_DIGITS = 6


class ReviewView(PageView):
    """What every form of the page shares: finding the review, and showing the page with what was refused."""

    def show(self, review: Review, *, refused: ServiceError | None = None, **typed: Any) -> HttpResponse:
        """The page. `typed` is what a refused form held."""
        context = {**self.facts(review), "refused": refused, "typed": typed}
        if typed.get("form") == "comment" and refused:
            context["comment_errors"] = [problem.detail for problem in refused.problems]
        if isinstance(refused, DigestMovedOn):
            context["moved"] = moved(typed.get("sealed", ""), review.policy, context["what"])
        return self.page("review/review.html", context, status=status_of(refused) if refused else 200)

    def facts(self, review: Review) -> dict[str, Any]:
        """Everything that the page shows of a review."""
        viewer, policy = self.viewer, review.policy
        stands = standing(review)
        what = proposal(viewer, review, stands)
        released = release_of(viewer, review)
        lighter = lightened_since_approval(review, stands, what)
        threads = threads_of(comments(viewer, review), what.history, what.revision)
        held = [] if review.is_finished else held_back(viewer, loosened_over(policy), stands.authors)
        revisions = reverse("policy", args=[policy.pk]) + "revisions/"
        return {
            "review": review,
            "policy": policy,
            "stands": stands,
            "what": what,
            "release": released,
            "conditions": [] if review.is_finished else conditions(viewer, review, stands, what),
            "is_explained": not problems_of_the_text(review, what)[1],
            "is_ready": not review.is_finished and not held and is_ready(review, stands, what),
            "held": held,
            "waivers": waiver_lines(viewer, stands.undecided),
            "breaches": breach_lines(viewer, stands.breaches, policy),
            "tests": tests_of_review(viewer, review, stands),
            "switched_off": switched_off_lately(
                policy, what.target_names, released.released_at if released else review.finished_at
            ),
            "lightened": lighter,
            "steps": steps(review, stands, released),
            "threads": threads,
            "open_threads": [thread for thread in threads if not thread.is_resolved],
            "markers": markers(threads),
            "entries": conversation(threads, stands),
            "happenings": happenings(review, stands, what, released, revisions, lighter),
            "why_not": why_not(viewer, review, stands, what.history),
            "own_last": own_last(viewer, stands),
            "seal": seal(policy, what),
            "may_comment": viewer.may(Act.COMMENT),
            "may_release": viewer.may(Act.RELEASE) and not review.is_finished,
            "may_write": viewer.may(Act.WRITE),
            "about": about(what, self.request.GET.get("line", "")),
            "api_url": self.request.build_absolute_uri(f"/api/v1/reviews/{review.pk}/"),
            "crumbs": [(_("Reviews"), reverse("reviews"))],
        }

    def text(self, name: str) -> str:
        """A typed text with the line ends of everywhere else."""
        return self.request.POST.get(name, "").replace("\r\n", "\n").strip()


def about(what: Proposal, line: str) -> dict[str, Any]:
    """What a new comment may be about: the line in the address, a statement, or all of it."""
    places = [("", _("The proposal as a whole"))]
    places += [
        (f"/Statement/{sentence.index}", _("Statement %(n)d") % {"n": sentence.index + 1})
        for sentence in what.result.sentences
    ]
    number = int(line) if line.isascii() and line.isdigit() and len(line) <= MAX_LINE_DIGITS else 0
    place = at_line(what.revision.source, number)
    if place:
        places.insert(0, (f"line:{number}", _("Line %(n)d") % {"n": number}))
    return {"places": places, "chosen": places[0][0], "quote": place.text if place else ""}


def markers(threads: list[Thread]) -> dict[int, str]:
    """Line of the text → a pointer to what was said there."""
    return {
        line: render_to_string("review/_markers.html", {"threads": found})
        for line, found in threads_by_line(threads).items()
    }


class ReviewPage(ReviewView):
    """The review as it stands now; `?line=` begins a comment there."""

    access = {"GET": Access(Act.READ)}

    def get(self, request: HttpRequest, review_id: int) -> HttpResponse:
        return self.show(review_get(self.viewer, review_id))


class Decide(ReviewView):
    """A verdict on exactly what the page showed: the form carries its digest."""

    access = {"POST": Access(Act.REVIEW)}

    def post(self, request: HttpRequest, review_id: int) -> HttpResponseBase:
        review = review_get(self.viewer, review_id)
        verdict, body = request.POST.get("verdict", ""), self.text("body")
        try:
            decide(
                by=self.viewer,
                review=review,
                verdict=verdict,
                digest=request.POST.get("digest", ""),
                body=body,
            )
        except (Conflict, InvalidInput, NotAllowed) as refused:
            typed = {"verdict": verdict, "decision_body": body, "sealed": request.POST.get("seal", "")}
            return self.show(review_get(self.viewer, review_id), refused=refused, form="decision", **typed)
        done = (
            _("Your approval is recorded.") if verdict == Verdict.APPROVE else _("Your request is recorded.")
        )
        return self.go(reverse("review", args=[review_id]), done)


class Say(ReviewView):
    """A new thread, or an answer to one."""

    access = {"POST": Access(Act.COMMENT)}

    def post(self, request: HttpRequest, review_id: int) -> HttpResponseBase:
        review = review_get(self.viewer, review_id)
        place, body, parent = request.POST.get("place", ""), self.text("body"), _number(request, "parent")
        line = place.removeprefix("line:") if place.startswith("line:") else ""
        try:
            said = comment(
                by=self.viewer,
                review=review,
                body=body,
                path=place if place.startswith("/") else None,
                line=int(line)
                if line.isascii() and line.isdigit() and len(line) <= MAX_LINE_DIGITS
                else None,
                revision=_number(request, "revision"),
                parent=parent,
            )
        except InvalidInput as refused:
            return self.show(review, refused=refused, form="comment", body=body, parent=parent, place=place)
        thread = said.parent_id or said.pk
        return self.go(f"{reverse('review', args=[review_id])}#thread-{thread}", _("Your comment is there."))


class Resolve(ReviewView):
    """Closes a thread, or opens it again."""

    access = {"POST": Access(Act.COMMENT)}

    def post(self, request: HttpRequest, comment_id: int) -> HttpResponseBase:
        thread = comment_get(self.viewer, comment_id)
        is_resolved = request.POST.get("resolved") == "yes"
        resolve(by=self.viewer, comment=thread, resolved=is_resolved)
        done = _("The thread is resolved.") if is_resolved else _("The thread is open again.")
        return self.go(f"{reverse('review', args=[thread.review_id])}#thread-{thread.pk}", done)


class Release(ReviewView):
    """Makes it what is exported; everything that stands in the way is shown on the page."""

    access = {"POST": Access(Act.RELEASE)}

    def post(self, request: HttpRequest, review_id: int) -> HttpResponseBase:
        review = review_get(self.viewer, review_id)
        try:
            release(by=self.viewer, review=review)
        except Conflict as refused:
            return self.show(review_get(self.viewer, review_id), refused=refused, form="release")
        return self.go(reverse("review", args=[review_id]), _("Released. The API serves it from now on."))


class Withdraw(ReviewView):
    """Ends the review without a release."""

    access = {"POST": Access(Act.RELEASE)}

    def post(self, request: HttpRequest, review_id: int) -> HttpResponseBase:
        review = review_get(self.viewer, review_id)
        try:
            withdraw(by=self.viewer, review=review)
        except Conflict as refused:
            return self.show(review_get(self.viewer, review_id), refused=refused, form="release")
        return self.go(reverse("review", args=[review_id]), _("The review is withdrawn; the draft stays."))


def _number(request: HttpRequest, name: str) -> int | None:
    text = request.POST.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else None


PAGE = Page(
    urls=(
        path("reviews/<int:review_id>/", ReviewPage.as_view(), name="review"),
        path("reviews/<int:review_id>/decide/", Decide.as_view(), name="review_decide"),
        path("reviews/<int:review_id>/comment/", Say.as_view(), name="review_comment"),
        path("reviews/<int:review_id>/release/", Release.as_view(), name="review_release"),
        path("reviews/<int:review_id>/withdraw/", Withdraw.as_view(), name="review_withdraw"),
        path("comments/<int:comment_id>/resolve/", Resolve.as_view(), name="comment_resolve"),
    )
)
