"""What the documents of a policy answer to its cases."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from policystudio.analysis.testing.expectation import Verdict, asked_at
from policystudio.analysis.testing.running import Answered, Result
from policystudio.analysis.testing.spots import NOWHERE
from policystudio.cases.models import Case
from policystudio.errors import InvalidInput, NotFound
from policystudio.policies.models import Policy
from policystudio.ram.render import Target
from policystudio.review.tested import AskedAt, ask_at
from policystudio.teams.viewer import Viewer
from policystudio.web.asking.answer import LOOKS, WORDS
from policystudio.web.asking.choice import Choice, Stored
from policystudio.web.asking.question import Question


@dataclass(frozen=True, slots=True)
class CaseLine:
    """A case with what came of it; `verdict` is None where nothing was asked, and `refused` says why not.

    `shown` is one answer with that verdict, `failing` are all that are not as expected; `before` is the verdict of the
    released revision, where that is asked for.
    """

    case: Case
    address: str
    verdict: Verdict | None = None
    shown: Answered | None = None
    failing: tuple[Answered, ...] = ()
    asked: int = 0
    policy: Policy | None = None
    number: int = 0
    refused: str = ""
    before: Verdict | None = None

    @property
    def word(self) -> str:
        return str(WORDS[self.shown.decision]) if self.shown else ""

    @property
    def look(self) -> str:
        return LOOKS.get(self.shown.decision, "deny") if self.shown else ""


def run(viewer: Viewer, those: Sequence[Case], where: Stored) -> Iterator[CaseLine]:
    """Each case asked of the documents at `where`; what is not said there is the case's own.

    A case for every policy is asked only where a policy is named. Each policy is read once.
    """
    by_policy: dict[str, list[Case]] = defaultdict(list)
    for case in those:
        by_policy[_policy(case, where)].append(case)
    known: dict[str, AskedAt | InvalidInput | NotFound] = {}
    for number, cases in by_policy.items():
        if number:
            try:
                known[number] = ask_at(viewer, int(number), cases, *where[1:])
            except (InvalidInput, NotFound) as refused:
                known[number] = refused
    for case in those:
        found = known.get(_policy(case, where))
        if isinstance(found, AskedAt):
            result = next((each.result for each in found.results if each.case.pk == case.pk), None)
            yield line_of(case, found.policy, found.number, result, where)
        else:
            address = question_of(case, place_of(case, where)).address
            yield CaseLine(case, address, refused=found.message if found else "")


def line_of(case: Case, policy: Policy, number: int, result: Result | None, where: Stored) -> CaseLine:
    """The line of a case with what came of it; None where it does not concern the policy."""
    place = place_of(case, where)
    if result is None:
        return CaseLine(case, question_of(case, place).address, Verdict.NOT_ASKED, policy=policy)
    shown = result.shown
    if shown is not None and shown.target != NOWHERE:
        place = place._replace(account=shown.target.account, region=shown.target.region)
    address = question_of(case, place).address
    return CaseLine(case, address, result.verdict, shown, result.failing, len(result.answers), policy, number)


def _policy(case: Case, where: Stored) -> str:
    return str(case.policy_id) if case.policy_id is not None else where.policy


def place_of(case: Case, where: Stored) -> Stored:
    """Where the case is asked: of its own policy, and for its own target where no other is named."""
    has_place = where.account or where.region
    account, region = (where.account, where.region) if has_place else (case.account, case.region)
    return Stored(_policy(case, where), where.revision, account, region)


def question_of(case: Case, place: Stored) -> Question:
    """The case as a question to the simulator, in the place's target if it has one."""
    account, region = place.account or NOWHERE.account, place.region or NOWHERE.region
    request = asked_at(case.request, Target(account, region))
    choice = Choice(stored=(place,) if place.policy else ())
    return Question(choice, request.action, request.resource, tuple(request.context.items()))
