"""The policies that are released where a request was refused, each with what it says of the request by itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from policystudio.analysis.deciding import Decision, evaluate
from policystudio.analysis.given import read_given
from policystudio.analysis.request import Request
from policystudio.ram.render import Target
from policystudio.review.chosen import RELEASED
from policystudio.review.released import documents_at
from policystudio.teams.viewer import Viewer
from policystudio.web.asking.choice import MAX_STORED, Choice, Stored

MOST_LOOKED_AT = 200
"""Released documents of one account and region that are asked."""
_WORDS: dict[tuple[Decision, bool], tuple[str | Promise, str]] = {
    (Decision.EXPLICIT_DENY, False): (gettext_lazy("denies it"), "deny"),
    (Decision.IMPLICIT_DENY, True): (gettext_lazy("nearly allows it"), "info"),
    (Decision.UNKNOWN, False): (gettext_lazy("cannot be told"), "unknown"),
    (Decision.ALLOW, False): (gettext_lazy("allows it"), "allow"),
    (Decision.IMPLICIT_DENY, False): (gettext_lazy("does not speak of it"), "none"),
}
_ORDER = list(_WORDS)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A released policy; `is_near` where nothing in it allows the request and a statement nearly does."""

    policy_id: int
    name: str
    target: Target
    decision: Decision
    is_near: bool
    rank: int
    is_chosen: bool = False

    @property
    def word(self) -> str:
        return str(_WORDS[self.decision, self.is_near][0])

    @property
    def look(self) -> str:
        return _WORDS[self.decision, self.is_near][1]

    @property
    def stored(self) -> Stored:
        """As a choice names it."""
        return Stored(str(self.policy_id), RELEASED, self.target.account, self.target.region)


@dataclass(frozen=True, slots=True)
class Candidates:
    """Those that were asked, the likeliest first; `is_all` where there are no more than those."""

    found: tuple[Candidate, ...] = ()
    is_all: bool = True


def candidates(viewer: Viewer, request: Request, target: Target, choice: Choice) -> Candidates:
    """Those that deny first, then those that nearly allow, by how much they miss."""
    chosen = {each.policy for each in choice.stored}
    found = []
    documents = list(documents_at(viewer, target)[: MOST_LOOKED_AT + 1])
    for stored in documents[:MOST_LOOKED_AT]:
        document = read_given(stored.text).document
        if document is None:
            continue
        said = evaluate([document], request)
        is_near = said.decision is Decision.IMPLICIT_DENY and bool(said.near)
        missing = len(said.near[0].failing) if is_near else 0
        rank = _ORDER.index((said.decision, is_near)) * 10 + missing
        is_chosen = str(stored.policy_id) in chosen
        name = stored.policy.name
        found.append(Candidate(stored.policy_id, name, target, said.decision, is_near, rank, is_chosen))
    found.sort(key=lambda each: each.rank)
    return Candidates(tuple(found), len(documents) <= MOST_LOOKED_AT)


def likely(found: Sequence[Candidate]) -> Choice:
    """The policies to begin with, as the request was refused: those that deny or nearly allow, else those that allow.

    Decision: one that allows is not what the caller has, or something outside refused; so it is chosen last.
    """
    near = [
        each for each in found if each.is_near or each.decision in (Decision.EXPLICIT_DENY, Decision.UNKNOWN)
    ]
    allowing = [each for each in found if each.decision is Decision.ALLOW]
    return Choice(tuple(each.stored for each in (near or allowing)[:MAX_STORED]))
