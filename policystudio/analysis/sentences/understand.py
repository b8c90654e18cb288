"""From a statement to its clause: decides once, for every language, what the entries are. Wording is left to these.

Decision: a condition that RAM would refuse or documents no meaning for is said as "may or may not hold", never as
one of the two. Decision: a negated operator lets a request through that carries no such key.
Source: ram-language, section 4.
"""

from __future__ import annotations

from collections.abc import Sequence

from policystudio.analysis.sentences.clause import (
    Act,
    Clause,
    Comparison,
    Do,
    Doubt,
    Field,
    Group,
    If,
    Match,
    Place,
    Thing,
    Unreadable,
    Value,
    Whole,
)
from policystudio.catalog.lookup import condition_key, expand
from policystudio.catalog.model import TEAM, Catalogue
from policystudio.ram.document import Condition, Statement, Text
from policystudio.ram.operators import SET_PREFIXES, family_of
from policystudio.ram.patterns import fold, has_wildcard, normal
from policystudio.ram.resources import Resource, is_everything, split

TYPES = frozenset(
    {"key", "alias", "secret", "certificate", "keystore", "network", "policy", "applicationaccesspoint"}
)
"""First words of relative ids that have a name in every language."""
CONTAINERS = frozenset({"key", "alias", "secret", "certificate"})
_REGION, _ACCOUNT = "${region}", "${account}"
COMPARISONS = {
    "StringEquals": Comparison.IS,
    "StringEqualsIgnoreCase": Comparison.IS_IGNORING_CASE,
    "StringLike": Comparison.FITS,
    "NumericEquals": Comparison.EQUALS,
    "NumericLessThan": Comparison.LESS,
    "NumericLessThanEquals": Comparison.AT_MOST,
    "NumericGreaterThan": Comparison.MORE,
    "NumericGreaterThanEquals": Comparison.AT_LEAST,
    "DateEquals": Comparison.MOMENT,
    "DateLessThan": Comparison.BEFORE,
    "DateLessThanEquals": Comparison.NOT_AFTER,
    "DateGreaterThan": Comparison.AFTER,
    "DateGreaterThanEquals": Comparison.NOT_BEFORE,
    "IpAddress": Comparison.WITHIN,
}
"""What an operator asks that is not negated; a negated one has `Not` in its name."""


def understand(statement: Statement, catalogue: Catalogue) -> Clause:
    """The clause of a statement. Never raises, whatever the statement holds."""
    acts = statement.not_actions or statement.actions
    places = statement.not_resources or statement.resources
    return Clause(
        index=statement.index,
        path=statement.path,
        effect=statement.effect,
        acts=tuple(act_of(text, catalogue) for text in _once(acts)),
        all_acts_but=bool(statement.not_actions),
        acts_path=f"{statement.path}/{'NotAction' if statement.not_actions else 'Action'}",
        is_use=not statement.not_actions and _is_use(acts, catalogue),
        places=_places(
            _once(places), f"{statement.path}/{'NotResource' if statement.not_resources else 'Resource'}"
        ),
        all_places_but=bool(statement.not_resources),
        places_path=f"{statement.path}/{'NotResource' if statement.not_resources else 'Resource'}",
        conditions=tuple(understand_condition(each, catalogue) for each in statement.conditions),
    )


def understand_condition(condition: Condition, catalogue: Catalogue | None = None) -> If:
    """One condition entry; without a catalogue nothing is known of keys that a team has added."""
    operator, values = condition.operator.text, [value.text for value in condition.values]
    family = family_of(operator)
    doubt: Doubt | None = None
    if family is None or operator.startswith(SET_PREFIXES):
        doubt = Doubt.UNDOCUMENTED
    elif (
        not values
        or any(family.parse(value) is None for value in values)
        or (operator == "Bool" and len(values) > 1)
    ):
        doubt = Doubt.UNREADABLE
    is_negated = doubt is None and family is not None and family.is_negated(operator)
    known = condition_key(catalogue, condition.key.text) if catalogue is not None else None
    return If(
        operator=Value(operator, condition.operator.path),
        key=Value(condition.key.text, condition.key.path),
        comparison=None if doubt else _comparison(operator, values),
        is_negated=is_negated,
        values=tuple(Value(each.text, each.path) for each in condition.values),
        doubt=doubt,
        is_of_team=known is not None and known.confidence == TEAM,
        path=condition.path,
    )


