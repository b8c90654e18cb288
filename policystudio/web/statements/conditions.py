"""The conditions of a card: each in words, with the input that fits its values and what a missing value does."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from policystudio.analysis.sentences import condition_text
from policystudio.catalog.lookup import condition_key
from policystudio.catalog.model import Catalogue, ConditionKey
from policystudio.editing.condition_kinds import (
    ValueKind,
    asked_as,
    operators_for,
    value_kind,
    when_missing,
)
from policystudio.editing.view import ConditionView, StatementView
from policystudio.ram.document import Condition, Text
from policystudio.web.languages import sentence_language
from policystudio.web.statements.typed import Typed
from policystudio.web.statements.typed_condition import OTHER, key_of
from policystudio.web.statements.words import KEYS, MISSING, TAILS, Words, of_operator

_MOMENT = re.compile(r"(?P<local>[0-9-]{10}T[0-9:]{5,8})(?P<zone>Z|[+-][0-9]{2}:[0-9]{2})")
_FIRST = {"acs:CurrentTime": "DateLessThan"}
"""Operators that are offered first because they are what one mostly wants; else the first that fits."""


@dataclass(frozen=True, slots=True)
class ConditionForm:
    """One condition. `kind` is None where only the JSON can show its values; `place` "new" for a further one."""

    prefix: str
    place: int | str
    in_words: str
    missing: Words
    key: str
    key_id: str
    known: ConditionKey | None
    has_tail: bool
    tail_label: Words
    tail: str
    operator: str
    operators: tuple[tuple[str, Words], ...]
    kind: ValueKind | None
    values: tuple[str, ...]
    one: str
    local: str
    zone: str
    zones: tuple[tuple[str, str], ...]
    errors: dict[str, Words]
    value_errors: tuple[Words, ...]
    value_help: str
    is_open: bool
    keys: tuple[tuple[str, Words], ...] = ()


def condition_forms(
    statement: StatementView, typed: Typed, wrong: Mapping[str, Words], catalogue: Catalogue
) -> list[ConditionForm]:
    """The conditions of a statement, in the document's order."""
    return [
        _form(statement, place, condition, typed, wrong, catalogue)
        for place, condition in enumerate(statement.conditions)
    ]


def new_condition(
    statement: StatementView, typed: Typed, wrong: Mapping[str, Words], catalogue: Catalogue
) -> ConditionForm:
    """The form for one more condition; its fields follow once it is chosen what it looks at."""
    return _form(statement, "new", None, typed, wrong, catalogue)


def _form(
    statement: StatementView,
    place: int | str,
    condition: ConditionView | None,
    typed: Typed,
    wrong: Mapping[str, Words],
    catalogue: Catalogue,
) -> ConditionForm:
    index, prefix = statement.index, f"c.{place}"
    stored = condition_key(catalogue, condition.key) if condition else None
    start = (stored.key if stored else OTHER) if condition else ""
    key_id = typed.get(index, f"{prefix}.key", start)
    known = catalogue.condition_keys.get(key_id)
    tail = typed.get(index, f"{prefix}.tail", _tail(condition, stored))
    key = key_of(catalogue, typed, index, prefix) or (condition.key if condition else key_id)
    operators = operators_for(
        catalogue,
        known.key if known and known.prefix is None else key,
        condition.operator if condition else "",
    )
    if known:
        operators = (*known.operators, *(o for o in operators if o not in known.operators))
    operator = typed.get(index, f"{prefix}.operator", condition.operator if condition else "")
    if operator not in operators:
        operator = _FIRST.get(key_id, operators[0])
    stored_values = condition.values if condition else ()
    kind = _kind(condition, operator)
    values = _values(typed, index, prefix, stored_values or ())
    first = values[0] if values else ""
    moment = _MOMENT.fullmatch(first)
    zone = typed.get(index, f"{prefix}.zone", moment["zone"] if moment else "Z")
    errors = {
        name.removeprefix(f"s{index}.{prefix}."): text
        for name, text in wrong.items()
        if name.startswith(f"s{index}.{prefix}.")
    }
    is_changed = condition is not None and _is_changed(typed, index, prefix, condition, key_id, start)
    return ConditionForm(
        prefix=f"s{index}.{prefix}",
        place=place,
        in_words=_in_words(condition) if condition else "",
        missing=MISSING[when_missing(statement.effect or "Allow", operator, key)],
        key=key,
        key_id=key_id,
        known=known,
        has_tail=key_id == OTHER or (known is not None and known.prefix is not None),
        tail_label=TAILS.get(known.prefix or "", _("Name")) if known else _("Key"),
        tail=tail,
        operator=operator,
        operators=tuple((name, of_operator(name)) for name in operators),
        kind=kind,
        values=values,
        one=typed.get(index, f"{prefix}.one", first or ("true" if kind is ValueKind.SWITCH else "")),
        local=typed.get(index, f"{prefix}.local", moment["local"] if moment else ""),
        zone=zone,
        zones=_zones(zone),
        errors=errors,
        value_errors=tuple(filter(None, [errors.get("values")])),
        value_help=f"{known.value_syntax[:1].upper()}{known.value_syntax[1:]}." if known else "",
        is_open=bool(errors) or is_changed,
        keys=_keys(catalogue),
    )


