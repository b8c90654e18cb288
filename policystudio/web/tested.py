"""The tests of a policy as its own page and its reviews show them, and how good they are, in words."""

from __future__ import annotations

import json
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from policystudio.analysis.mutants.mutant import Mutant
from policystudio.analysis.mutants.scoring import Score, Survivor, score
from policystudio.analysis.testing.expectation import PolicyTest, Verdict
from policystudio.analysis.testing.files import MARK, VERSION, Filed, as_json, read_tests
from policystudio.analysis.testing.intents import Why, intents
from policystudio.cases.blocking import CaseResult, document_of, spots_for
from policystudio.cases.models import Case
from policystudio.errors import InvalidInput, Problem
from policystudio.policies.models import Policy, Revision
from policystudio.policies.selectors import revision_get, targets_of
from policystudio.ram.locate import value_at
from policystudio.review.models import Review
from policystudio.review.standing import Standing
from policystudio.review.tested import AskedAt, Gone, results_at_release, since_release
from policystudio.standards.selectors import standards_of
from policystudio.teams.viewer import Viewer
from policystudio.web.asking.choice import Choice, Stored
from policystudio.web.asking.expected import CaseLine, line_of
from policystudio.web.asking.question import Question

BRIEFLY, LONGER = 1_500, 10_000
"""Milliseconds for the score on a page, and where somebody asks for more."""
IN_REVIEW = 700
MAX_SURVIVORS = 50
_ORDER = list(Verdict)


@dataclass(frozen=True, slots=True)
class SurvivorLine:
    """A change that no test notices: in words, where, and the test that would notice it."""

    said: str
    href: str
    line: int
    widens: bool
    test: PolicyTest | None
    value: str
    address: str


@dataclass(frozen=True, slots=True)
class ScoreLines:
    """The score in one sentence, what was not counted, and the changes that no test notices."""

    score: Score
    said: str
    uncounted: tuple[str, ...]
    survivors: tuple[SurvivorLine, ...]
    more: int


@dataclass(frozen=True, slots=True)
class TestsOfReview:
    """`is_over` where they are those of a release that was made, as they were then."""

    lines: tuple[CaseLine, ...]
    gone: tuple[Gone, ...]
    has_release: bool
    is_unreadable: bool
    score: ScoreLines | None
    is_over: bool = False

    @property
    def failing(self) -> list[CaseLine]:
        return [line for line in self.lines if line.verdict is not Verdict.HOLDS]

    @property
    def holding(self) -> list[CaseLine]:
        return [line for line in self.lines if line.verdict is Verdict.HOLDS]


def tests_of_review(viewer: Viewer, review: Review, stands: Standing) -> TestsOfReview | None:
    """The tests of an open review, or those that were there when it was released; None where nothing is to be said."""
    policy, results, number = review.policy, stands.tests or (), stands.revision
    if review.is_finished:
        found = results_at_release(viewer, review)
        if found is None:
            return None
        results, number = tuple(found[1]), found[0].revision.number
    since = since_release(viewer, review, results)
    if review.is_finished and not results and not since.gone:
        return None
    lines = [
        replace(line, before=since.before[line.case.pk].verdict if line.case.pk in since.before else None)
        for line in lines_of(policy, number, results)
    ]
    has_release, is_unreadable = since.release is not None, stands.tests is None
    if review.is_finished:
        return TestsOfReview(tuple(lines), since.gone, has_release, False, None, is_over=True)
    scored = _score_in_review(viewer, policy, number, results)
    return TestsOfReview(tuple(lines), since.gone, has_release, is_unreadable, scored)


def _score_in_review(
    viewer: Viewer, policy: Policy, number: int, results: Sequence[CaseResult]
) -> ScoreLines | None:
    if not results:
        return None
    revision = revision_get(viewer, policy.pk, number)
    document = document_of(revision.source)
    if document is None:
        return None
    spots = tuple(spots_for(policy, targets_of(policy)))
    return score_lines(AskedAt(policy, number, False, tuple(results), document, spots), revision, IN_REVIEW)


def lines_of(policy: Policy, number: int, results: Sequence[CaseResult]) -> list[CaseLine]:
    """The tests with what came of them at a revision, those that do not hold first."""
    where = Stored(str(policy.pk), str(number))
    made = [line_of(each.case, policy, number, each.result, where) for each in results]
    return sorted(made, key=lambda line: _ORDER.index(line.verdict) if line.verdict else 0)


def score_lines(found: AskedAt, revision: Revision, milliseconds: int) -> ScoreLines:
    """How many small changes of the revision its tests notice."""
    policy = found.policy
    counted = score(
        found.document,
        found.spots,
        found.tests,
        catalogue=standards_of(policy.team_id).catalogue,
        milliseconds=milliseconds,
    )
    # The places of the edits are those of the source, as the page of the revision shows it.
    href = reverse("revision", args=[policy.pk, revision.number]) + "#shown-L"
    # New access that nobody would notice comes first.
    survivors = sorted(counted.survivors, key=lambda each: not each.widens)
    lines = [_survivor(found, each, href) for each in survivors[:MAX_SURVIVORS]]
    return ScoreLines(
        counted, said(counted), tuple(_uncounted(counted)), tuple(lines), len(survivors) - len(lines)
    )


