"""Documents compiled once, to decide many requests quickly and without a reason; reasons are given by `evaluate`.

Source: ram-language, section 5; analysis-design, section 2: what cannot be told is decided twice, once with every
doubt resolved against access and once in favour of it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple, Self

from policystudio.analysis.deciding.entries import Answer, Entry, compiled
from policystudio.analysis.deciding.globs import Fits
from policystudio.analysis.deciding.names import Named, ResourceFits, any_action, any_resource, named
from policystudio.analysis.deciding.reading import STATED, Decision, Reading
from policystudio.analysis.request import Request
from policystudio.ram.document import Document, Statement
from policystudio.ram.patterns import fold, has_wildcard


class Bounds(NamedTuple):
    """The decision with every doubt against access, and with every doubt in favour; in truth it is one of the two."""

    least: Decision
    most: Decision

    @property
    def decision(self) -> Decision:
        """What is certain: the one decision, or that it cannot be told."""
        return self.least if self.least is self.most else Decision.UNKNOWN

    @property
    def is_allowed(self) -> Answer:
        """Whether the request gets through; also told where only the kind of denial is in doubt."""
        if self.least is Decision.ALLOW:
            return True
        return None if self.most is Decision.ALLOW else False


def bounds(denies: Answer, allows: Answer) -> Bounds:
    """From whether some Deny matches and whether some Allow does, None where it cannot be told."""
    if denies is True:
        return Bounds(Decision.EXPLICIT_DENY, Decision.EXPLICIT_DENY)
    most = Decision.IMPLICIT_DENY if allows is False else Decision.ALLOW
    if denies is None:
        return Bounds(Decision.EXPLICIT_DENY, most)
    return Bounds(Decision.ALLOW if allows is True else Decision.IMPLICIT_DENY, most)


@dataclass(frozen=True, slots=True)
class Compiled:
    """One statement, ready to be asked; `has_action` takes a folded action."""

    has_action: Fits
    has_resource: ResourceFits
    entries: tuple[Entry, ...]

    def matches(self, action: str, resource: Named, request: Request) -> Answer:
        if not self.has_action(action) or not self.has_resource(resource):
            return False
        answer: Answer = True
        for entry in self.entries:
            holds = entry.holds(request.context.get(entry.key))
            if holds is False:
                return False
            if holds is None:
                answer = None
        return answer


class Policies:
    """A set of documents that are attached together; their order has no meaning."""

    __slots__ = ("_allows", "_denies")

    def __init__(self, allows: _ByAction, denies: _ByAction) -> None:
        self._allows = allows
        self._denies = denies

    @classmethod
    def of(cls, documents: Iterable[Document], reading: Reading = STATED) -> Self:
        """The documents, compiled."""
        allows, denies = _ByAction(), _ByAction()
        for document in documents:
            for statement in document.statements:
                (allows if statement.is_allow else denies).add(statement, reading)
        return cls(allows, denies)

    def decide(self, request: Request) -> Decision:
        """The decision on a request. Raises: ValueError for what is no request, see `request.faults`."""
        return self.bounds(request).decision

    def bounds(self, request: Request) -> Bounds:
        """As `decide`, with both sides of what cannot be told."""
        action, resource = fold(request.action), named(request.resource)
        denies = self._denies.any_matches(action, resource, request)
        if denies is True:
            return _DENIED
        return bounds(denies, self._allows.any_matches(action, resource, request))


_DENIED = bounds(True, False)


class _ByAction:
    """The statements of one effect: those that only name actions in full are found by name, all others are asked."""

    __slots__ = ("_by_name", "_others")

    def __init__(self) -> None:
        self._by_name: dict[str, list[Compiled]] = defaultdict(list)
        self._others: list[Compiled] = []

    def add(self, statement: Statement, reading: Reading) -> None:
        """Take in a statement."""
        made = compiled_statement(statement, reading)
        names = [fold(entry.text) for entry in statement.actions]
        if statement.not_actions or any(map(has_wildcard, names)):
            self._others.append(made)
            return
        for name in dict.fromkeys(names):
            self._by_name[name].append(made)

    def any_matches(self, action: str, resource: Named, request: Request) -> Answer:
        """Whether one of the statements matches."""
        answer: Answer = False
        for statement in self._for(action):
            matches = statement.matches(action, resource, request)
            if matches is True:
                return True
            if matches is None:
                answer = None
        return answer

    def _for(self, action: str) -> Iterator[Compiled]:
        yield from self._by_name.get(action, ())
        yield from self._others


def compiled_statement(statement: Statement, reading: Reading = STATED) -> Compiled:
    """The statement with its lists looked up instead of walked through."""
    return Compiled(
        has_action=_but_not(any_action(map(str, statement.not_actions)))
        if statement.not_actions
        else any_action(map(str, statement.actions)),
        has_resource=_without(any_resource(map(str, statement.not_resources)))
        if statement.not_resources
        else any_resource(map(str, statement.resources)),
        entries=tuple(compiled(condition, reading) for condition in statement.conditions),
    )


def _but_not(fits: Fits) -> Fits:
    return lambda action: not fits(action)


def _without(fits: ResourceFits) -> ResourceFits:
    return lambda resource: not fits(resource)
