"""Judgements on conditions that several rules share. How values are read is decided in `ram/operators`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from policystudio.catalog.lookup import condition_key, nearest
from policystudio.catalog.model import INFERRED, Action, ConditionKey
from policystudio.ram.document import Condition, Statement, Text
from policystudio.ram.finding import shown
from policystudio.ram.operators import date, family_of, split_operator
from policystudio.ram.patterns import fold
from policystudio.validation.confidence import of_key
from policystudio.validation.context import Context

TAG_PREFIX = "kms:tag/"
FAMILY_OF_TYPE = {
    "string": "string",
    "date": "date",
    "boolean": "boolean",
    "ip": "address",
    "numeric": "number",
}
"""The catalogue's type of a key → the family of operators made for it."""
OTHER_GENERAL_KEYS = frozenset(("acs:PrincipalArn", "acs:Service", "acs:UserAgent", "acs:AccessId"))
"""Keys of RAM that the catalogue of KMS does not hold. Source: ram-language, section 4, global keys."""
KEY_CODES = (
    "malformed-condition-key",
    "condition-key-of-another-cloud",
    "missing-tag-key",
    "placeholder-out-of-place",
)
"""What is said of a key that is wrong as such."""
_FREE_TAILS = ("kms:tag", "acs:ResourceTag", "acs:RequestTag", "kms:EncryptionContext")


def known_key(condition: Condition, context: Context) -> ConditionKey | None:
    """What the catalogue knows of the condition's key."""
    return condition_key(context.catalogue, condition.key.text)


def sure_of_key(condition: Condition, context: Context) -> str:
    """How sure it is which actions carry the condition's key."""
    known = known_key(condition, context)
    return INFERRED if known is None else of_key(known)


def operator_of(condition: Condition) -> str:
    """The operator without the prefix of a set operator."""
    return split_operator(condition.operator.text)[1]


def is_negated(condition: Condition) -> bool:
    """Whether the operator holds when no value fits."""
    family = family_of(condition.operator.text)
    return family is not None and family.is_negated(condition.operator.text)


def is_loosening(condition: Condition, statement: Statement) -> bool:
    """Whether more is allowed when the condition's values fit nothing: in a Deny, or negated in an Allow."""
    return statement.is_allow == is_negated(condition)


def plain_stars(condition: Condition) -> Iterator[tuple[Text, str]]:
    """The values of an exact comparison that hold a star, each with what to say of it."""
    operator = operator_of(condition)
    if operator.startswith(("StringEquals", "StringNotEquals")):
        like = "StringNotLike" if is_negated(condition) else "StringLike"
        for value in condition.values:
            if "*" in value.text:
                yield value, f"`{operator}` compares the star as it stands; use `{like}`"


def lacks_tail(key: str) -> bool:
    """Whether a key that needs a name at its end, such as the tag's, has none."""
    return key.rstrip("/:") in _FREE_TAILS


def unreadable(condition: Condition, family: str) -> Iterator[tuple[Text, str]]:
    """The values that an operator of this family cannot read, each with what is wrong with it."""
    of = family_of(condition.operator.text)
    if of is not None and of.name == family:
        for value in condition.values:
            problem = of.readable(value.text)
            if problem is not None:
                yield value, problem


def unknown_key(condition: Condition, context: Context) -> str | None:
    """What to say of a general or KMS key that nobody documents; None when it is known or of another service."""
    key = condition.key.text
    service = fold(key.partition(":")[0])
    if service not in ("acs", "kms") or lacks_tail(key):
        return None
    if known_key(condition, context) is not None or key in OTHER_GENERAL_KEYS:
        return None
    meant = nearest_key(condition, context)
    advice = f"did you mean {shown(meant)}?" if meant else "correct or remove it"
    age = context.catalogue.compiled_on
    return f"the condition key {shown(key)} is unknown: not in the catalogue of {age}; {advice}"


def nearest_key(condition: Condition, context: Context) -> str | None:
    """The key that was probably meant, with the tail that was written."""
    key = condition.key.text
    for known in context.catalogue.condition_keys.values():
        if known.prefix is not None and fold(key).startswith(fold(known.prefix)):
            return known.prefix + key[len(known.prefix) :]
    return nearest(key, [k.key for k in context.catalogue.condition_keys.values() if k.prefix is None])


def key_of_other_service(condition: Condition, statement: Statement, context: Context) -> bool:
    """Whether a statement of KMS actions alone asks for a key that KMS does not send."""
    service = fold(condition.key.text.partition(":")[0])
    if service in ("acs", "kms", "aws", ""):
        return False
    return context.reach(statement).only_kms


def actions_without_key(condition: Condition, statement: Statement, context: Context) -> tuple[Action, ...]:
    """The actions named in the statement whose requests never carry the condition's key."""
    known = known_key(condition, context)
    return () if known is None else context.reach(statement).without_key(known)


def unfit_operator(condition: Condition, context: Context) -> tuple[str, str | None, str] | None:
    """What to say of an operator that does not suit the key, the one to write instead, and how sure the type is.

    None when it suits; nothing to write when the key's type has no operator that is negated likewise.
    """
    known = known_key(condition, context)
    family = family_of(condition.operator.text)
    if known is None or family is None or family.name == FAMILY_OF_TYPE.get(known.type):
        return None
    fitting = context.catalogue.operators.get(known.type)
    if not fitting:  # A key that the team has added; nobody knows its type.
        return None
    instead = next((name for name in fitting if ("Not" in name) == is_negated(condition)), None)
    text = f"`{condition.operator}` does not suit {shown(condition.key.text)}; use `{instead or fitting[0]}`"
    return text, instead, known.confidence


def is_end(condition: Condition) -> bool:
    """Whether the condition says until when."""
    return condition.key.text == "acs:CurrentTime" and operator_of(condition) in (
        "DateLessThan",
        "DateLessThanEquals",
    )


def is_start(condition: Condition) -> bool:
    """Whether the condition says from when."""
    return condition.key.text == "acs:CurrentTime" and operator_of(condition).startswith("DateGreaterThan")


def moments(condition: Condition) -> list[tuple[Text, datetime]]:
    """The values that can be read as moments."""
    read = ((value, date.parse(value.text)) for value in condition.values)
    return [(value, moment) for value, moment in read if moment is not None]


def last_end(statement: Statement) -> tuple[Text, datetime] | None:
    """The moment at which the statement stops to hold; of several ends the first one, of alternatives the latest."""
    ends = [
        max(moments(c), key=lambda pair: pair[1]) for c in statement.conditions if is_end(c) and moments(c)
    ]
    return min(ends, key=lambda pair: pair[1], default=None)


def first_start(statement: Statement) -> tuple[Text, datetime] | None:
    """The moment from which the statement holds; of several starts the last one, of alternatives the earliest."""
    starts = [
        min(moments(c), key=lambda pair: pair[1]) for c in statement.conditions if is_start(c) and moments(c)
    ]
    return max(starts, key=lambda pair: pair[1], default=None)
