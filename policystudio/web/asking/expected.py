"""What the documents of a policy answer to its cases."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from policystudio.analysis.deciding import Decision, Policies
from policystudio.cases.models import Case
from policystudio.cases.verdict import Verdict, verdict
from policystudio.errors import InvalidInput, NotFound
from policystudio.review.chosen import ChosenDocument, choose
from policystudio.teams.viewer import Viewer
from policystudio.web.asking.answer import LOOKS, WORDS
from policystudio.web.asking.choice import Choice, Stored
from policystudio.web.asking.question import Question


@dataclass(frozen=True, slots=True)
class CaseLine:
    """A case with what came of it; `verdict` is None where nothing was asked, and `refused` says why not."""

    case: Case
    address: str
    verdict: Verdict | None = None
    decision: Decision | None = None
    found: ChosenDocument | None = None
    refused: str = ""

    @property
    def word(self) -> str:
        return str(WORDS[self.decision]) if self.decision else ""

    @property
    def look(self) -> str:
        return LOOKS.get(self.decision, "deny") if self.decision else ""


def run(viewer: Viewer, those: Iterable[Case], where: Stored) -> Iterator[CaseLine]:
    """Each case asked of the documents at `where`; what is not said there is the case's own.

    A case for every policy is asked only where a policy is named. One document is read once.
    """
    known: dict[Stored, tuple[ChosenDocument, Policies] | InvalidInput | NotFound] = {}
    for case in those:
        place = place_of(case, where)
        if not place.policy:
            yield CaseLine(case, question_of(case, place).address)
            continue
        if place not in known:
            try:
                found = choose(viewer, int(place.policy), *place[1:])
                known[place] = (found, Policies.of([found.document]))
            except (InvalidInput, NotFound) as refused:
                known[place] = refused
        judge = known[place]
        address = question_of(case, place).address
        if isinstance(judge, InvalidInput | NotFound):
            yield CaseLine(case, address, refused=judge.message)
            continue
        bounds = judge[1].bounds(case.request)
        yield CaseLine(case, address, verdict(case.expectation, bounds), bounds.decision, judge[0])


def place_of(case: Case, where: Stored) -> Stored:
    """Where the case is asked: of its own policy, and for its own target where no other is named."""
    policy = str(case.policy_id) if case.policy_id is not None else where.policy
    has_place = where.account or where.region
    account, region = (where.account, where.region) if has_place else (case.account, case.region)
    return Stored(policy, where.revision, account, region)


def question_of(case: Case, place: Stored) -> Question:
    """The case as a question to the simulator."""
    context = tuple(case.context.items())
    choice = Choice(stored=(place,) if place.policy else ())
    return Question(choice, case.action, case.resource, context)