def _comparison(operator: str, values: Sequence[str]) -> Comparison:
    if operator == "Bool":
        return Comparison.TRUE if fold(values[0]) == "true" else Comparison.FALSE
    found = COMPARISONS[operator.replace("Not", "", 1)]
    # Without a wildcard, fitting a pattern is being equal to it.
    if found is Comparison.FITS and not any(map(has_wildcard, values)):
        return Comparison.IS
    return found


def _once(texts: Sequence[Text]) -> list[Text]:
    """Each text once, where it first stands."""
    return list({text.text: text for text in reversed(texts)}.values())[::-1]


def _is_use(acts: Sequence[Text], catalogue: Catalogue) -> bool:
    """Whether every entry stands for uses of a key and for nothing else, so that "with a key" reads right."""
    found = [expand(catalogue, act.text) for act in acts]
    return bool(found) and all(actions and all(a.is_cryptographic for a in actions) for actions in found)


def act_of(entry: Text, catalogue: Catalogue) -> Act:
    """What one entry of an action list speaks of."""
    shape = normal(entry.text)
    service, colon, name = shape.partition(":")
    is_kms = fold(service) == catalogue.service

    def made(kind: Do, text: str) -> Act:
        return Act(kind, text, entry.path)

    if shape == "*":
        return made(Do.EVERYTHING, shape)
    if not has_wildcard(shape):
        action = catalogue.action(shape)
        if action is None:
            return made(Do.UNKNOWN if is_kms and colon else Do.NAMED, entry.text)
        return made(Do.OF_TEAM if action.existence.confidence == TEAM else Do.KNOWN, action.name)
    if not colon or has_wildcard(service):
        return made(Do.FITS_ANY_SERVICE, shape)
    if service and name == "*":
        return made(Do.EVERY_KMS, shape) if is_kms else made(Do.EVERY_OF_SERVICE, service)
    if name.endswith("*") and not has_wildcard(name[:-1]):
        return made(Do.BEGINS, shape[:-1])
    return made(Do.FITS, shape)


def _places(texts: Sequence[Text], path: str) -> tuple[Place, ...]:
    """Groups of one region and account in the order of their first thing, then what belongs to no place."""
    groups: dict[tuple[str, str], list[Thing]] = {}
    others: list[Place] = []
    for text in texts:
        fields = split(text.text)
        if is_everything(text.text):
            others.append(Whole(text.path))
        elif fields is None:
            others.append(Unreadable(text.text, text.path))
        else:
            groups.setdefault((fields.region, fields.account), []).append(_thing(fields, text.path))
    found: list[Place] = [
        Group(_field(region, _REGION), _field(account, _ACCOUNT), tuple(things), path)
        for (region, account), things in groups.items()
    ]
    return (*found, *others)


def _thing(resource: Resource, path: str) -> Thing:
    relative_id = resource.relative_id
    if resource.service != "kms":
        return Thing("", _rest(relative_id), False, _field(resource.service), path)
    word, slash, rest = relative_id.partition("/")
    if not slash and word in CONTAINERS:
        return Thing(word, Field(Match.NONE), True, None, path)
    if slash and word in TYPES:
        return Thing(word, _rest(rest), False, None, path)
    return Thing("", _rest(relative_id), False, None, path)


def _field(text: str, placeholder: str = "") -> Field:
    if not text:
        return Field(Match.NONE)
    if text == placeholder:
        return Field(Match.TARGET, text)
    shape = normal(text)
    if shape == "*":
        return Field(Match.EVERY)
    return Field(Match.FITS, shape) if has_wildcard(shape) else Field(Match.IS, text)


def _rest(text: str) -> Field:
    if not text:
        return Field(Match.NONE)
    shape = normal(text)
    if shape == "*":
        return Field(Match.EVERY)
    if not has_wildcard(shape):
        return Field(Match.IS, text)
    if shape.endswith("*") and not has_wildcard(shape[:-1]):
        return Field(Match.BEGINS, shape[:-1])
    return Field(Match.FITS, shape)