def said(found: Score) -> str:
    """The score as a sentence."""
    if found.percent is None:
        return _("No small change of the document could be counted.")
    return _("The tests notice %(killed)d of %(counted)d small changes of the document (%(percent)d %%).") % {
        "killed": len(found.killed),
        "counted": found.counted,
        "percent": found.percent,
    }


def _uncounted(found: Score) -> list[str]:
    """What does not count, and why."""
    lines = []
    if found.equal:
        lines.append(
            ngettext(
                "%(n)d change is not counted, as it provably changes no answer.",
                "%(n)d changes are not counted, as they provably change no answer.",
                len(found.equal),
            )
            % {"n": len(found.equal)}
        )
    if found.unknown:
        lines.append(
            ngettext(
                "Of %(n)d change it cannot be told whether it changes anything.",
                "Of %(n)d changes it cannot be told whether they change anything.",
                len(found.unknown),
            )
            % {"n": len(found.unknown)}
        )
    if found.left:
        lines.append(
            ngettext(
                "%(n)d change was not looked at, as the time was up.",
                "%(n)d changes were not looked at, as the time was up.",
                found.left,
            )
            % {"n": found.left}
        )
    return lines


def _survivor(found: AskedAt, survivor: Survivor, href: str) -> SurvivorLine:
    value, test = value_at(found.document.value, survivor.mutant.pointer), survivor.test
    line = found.document.source.place(value.start if value is not None else 0).line
    address = ""
    if test is not None:
        place = Stored(str(found.policy.pk), str(found.number), test.account, test.region)
        context = tuple(test.request.context.items())
        address = Question(Choice((place,)), test.request.action, test.request.resource, context).address
    return SurvivorLine(
        mutant_words(survivor.mutant),
        f"{href}{line}",
        line,
        survivor.widens,
        test,
        packed(test) if test is not None else "",
        address,
    )


@dataclass(frozen=True, slots=True)
class Offer:
    """A test that follows from the statements, with what it is about and a value for the form."""

    test: PolicyTest
    about: str
    value: str
    is_first: bool


def offers_of(asked_at: AskedAt, there: Sequence[Case]) -> list[Offer]:
    """The tests that can be taken over with a check box: none whose question is asked already."""
    catalogue = standards_of(asked_at.policy.team_id).catalogue
    asked = {_question(case.test) for case in there}
    names = {case.name.casefold() for case in there}
    words = {
        Why.USE: _("What it is for"),
        Why.OTHER_RESOURCE: _("Not with another one"),
        Why.OTHER_ACCOUNT: _("Not in another account"),
        Why.WITHOUT_KEY: _("Not when the request lacks it"),
        Why.OTHER_VALUE: _("Not with another value"),
        Why.DENIED: _("Denied by a statement of its own"),
        Why.OTHER_ACTION: _("Not the gravest other action"),
    }
    found = [
        each
        for each in intents(asked_at.document, asked_at.spots, catalogue)
        if _question(each.test) not in asked and each.test.name.casefold() not in names
    ]
    found.sort(key=lambda each: list(Why).index(each.why))
    return [
        Offer(each.test, words[each.why], packed(each.test), not at or found[at - 1].why != each.why)
        for at, each in enumerate(found)
    ]


def _question(test: PolicyTest) -> Hashable:
    return test.request.action, test.request.resource, tuple(test.request.context.items()), test.expectation


def packed(test: PolicyTest) -> str:
    """A test as a form sends it back."""
    return json.dumps(as_json(test), ensure_ascii=False)


def unpacked(values: Sequence[str]) -> Sequence[Filed] | InvalidInput:
    """The tests that a form sent back, read as a file of tests is."""
    if not values:
        return InvalidInput([Problem("", _("Choose at least one test."), "required")])
    found = read_tests(f'{{"{MARK}": {VERSION}, "tests": [{",".join(values)}]}}')
    if found.faults:
        return InvalidInput([Problem(each.pointer, each.detail, each.code) for each in found.faults])
    return found.tests


def mutant_words(mutant: Mutant) -> str:
    """What was changed, in the language that is active."""
    words = {
        "add-action": _("the action %(before)s is added"),
        "drop-action": _("the action %(before)s is dropped"),
        "drop-condition": _("the condition %(before)s is dropped"),
        "drop-condition-value": _("the value %(before)s of %(after)s is dropped"),
        "drop-excluded": _("%(before)s is not left out any more"),
        "drop-resource": _("the resource %(before)s is dropped"),
        "drop-statement": _("the %(before)s statement is dropped"),
        "widen-resource": _("the resource %(before)s becomes %(after)s"),
    }.get(mutant.code, _("%(before)s becomes %(after)s"))
    return words % {"before": f"`{mutant.before}`", "after": f"`{mutant.after}`"}
