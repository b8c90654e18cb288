"""What one statement says about a request, element by element, and what decided.

Every statement is judged whole, also after one of its elements has failed. The words are for people; programs read the
outcome and the pointers.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple, TypeVar

from policystudio.analysis.deciding.entries import Doubt, Entry, compiled, deciding_value
from policystudio.analysis.deciding.globs import glob
from policystudio.analysis.deciding.names import Named, action_fits, named, resource_fits
from policystudio.analysis.deciding.reading import Outcome, Reading
from policystudio.analysis.request import Request
from policystudio.ram.document import Effect, Statement, Text
from policystudio.ram.finding import shown
from policystudio.ram.patterns import fold
from policystudio.ram.resources import is_everything, split

T = TypeVar("T")

MISSING = "key not in the request"


class Element(NamedTuple):
    """One element of a statement: `name` is `action`, `resource` or `condition`, `path` where it stands.

    `by` is the entry or value of the document that decided, None where nothing in the list fits. A condition has its
    `operator` and `key`, and a `doubt` where it is undetermined.
    """

    name: str
    path: str
    outcome: Outcome
    by: Text | None
    detail: str
    operator: str | None = None
    key: str | None = None
    doubt: Doubt | None = None

    @property
    def title(self) -> str:
        """How the element is called in a sentence."""
        return f"the {self.name}" if self.key is None else shown(self.key)

    def as_json(self) -> dict[str, Any]:
        """The element as the API shows it."""
        return {
            "element": self.name,
            "path": self.path,
            "outcome": str(self.outcome),
            "operator": self.operator,
            "key": self.key,
            "by": None if self.by is None else {"path": self.by.path, "text": self.by.text},
            "detail": self.detail,
        }


class Trace(NamedTuple):
    """What a statement says; `document` is the index of its document in what was given."""

    document: int
    path: str
    effect: Effect
    sid: str | None
    outcome: Outcome
    elements: tuple[Element, ...]

    @property
    def failing(self) -> tuple[Element, ...]:
        """The elements that do not fit."""
        return tuple([element for element in self.elements if element.outcome is Outcome.NO_MATCH])

    def as_json(self) -> dict[str, Any]:
        """The trace as the API shows it."""
        return {
            "document": self.document,
            "path": self.path,
            "effect": str(self.effect),
            "sid": self.sid,
            "outcome": str(self.outcome),
            "elements": [element.as_json() for element in self.elements],
        }


class Asked(NamedTuple):
    """A request, prepared to be asked of many statements; `action` is folded."""

    request: Request
    action: str
    resource: Named


def asked(request: Request) -> Asked:
    """The request, prepared. Raises: ValueError for what is no request, see `request.faults`."""
    return Asked(request, fold(request.action), named(request.resource))


def traced(document: int, statement: Statement, of: Asked, reading: Reading) -> Trace:
    """What the statement of the document with this index says about the request."""
    elements = [_action(statement, of), _resource(statement, of)]
    elements += [_condition(compiled(condition, reading), of.request) for condition in statement.conditions]
    outcomes = [element.outcome for element in elements]
    if Outcome.NO_MATCH in outcomes:
        outcome = Outcome.NO_MATCH
    else:
        outcome = Outcome.UNDETERMINED if Outcome.UNDETERMINED in outcomes else Outcome.MATCH
    sid = None if statement.sid is None else statement.sid.text
    return Trace(document, statement.path, statement.effect, sid, outcome, tuple(elements))


def _action(statement: Statement, of: Asked) -> Element:
    entries = statement.not_actions or statement.actions
    by = _first(entries, action_fits, of.action)
    return _listed("action", statement, bool(statement.not_actions), by, of.request.action, "")


def _resource(statement: Statement, of: Asked) -> Element:
    entries = statement.not_resources or statement.resources
    by = _first(entries, resource_fits, of.resource)
    hint = "" if by is not None or statement.not_resources else _nearest(entries, of.resource)
    return _listed("resource", statement, bool(statement.not_resources), by, of.request.resource, hint)


def _first(
    entries: Sequence[Text], compiled_of: Callable[[str], Callable[[T], bool]], part: T
) -> Text | None:
    """The first entry that fits a part of the request."""
    for entry in entries:
        if compiled_of(entry.text)(part):
            return entry
    return None


def _listed(
    name: str,
    statement: Statement,
    is_negated: bool,
    by: Text | None,
    asked: str,
    hint: str,
) -> Element:
    """An element that is a list of patterns, or everything but these."""
    element = f"{'Not' if is_negated else ''}{name.capitalize()}"
    path = f"{statement.path}/{element}"
    fits = (by is None) is is_negated
    if by is not None:
        detail = f"{shown(by.text)} in `{element}` {'leaves it out' if is_negated else 'fits'}"
    elif is_negated:
        detail = f"`{element}` does not leave out {shown(asked)}"
    else:
        detail = f"nothing in `{element}` fits {shown(asked)}{hint}"
    return Element(name, path, Outcome.MATCH if fits else Outcome.NO_MATCH, by, detail)


def _nearest(entries: Sequence[Text], resource: Named) -> str:
    """How the entry that comes nearest differs; nothing where none is near."""
    asked = resource.fields
    if asked is None:
        return "; an operation without a resource of its own is reached by `*` alone"
    nearest: tuple[int, str] | None = None
    for entry in entries:
        fields = split(entry.text)
        if is_everything(entry.text) or fields is None:
            continue
        differing = [
            (label, field, part)
            for label, field, part in zip(_LABELS, fields, asked, strict=True)
            if field != part and not glob(field)(part)
        ]
        if len(differing) < (nearest[0] if nearest else 3):
            named = " and ".join(label for label, _, _ in differing)
            in_case = all(glob(fold(field))(fold(part)) for _, field, part in differing)
            how = "differs in letter case only" if in_case else "differs"
            nearest = (len(differing), f"; nearest is {shown(entry.text)}, whose {named} {how}")
    return nearest[1] if nearest else ""


_LABELS = ("service", "region", "account", "name")


def _condition(entry: Entry, request: Request) -> Element:
    condition = entry.condition
    given = request.context.get(entry.key)
    holds = entry.holds(given)
    doubt = entry.doubt_about(given) if holds is None else None
    by = deciding_value(entry, given) if holds is not None and given is not None else None
    return Element(
        name="condition",
        path=condition.path,
        outcome={True: Outcome.MATCH, False: Outcome.NO_MATCH, None: Outcome.UNDETERMINED}[holds],
        by=by,
        detail=doubt.detail if doubt is not None else _reason(entry, given, by),
        operator=condition.operator.text,
        key=entry.key,
        doubt=doubt,
    )


def _reason(entry: Entry, given: str | None, by: Text | None) -> str:
    name = f"`{entry.condition.operator}`"
    if given is None:
        if not entry.is_negated:
            return MISSING
        return f"{MISSING}; {name} {'holds' if entry.if_missing else 'does not hold'} without it"
    if by is None:
        return f"{shown(given)} fits none of the values, so {name} {'holds' if entry.is_negated else 'does not hold'}"
    return (
        f"{shown(given)} fits {shown(by.text)}, so {name} {'does not hold' if entry.is_negated else 'holds'}"
    )
