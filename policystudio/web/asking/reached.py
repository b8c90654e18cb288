"""What is reached in several steps, as the page shows it: a way for each goal, with links and a picture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from policystudio.analysis.comparing.statements import Place
from policystudio.analysis.escalation import Answer, Escalation, Kind, Reach, Step
from policystudio.analysis.escalation.permissions import Grant
from policystudio.analysis.escalation.transition import transitions
from policystudio.analysis.request import Request
from policystudio.analysis.sentences.pieces import quoted
from policystudio.web.asking.choice import Choice
from policystudio.web.asking.path_picture import Picture, picture
from policystudio.web.asking.question import Question
from policystudio.web.asking.sources import Asked, statement_at
from policystudio.web.asking.step_words import found_words, goal_words, step_words
from policystudio.web.proposal.card import reason_in_words

MOST_NAMED = 8
"""So many objects of one way are named; the others are counted."""


class Links(Protocol):
    """Where the statements and requests of a way can be looked at."""

    def statement(self, by: Place) -> tuple[str, str]:
        """The words for a statement, and its address."""

    def simulator(self, request: Request) -> str:
        """Where the request can be asked, nothing where it cannot."""


class Permission(NamedTuple):
    """What lets a request of a step through; `simulator` and `href` may be empty."""

    request: str
    by: str
    href: str
    simulator: str
    condition: str


class StepLine(NamedTuple):
    """One step; one without permissions needs none."""

    number: int
    text: str
    permissions: tuple[Permission, ...]
    source: str
    is_inferred: bool


@dataclass(frozen=True, slots=True)
class Way:
    """One goal with its steps."""

    heading: str
    on: tuple[str, ...]
    more: int
    steps: tuple[StepLine, ...]
    picture: Picture | None
    is_from_odd_state: bool


@dataclass(frozen=True, slots=True)
class Reached:
    """The answer: ways in several steps, those in doubt, direct ones, and goals that are not reached."""

    tone: str
    headline: str
    steps: tuple[Way, ...]
    unknown: tuple[Way, ...]
    direct: tuple[Way, ...]
    no: tuple[Way, ...]
    doubt: str

    @property
    def plain(self) -> tuple[Way, ...]:
        """Ways in several steps that begin as things mostly are."""
        return tuple(way for way in self.steps if not way.is_from_odd_state)

    @property
    def odd(self) -> tuple[Way, ...]:
        """Ways that first undo something: a key that is disabled, on the way out or without material."""
        return tuple(way for way in self.steps if way.is_from_odd_state)


class Chosen:
    """Links into documents that were chosen."""

    def __init__(self, choice: Choice, asked: Sequence[Asked]) -> None:
        self._question = Question(choice)
        self._asked = asked

    def statement(self, by: Place) -> tuple[str, str]:
        asked = self._asked[by.document]
        values = {"n": statement_at(asked, by.path).index + 1, "document": asked.title}
        text = _("statement %(n)s") if len(self._asked) == 1 else _("statement %(n)s of %(document)s")
        return text % values, asked.link(by.path)

    def simulator(self, request: Request) -> str:
        question = self._question.asking(request)
        return f"{question.address}#answer" if question.fits_an_address else ""


def reached(found: Escalation, links: Links) -> Reached:
    """The answer in words."""
    by_answer = {answer: tuple(way(each, links) for each in found.of(answer)) for answer in Answer}
    tones = {Answer.STEPS: "security_warning", Answer.UNKNOWN: "warning"}
    return Reached(
        tone=tones.get(found.answer, "success"),
        headline=_headline(found, len(by_answer[Answer.STEPS])),
        steps=by_answer[Answer.STEPS],
        unknown=by_answer[Answer.UNKNOWN],
        direct=by_answer[Answer.DIRECT],
        no=by_answer[Answer.NO],
        doubt="" if found.reason is None else reason_in_words(found.reason),
    )


def way(reach: Reach, links: Links) -> Way:
    """One goal with its steps, links and picture."""
    path = reach.path or ()
    names = list(dict.fromkeys(found_words(each) for each in reach.on))
    return Way(
        heading=goal_words(reach.goal, reach.on[0]),
        on=tuple(names[:MOST_NAMED]),
        more=max(0, len(names) - MOST_NAMED),
        steps=tuple(_line(number, step, links) for number, step in enumerate(path, 1)),
        picture=picture(path, reach.goal) if len(path) > 1 else None,
        is_from_odd_state=reach.is_from_odd_state,
    )


def _headline(found: Escalation, count: int) -> str:
    if found.answer is Answer.STEPS:
        text = ngettext(
            "%(n)s way leads in several steps to what is not allowed at once",
            "%(n)s ways lead in several steps to what is not allowed at once",
            count,
        )
        return text % {"n": count}
    if found.answer is Answer.UNKNOWN:
        return _("Not all of it can be told")
    return _("Nothing is reached in several steps that is not allowed at once")


def _line(number: int, step: Step, links: Links) -> StepLine:
    transition = transitions()[step.name]
    return StepLine(
        number,
        step_words(step),
        tuple(_permission(grant, links) for grant in step.grants),
        transition.source,
        transition.is_inferred,
    )


def _permission(grant: Grant, links: Links) -> Permission:
    request = grant.request
    said = _("%(action)s on %(resource)s") % {
        "action": quoted(request.action),
        "resource": quoted(request.resource),
    }
    held = [
        _("%(key)s is %(value)s") % {"key": quoted(key), "value": quoted(value)}
        if value is not None
        else _("%(key)s is not sent") % {"key": quoted(key)}
        for key, value in grant.assumed
    ]
    condition = _("while %(conditions)s") % {"conditions": _(" and ").join(held)} if held else ""
    if grant.by is None:
        of_key = request.resource.split(":", 4)[4].startswith(f"{Kind.KEY}/")
        by = _("allowed by the key policy") if of_key else _("allowed by the secret policy")
        return Permission(said, by, "", "", condition)
    text, href = links.statement(grant.by)
    return Permission(
        said, _("allowed by %(statement)s") % {"statement": text}, href, links.simulator(request), condition
    )
