"""Runs rules over a document: one walk for all of them, then silence where two findings would tell of one cause.

Time grows with the statements and with the rules that look at each kind of thing, not with their product across the
document. Checks that need nothing but an entry are asked of the same text once; see `alone.py`.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import chain, islice
from typing import Any

from policystudio.ram.document import Kind, Statement, Text
from policystudio.ram.finding import Finding, found
from policystudio.validation.alone import Alone
from policystudio.validation.context import Context
from policystudio.validation.offered import Offered
from policystudio.validation.rule import Looks, Note, Notes, Rule
from policystudio.validation.shape import Shape, held_by
from policystudio.validation.shape import shapes as shapes_of

Check = Callable[..., Notes]
Checks = Mapping[Looks, Sequence[Check]]

_MOST_SHAPES = 1024


def judge(
    context: Context,
    rules: Mapping[str, Rule],
    earlier: Iterable[Finding] = (),
    max_per_check: int = sys.maxsize,
    lowered: Collection[str] = (),
) -> list[Finding]:
    """The findings of all rules that fit the document's kind, silenced ones left out.

    `earlier` are the findings of reading and structure, which may silence those of rules. A check that has found
    something `max_per_check` times is not asked again. What is found under a code of `lowered` silences nothing.
    """
    checks = _checks_of(_Same(rules), context.document.kind)
    if max_per_check == sys.maxsize:
        notes = _whole(context, checks)
    else:
        notes = _share(context, checks.everything, max_per_check)
    if not notes:
        return []
    found_at = chain(((n.code, n.path) for n in notes), ((f.code, f.path or "") for f in earlier))
    places = _Places((code, path) for code, path in found_at if code not in lowered)
    kept = [note for note in notes if not _is_silenced(note, rules[note.code], places)]
    return [_placed(note, context) for note in kept]


@dataclass(frozen=True, slots=True)
class _Checks:
    """The checks that judge documents of one kind, by what they look at."""

    everything: Checks
    together: _Asked
    """Those that need more of a document than the entry."""
    alone: Alone


class _Asked:
    """The checks that may find something where the shape of a document or a statement is known."""

    def __init__(self, checks: Mapping[Looks, Sequence[tuple[Rule, Check]]]) -> None:
        self._checks = checks
        self._known = lru_cache(maxsize=_MOST_SHAPES)(self._fitting)

    def about(self, shape: Shape) -> Mapping[Looks, Sequence[Check]]:
        """Those of a statement with this shape and of what is in it."""
        return self._known(shape)[0]

    def of_document(self, shape: Shape, named: Set[str]) -> list[Check]:
        """Those of a document of this shape whose Allow statements name these actions."""
        return [check for rule, check in self._known(shape)[1] if not rule.naming or rule.naming & named]

    def _fitting(self, shape: Shape) -> tuple[Mapping[Looks, Sequence[Check]], Sequence[tuple[Rule, Check]]]:
        held = held_by(shape)
        fitting = {
            looks: [(rule, check) for rule, check in those if rule.only <= held]
            for looks, those in self._checks.items()
        }
        alike = {looks: tuple(check for _, check in those) for looks, those in fitting.items()}
        return alike, tuple(fitting[Looks.DOCUMENT])


class _Same:
    """Rules known again by being the very mapping, which nobody changes; comparing them all takes longer."""

    __slots__ = ("rules",)

    def __init__(self, rules: Mapping[str, Rule]) -> None:
        self.rules = rules

    def __hash__(self) -> int:
        return id(self.rules)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.rules is other.rules


@lru_cache(maxsize=256)
def _checks_of(same: _Same, kind: Kind) -> _Checks:
    return _checks(tuple(same.rules.values()), kind)


@lru_cache(maxsize=64)
def _checks(rules: tuple[Rule, ...], kind: Kind) -> _Checks:
    everything: dict[Looks, list[Callable[..., Notes]]] = {looks: [] for looks in Looks}
    together: dict[Looks, list[tuple[Rule, Check]]] = {looks: [] for looks in Looks}
    alone: dict[Looks, list[Callable[..., Notes]]] = {looks: [] for looks in Looks}
    for rule in rules:
        for looks, those in rule.checks.items() if kind in rule.kinds else ():
            everything[looks] += those
            for check in those:
                if check in rule.by_itself:
                    alone[looks].append(check)
                else:
                    together[looks].append((rule, check))
    return _Checks(everything, _Asked(together), Alone(alone, kind))


def _whole(context: Context, checks: _Checks) -> list[Note]:
    """All that the checks say."""
    notes: list[Note] = []
    say, speaking = notes.extend, checks.alone.speaking
    document, catalogue = context.document, context.catalogue
    whole, shapes = shapes_of(context)
    for check in checks.together.of_document(whole, context.named):
        say(check(document, context))
    for statement, shape in zip(document.statements, shapes, strict=True):
        together = checks.together.about(shape)
        for check in together[Looks.STATEMENT]:
            say(check(statement, context))
        for condition in statement.conditions:
            for check in together[Looks.CONDITION]:
                say(check(condition, statement, context))
        for looks, things, is_negated in (
            (Looks.ACTION, statement.actions, False),
            (Looks.ACTION, statement.not_actions, True),
            (Looks.RESOURCE, statement.resources, False),
            (Looks.RESOURCE, statement.not_resources, True),
        ):
            for thing in things:
                for check in together[looks]:
                    say(check(thing, statement, context))
                for check in speaking(looks, thing.text, is_negated, statement.effect, catalogue):
                    say(check(thing, statement, context))
        for text, is_replaced in _texts(statement):
            for check in speaking(Looks.TEXT, text.text, is_replaced, statement.effect, catalogue):
                say(check(text, is_replaced, context))
    return notes


def _share(context: Context, checks: Checks, most: int) -> list[Note]:
    """As `_whole`, but each check is asked of everything, and only until it has said its share."""
    notes: list[Note] = []
    left: dict[Callable[..., Notes], int] = defaultdict(lambda: most)
    for asked, calls in _calls(context, checks):
        for check in asked:
            for about in calls:
                if left[check] > 0:
                    said = list(islice(check(*about, context), left[check]))
                    left[check] -= len(said)
                    notes += said
    return notes


def _calls(
    context: Context, checks: Checks
) -> Iterator[tuple[Sequence[Callable[..., Notes]], list[tuple[Any, ...]]]]:
    """Checks, and what each of them is to be asked about."""
    document = context.document
    yield checks.get(Looks.DOCUMENT, ()), [(document,)]
    for statement in document.statements:
        yield checks.get(Looks.STATEMENT, ()), [(statement,)]
        for looks, things in (
            (Looks.ACTION, (*statement.actions, *statement.not_actions)),
            (Looks.RESOURCE, (*statement.resources, *statement.not_resources)),
            (Looks.CONDITION, statement.conditions),
        ):
            if things:
                yield checks.get(looks, ()), [(thing, statement) for thing in things]
        yield checks.get(Looks.TEXT, ()), list(_texts(statement))


def _texts(statement: Statement) -> Iterator[tuple[Text, bool]]:
    """Every text of a statement, and whether placeholders are replaced in it. Source: `ram/render.py`."""
    for text in (*statement.actions, *statement.not_actions, *([statement.sid] if statement.sid else ())):
        yield text, False
    for text in (*statement.resources, *statement.not_resources):
        yield text, True
    for condition in statement.conditions:
        yield condition.key, False
        for text in condition.values:
            yield text, True


def _placed(note: Note, context: Context) -> Finding:
    document = context.document
    return found(
        document.source,
        note.code,
        note.severity,
        note.message,
        offset=note.offset,
        path=note.path,
        fix=None if note.repair is None else note.repair.fix(document),
        confidence=note.confidence,
        choices=Offered(note.choices, document) if note.choices else (),
        catalogue_date=None if note.confidence is None else context.catalogue.compiled_on,
    )


class _Places:
    """Which codes were found where, so that silence is decided without comparing findings pairwise.

    Mostly no rule is silenced by anything that was found, and then only the codes are worked out.
    """

    def __init__(self, found_at: Iterable[tuple[str, str]]) -> None:
        self._found_at = tuple(found_at)
        self.codes = {code for code, _ in self._found_at}

    @cached_property
    def at(self) -> Set[tuple[str, str]]:
        return set(self._found_at)

    @cached_property
    def below(self) -> Set[tuple[str, str]]:
        return {(code, above) for code, path in self._found_at for above in _above(path)}

    @cached_property
    def in_statement(self) -> Mapping[str, Set[str]]:
        found: defaultdict[str, set[str]] = defaultdict(set)
        for code, path in self._found_at:
            found[_statement_of(path)].add(code)
        return found

    def is_near(self, code: str, path: str) -> bool:
        """Whether `code` was found at `path`, around it or inside it."""
        if (code, path) in self.at or (code, path) in self.below:
            return True
        return any((code, above) in self.at for above in _above(path))


def _is_silenced(note: Note, rule: Rule, places: _Places) -> bool:
    # Rules name many codes, of which a document mostly has none.
    if not rule.silenced_by.isdisjoint(places.codes) and any(
        places.is_near(code, note.path) for code in rule.silenced_by & places.codes
    ):
        return True
    if rule.silenced_in_statement_by.isdisjoint(places.codes):
        return False
    return not rule.silenced_in_statement_by.isdisjoint(places.in_statement[_statement_of(note.path)])


def _above(path: str) -> Iterator[str]:
    while path:
        path = path.rpartition("/")[0]
        yield path


def _statement_of(path: str) -> str:
    """The part of a pointer that names the statement, `/Statement/2`; the whole pointer when there is none."""
    parts = path.split("/", 3)
    return "/".join(parts[:3]) if parts[1:2] == ["Statement"] else path
