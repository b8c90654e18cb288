"""Reads a guardrail that somebody sent, and says at which place it is none; everything at once.

A guardrail must be certain itself: what RAM reads in no documented way (set operators, unreadable values) is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from policystudio.analysis.given import read_given
from policystudio.errors import InvalidInput, Problem
from policystudio.guardrails.definition import PARTS, Definition, Entry, Kind, Scope, Shape
from policystudio.guardrails.filling import TODAY, shape_text, with_days
from policystudio.ram import placeholders
from policystudio.ram.operators import all_operators, split_operator
from policystudio.ram.position import pointer

MAX_ENTRIES = 100
MAX_TEXT = 512
MAX_UNLESS = 8
MAX_CHARACTERS = 64
_PLACE = re.compile(r"/Statement/0/(Action|Resource)/([0-9]+)")
_A_DAY = date(2026, 1, 31)


def read_definition(sent: Mapping[str, Any]) -> Definition:
    """The guardrail; parts that its kind does not have are left empty. Raises: InvalidInput with pointers."""
    try:
        kind = Kind(sent.get("kind", Kind.NEVER))
    except ValueError:
        raise InvalidInput(
            [Problem("/kind", f"must be one of {', '.join(Kind)}", "unknown-choice")]
        ) from None
    parts, problems = PARTS[kind], list[Problem]()
    scope = sent.get("scope") or {}
    made = Definition(
        kind=kind,
        scope=Scope(
            **{
                name: _texts(scope.get(name) or (), f"/scope/{name}", problems)
                for name in ("environments", "accounts", "regions", "except_policies")
            }
        ),
        never=_shape(sent.get("never"), "/never", problems) if "never" in parts else Shape(),
        other=_shape(sent.get("other"), "/other", problems) if "other" in parts else Shape(),
        unless=tuple(
            _shape(each, f"/unless/{index}", problems) for index, each in enumerate(sent.get("unless") or ())
        )
        if "unless" in parts
        else (),
        characters=int(sent.get("characters") or 0) if "characters" in parts else 0,
    )
    problems += _missing(made)
    if problems:
        raise InvalidInput(problems)
    return made


def _missing(made: Definition) -> Iterator[Problem]:
    parts = PARTS[made.kind]
    for name in ("never", "other"):
        shape: Shape = getattr(made, name)
        if name in parts and not shape.actions:
            yield Problem(f"/{name}/actions", "name at least one action; `*` stands for all", "required")
    if len(made.unless) > MAX_UNLESS:
        yield Problem("/unless", f"has {len(made.unless)} exceptions; at most {MAX_UNLESS}", "too-many")
    for index, shape in enumerate(made.unless):
        if shape.is_empty:
            yield Problem(f"/unless/{index}", "an exception has to say something; leave it out", "required")
    if "characters" in parts and not 1 <= made.characters <= MAX_CHARACTERS:
        yield Problem("/characters", f"must be from 1 to {MAX_CHARACTERS}", "out-of-range")


def _texts(sent: Sequence[Any], at: str, problems: list[Problem]) -> tuple[str, ...]:
    if len(sent) > MAX_ENTRIES:
        problems.append(Problem(at, f"has {len(sent)} entries; at most {MAX_ENTRIES}", "too-many"))
    for index, text in enumerate(sent):
        if not isinstance(text, str) or not text or len(text) > MAX_TEXT or not text.isprintable():
            detail = f"must be a text of 1 to {MAX_TEXT} characters that can be seen"
            problems.append(Problem(f"{at}/{index}", detail, "wrong-form"))
    return tuple(dict.fromkeys(str(text) for text in sent[:MAX_ENTRIES]))


def _shape(sent: Mapping[str, Any] | None, at: str, problems: list[Problem]) -> Shape:
    sent, before = sent or {}, len(problems)
    shape = Shape(
        actions=_texts(sent.get("actions") or (), f"{at}/actions", problems),
        resources=tuple(
            placeholders.normalise(text)
            for text in _texts(sent.get("resources") or (), f"{at}/resources", problems)
        ),
        conditions=tuple(
            Entry(
                str(each.get("operator", "")),
                str(each.get("key", "")),
                _texts(each.get("values") or (), f"{at}/conditions/{index}/values", problems),
            )
            for index, each in enumerate((sent.get("conditions") or ())[:MAX_ENTRIES])
        ),
    )
    problems += _unclear(shape, at)
    if len(problems) == before:
        problems += _malformed(shape, at)
    return shape


def _unclear(shape: Shape, at: str) -> Iterator[Problem]:
    """What a condition lacks, or what has no one meaning in it."""
    seen: set[tuple[str, str]] = set()
    for index, entry in enumerate(shape.conditions):
        here = f"{at}/conditions/{index}"
        if not entry.key or len(entry.key) > MAX_TEXT or not entry.key.isprintable():
            yield Problem(f"{here}/key", "name a condition key, such as `acs:SourceIp`", "required")
        family = all_operators().get(entry.operator)
        if family is None or split_operator(entry.operator)[0]:
            detail = "must be an operator of RAM without a set prefix, such as `IpAddress`"
            yield Problem(f"{here}/operator", detail, "unknown-operator")
            continue
        if not entry.values:
            yield Problem(f"{here}/values", "needs at least one value", "required")
        if family.name == "boolean" and len(entry.values) > 1:
            yield Problem(f"{here}/values", "takes one value", "too-many")
        for place, value in enumerate(entry.values):
            filled = placeholders.substitute(with_days(value, _A_DAY), {"account": "1", "region": "r"})
            wrong = family.problem(filled)
            if wrong or (TODAY.search(value) and family.name != "date"):
                detail = f"cannot be read for {entry.operator}: {wrong or 'no date'}"
                yield Problem(f"{here}/values/{place}", detail, "unreadable-value")
        if (entry.operator, entry.key) in seen:
            detail = "the same operator and key stand above; list the values there"
            yield Problem(here, detail, "repeated-condition")
        seen.add((entry.operator, entry.key))


def _malformed(shape: Shape, at: str) -> Iterator[Problem]:
    """What the reader of documents says of the shape as a statement."""
    parsed = read_given(shape_text(shape, _A_DAY))
    if parsed.document is not None:
        return
    for finding in parsed.findings:
        place = _PLACE.match(finding.path or "")
        where = at
        if place:
            name = {"Action": "actions", "Resource": "resources"}[place[1]]
            where = f"{at}{pointer(name, int(place[2]))}"
        yield Problem(where, finding.message, finding.code)
