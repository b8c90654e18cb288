"""Which targets of one source or set of released documents break a guardrail, one proof for all that are alike."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from time import monotonic

from policystudio.analysis.comparing import Answer
from policystudio.analysis.given import read_given
from policystudio.guardrails.definition import Definition
from policystudio.guardrails.filling import Filled, fill, shape_document, shape_texts
from policystudio.guardrails.judging import Outcome, judge
from policystudio.guardrails.sharing import classes
from policystudio.ram.document import Document
from policystudio.ram.render import RegionMode, RenderError, Target, render_combined

NO_TIME_LEFT = "no-time-left"
"""The reason where a proof was not begun, other than where one ran out of its own time."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What is proposed or typed: a source, and where it would go."""

    name: str
    source: str
    targets: tuple[Target, ...]
    mode: RegionMode = RegionMode.SEPARATE


@dataclass(frozen=True, slots=True)
class Handed:
    """A released document, as it is exported now."""

    target: Target
    text: str
    is_combined: bool


@dataclass(frozen=True, slots=True)
class Broken:
    """The targets whose document breaks a guardrail in the same way; the outcome is that of the first."""

    outcome: Outcome
    targets: tuple[Target, ...]


def broken(
    definition: Definition,
    subject: Subject,
    environments: Mapping[str, str],
    today: date,
    ends: float = float("inf"),
) -> list[Broken]:
    """Where the source breaks the guardrail; nothing where it does not apply.

    A text that cannot be read, or not be rendered for a target, is broken, as nothing can be told of it; so is what is
    not judged before the moment `ends` of the monotonic clock.
    """
    if definition.scope.leaves_out(subject.name):
        return []
    inside = [target for target in subject.targets if definition.scope.holds(target, environments)]
    if not inside:
        return []
    document = read_given(subject.source).document
    if document is None:
        return [Broken(Outcome(Answer.UNKNOWN, reason="unreadable"), tuple(sorted(inside)))]
    return list(_broken(definition, document, subject, set(inside), today, ends))


def _broken(
    definition: Definition,
    document: Document,
    subject: Subject,
    inside: set[Target],
    today: date,
    ends: float,
) -> Iterator[Broken]:
    rule = shape_texts(definition, today)
    shapes = [shape_document(text) for text in (rule.never, *rule.unless, rule.other)]
    for alike in classes([document, *shapes], subject.targets, subject.mode):
        members = tuple(target for target in alike if target in inside)
        if not members:
            continue
        if monotonic() > ends:
            outcome = Outcome(Answer.UNKNOWN, reason=NO_TIME_LEFT)
        else:
            outcome = _outcome(document, rule, members[0], _regions(subject, members[0]))
        if not outcome.is_kept:
            yield Broken(outcome, members)


def _regions(subject: Subject, target: Target) -> list[str]:
    """The regions that the document of a target is for."""
    if subject.mode is RegionMode.SEPARATE:
        return [target.region]
    return sorted({other.region for other in subject.targets if other.account == target.account})


def _outcome(document: Document, rule: Filled, target: Target, regions: Sequence[str]) -> Outcome:
    try:
        text = render_combined(document, target.account, regions)
    except RenderError:
        return Outcome(Answer.UNKNOWN, reason="placeholder-left-over")
    return judge(text, fill(rule, target.account, regions))


def in_breach(
    definition: Definition,
    name: str,
    handed: Sequence[Handed],
    environments: Mapping[str, str],
    today: date,
    ends: float = float("inf"),
) -> list[Broken]:
    """Which of a policy's released documents break the guardrail, judged as they are and not rendered anew.

    What is not judged before the moment `ends` counts as broken, as for a source.
    """
    if definition.scope.leaves_out(name):
        return []
    rule = shape_texts(definition, today)
    regions: dict[str, list[str]] = {}
    for each in handed:
        regions.setdefault(each.target.account, []).append(each.target.region)
    found: dict[tuple[str, ...], tuple[Outcome, list[Target]]] = {}
    for each in handed:
        if not definition.scope.holds(each.target, environments):
            continue
        account, region = each.target
        filled = fill(rule, account, sorted(regions[account]) if each.is_combined else [region])
        outcome = (
            Outcome(Answer.UNKNOWN, reason=NO_TIME_LEFT) if monotonic() > ends else judge(each.text, filled)
        )
        if not outcome.is_kept:
            alike = (outcome.answer, outcome.reason, *outcome.paths)
            found.setdefault(alike, (outcome, []))[1].append(each.target)
    return [Broken(outcome, tuple(sorted(targets))) for outcome, targets in found.values()]
