"""The decision on a question in words, with the statements that make it and the requests that would get another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from policystudio.analysis.deciding import NOT_CONSIDERED, Decision, Evaluation, Trace, evaluate
from policystudio.analysis.nudge import Nudge, Step, nudged
from policystudio.analysis.sentences.pieces import quoted
from policystudio.catalog.model import Catalogue
from policystudio.ram.document import Effect
from policystudio.web.asking.question import Question
from policystudio.web.asking.sources import Asked, statement_at
from policystudio.web.words import listed

WORDS: dict[Decision, str | Promise] = {
    Decision.ALLOW: gettext_lazy("Allowed"),
    Decision.EXPLICIT_DENY: gettext_lazy("Denied"),
    Decision.IMPLICIT_DENY: gettext_lazy("Denied"),
    Decision.UNKNOWN: gettext_lazy("Unknown"),
}
MOST_NUDGED = 5
"""For so many near misses a request that fits is looked for."""
LOOKS = {Decision.ALLOW: "allow", Decision.UNKNOWN: "unknown"}
_ADVICE: dict[str, str | Promise] = {
    "unreadable-in-request": gettext_lazy("Ask with a value that the operator can read."),
    "unknown-operator": gettext_lazy("Write the condition with an operator that RAM documents."),
    "set-operator": gettext_lazy("Write the condition without the prefix, or try it in the cloud."),
    "two-boolean-values": gettext_lazy("Leave one value in the document."),
    "unreadable-value": gettext_lazy("Correct the value in the document."),
}


@dataclass(frozen=True, slots=True)
class ElementLine:
    """One element: how it stands, what it is called, why, and where it is written."""

    outcome: str
    name: str
    operator: str
    detail: str
    link: str


@dataclass(frozen=True, slots=True)
class StatementLine:
    number: int
    sid: str
    effect: str
    outcome: str
    link: str
    is_deciding: bool
    elements: tuple[ElementLine, ...]


@dataclass(frozen=True, slots=True)
class DocumentLines:
    """A document with its statements; `marked` are the lines of those that decide, where it was pasted."""

    asked: Asked
    lines: tuple[StatementLine, ...]
    marked: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class NearLine:
    """A statement that nearly fits; `nudge` with its `address` and what comes of it, where a change was found."""

    text: str
    name: str
    link: str
    nudge: Nudge | None
    address: str
    then: Decision | None

    @property
    def ask(self) -> str:
        """What the button asks, with each change between backticks."""
        steps = self.nudge.steps if self.nudge is not None else ()
        return _("Ask with %(changes)s") % {"changes": listed(map(_step, steps))}

    @property
    def then_word(self) -> str:
        return str(WORDS[self.then]) if self.then else ""

    @property
    def then_look(self) -> str:
        return LOOKS.get(self.then, "deny") if self.then else ""


@dataclass(frozen=True, slots=True)
class Answer:
    """`deciding` are the statements to name under the word; `open` says what an unknown answer hangs on."""

    evaluation: Evaluation
    sentence: str
    deciding: tuple[tuple[str, str], ...]
    open: tuple[str, ...]
    documents: tuple[DocumentLines, ...]
    near: tuple[NearLine, ...]

    @property
    def decision(self) -> Decision:
        return self.evaluation.decision

    @property
    def word(self) -> str:
        return str(WORDS[self.decision])

    @property
    def look(self) -> str:
        return LOOKS.get(self.decision, "deny")

    @property
    def not_considered(self) -> tuple[str, ...]:
        return NOT_CONSIDERED


def answered(question: Question, asked: Sequence[Asked], catalogue: Catalogue) -> Answer:
    """The answer to a question without faults."""
    documents = [each.document for each in asked]
    found = evaluate(documents, question.request)
    deciding = _deciding(found)
    lines = tuple(_document(index, each, found, deciding) for index, each in enumerate(asked))
    named = tuple((_name(trace, asked), asked[trace.document].link(trace.path)) for trace in deciding)
    near = tuple(_nears(question, found, asked, catalogue))
    return Answer(found, _sentence(found, named), named, tuple(_open(found, asked)), lines, near)


def _document(index: int, asked: Asked, found: Evaluation, deciding: Sequence[Trace]) -> DocumentLines:
    own = [trace for trace in found.trace if trace.document == index]
    return DocumentLines(
        asked,
        tuple(_line(trace, asked, trace in deciding) for trace in own),
        tuple(line for trace in own if trace in deciding for line in asked.lines_of(trace.path)),
    )


def _deciding(found: Evaluation) -> tuple[Trace, ...]:
    """The statements for which the decision is what it is."""
    if found.decision is Decision.UNKNOWN:
        assert found.reason is not None  # so says `evaluate`
        return tuple(
            each
            for each in found.trace
            if each.document == found.reason.document and found.reason.path.startswith(each.path + "/")
        )[:1]
    effect = Effect.DENY if found.decision is Decision.EXPLICIT_DENY else Effect.ALLOW
    return tuple(each for each in found.matched if each.effect is effect)


def _sentence(found: Evaluation, named: Sequence[tuple[str, str]]) -> str:
    match found.decision:
        case Decision.ALLOW:
            return _("A statement allows this request, and none denies it.")
        case Decision.EXPLICIT_DENY:
            return _("A statement denies this request, and a Deny overrides every Allow.")
        case Decision.IMPLICIT_DENY:
            return _("No statement allows this request, and what nobody allows is denied.")
    return _("Whether this request is allowed cannot be told.")


def _open(found: Evaluation, asked: Sequence[Asked]) -> Iterator[str]:
    """What an unknown answer hangs on, and what would settle it."""
    if found.reason is None:
        return
    doubtful = _deciding(found)
    name = _name(doubtful[0], asked) if doubtful else ""
    if found.bounds.is_allowed is False:
        yield _("It is denied either way; only whether a Deny does it is open.")
    elif doubtful and doubtful[0].effect is Effect.DENY:
        yield _("If %(name)s fits, the request is denied; if not, it may be allowed.") % {"name": name}
    else:
        yield _("If %(name)s fits, the request is allowed; if not, it is denied.") % {"name": name}
    if found.reason.code in _ADVICE:
        yield str(_ADVICE[found.reason.code])


def _nears(
    question: Question, found: Evaluation, asked: Sequence[Asked], catalogue: Catalogue
) -> Iterator[NearLine]:
    documents = [each.document for each in asked]
    for index, near in enumerate(found.near):
        at = asked[near.document]
        statement = statement_at(at, near.path)
        nudge = None
        if index < MOST_NUDGED:
            nudge = nudged(at.document, near.path, question.request, catalogue, found.reading)
        address, then = "", None
        if nudge is not None:
            changed = question.asking(nudge.request)
            if changed.fits_an_address:
                address, then = changed.address, evaluate(documents, nudge.request).decision
        name = number_and_title(statement.index + 1, at.title)
        yield NearLine(near.text, name, at.link(near.path), nudge if address else None, address, then)


def number_and_title(number: int, title: str) -> str:
    """How a statement is called."""
    return _("statement %(n)s of %(document)s") % {"n": number, "document": title}


def _step(step: Step) -> str:
    names = {"action": _("Action"), "resource": _("Resource")}
    if step.value is None:
        return _("%(key)s missing") % {"key": quoted(step.name)}
    return quoted(f"{names.get(step.name, step.name)} = {step.value}")


def _name(trace: Trace, asked: Sequence[Asked]) -> str:
    at = asked[trace.document]
    return number_and_title(statement_at(at, trace.path).index + 1, at.title)


def _line(trace: Trace, at: Asked, is_deciding: bool) -> StatementLine:
    elements = tuple(
        ElementLine(
            outcome=str(each.outcome),
            name=each.name if each.key is None else each.key,
            operator=each.operator or "",
            detail=each.detail,
            link=at.link(each.by.path if each.by is not None else each.path),
        )
        for each in trace.elements
    )
    return StatementLine(
        number=statement_at(at, trace.path).index + 1,
        sid=trace.sid or "",
        effect=str(trace.effect),
        outcome=str(trace.outcome),
        link=at.link(trace.path),
        is_deciding=is_deciding,
        elements=elements,
    )