def _kind(condition: ConditionView | None, operator: str) -> ValueKind | None:
    """How the values are asked for: those that are there must fit into the input."""
    if condition is None:
        return value_kind(operator)
    if condition.values is None:
        return None
    if not condition.values:
        return value_kind(operator)
    shown = asked_as(condition.operator, condition.values)
    # With another operator of another kind, what was written is shown as texts, so that it is not lost.
    return shown if value_kind(condition.operator) is value_kind(operator) else shown and ValueKind.TEXTS


def _values(typed: Typed, index: int, prefix: str, stored: tuple[str, ...]) -> tuple[str, ...]:
    if not typed.has(index, f"{prefix}.values"):
        return stored
    lines = typed.get(index, f"{prefix}.values").replace(",", "\n").split("\n")
    return tuple(dict.fromkeys(line.strip() for line in lines if line.strip()))


def _is_changed(
    typed: Typed, index: int, prefix: str, condition: ConditionView, key_id: str, start: str
) -> bool:
    if not typed.has(index, f"{prefix}.operator"):
        return False
    stored = condition.values or ()
    local, zone = typed.get(index, f"{prefix}.local"), typed.get(index, f"{prefix}.zone")
    is_other_moment = bool(local) and not any(
        value.startswith(local) and value.endswith(zone) for value in stored
    )
    is_other_one = typed.has(index, f"{prefix}.one") and typed.get(index, f"{prefix}.one") not in stored
    return (
        key_id != start
        or is_other_moment
        or is_other_one
        or typed.get(index, f"{prefix}.operator") != condition.operator
        or (typed.has(index, f"{prefix}.values") and _values(typed, index, prefix, ()) != stored)
    )


def _tail(condition: ConditionView | None, known: ConditionKey | None) -> str:
    if condition is None:
        return ""
    return condition.key.removeprefix(known.prefix or known.key) if known else condition.key


def _in_words(condition: ConditionView) -> str:
    """As the summary says it."""
    values = condition.values or ()
    said = Condition(_text(condition.operator), _text(condition.key), tuple(map(_text, values)), "", True)
    return condition_text(said, sentence_language())


def _text(text: str) -> Text:
    return Text(text, "", 0, 0)


def _keys(catalogue: Catalogue) -> tuple[tuple[str, Words], ...]:
    """(id, words) of the keys that a policy for people and roles can use, the frequent ones first."""
    offered = [key for key in catalogue.condition_keys.values() if "ram-policy" in key.policy_types]
    order = list(KEYS)
    offered.sort(key=lambda key: order.index(key.key) if key.key in order else len(order))
    return tuple((key.key, KEYS.get(key.key, key.key)) for key in offered)


def _zones(zone: str) -> tuple[tuple[str, str], ...]:
    zones = [("Z", "UTC"), ("+08:00", _("China (UTC+8)"))]
    if zone not in dict(zones):
        zones.append((zone, f"UTC{zone}"))
    return tuple(zones)
