"""Conditions in English: what is looked at, how it is compared, with which values.

A negated operator also holds for a request that does not carry the key, and the sentence says so, because an Allow
would otherwise seem narrower than it is.
"""

from __future__ import annotations

from policystudio.analysis.sentences.clause import Comparison, Doubt, If
from policystudio.analysis.sentences.pieces import Parts, joined, quoted
from policystudio.analysis.sentences.sentence import Part
from policystudio.ram.patterns import has_wildcard

SUBJECTS = {
    "acs:CurrentTime": "the time of the request",
    "acs:SourceIp": "the request's address",
    "acs:VpcSourceIp": "the request's private address",
    "acs:SourceVpc": "the VPC that the request comes from",
    "acs:PrincipalARN": "the caller's ARN",
    "acs:PrincipalRDId": "the resource directory of the caller's account",
    "acs:PrincipalRDPath": "the path of the caller's account in its resource directory",
    "kms:EncryptionAlgorithm": "the encryption algorithm",
    "ram:ServiceName": "the service that the role is made for",
}
TAGS = {
    "kms:tag/": "the key's tag",
    "acs:ResourceTag/": "the resource's tag",
    "acs:RequestTag/": "the tag that the request carries,",
    "kms:EncryptionContext:": "the encryption context's entry",
}
# Said of a request that carries the key: a plain operator does not hold for one that does not.
TRUTHS = {
    "acs:SecureTransport": (
        "the request is made over HTTPS",
        "the request is marked as not made over HTTPS",
    ),
    "acs:MFAPresent": (
        "the user signed in with a second factor",
        "the user signed in, but without a second factor",
    ),
}
ORDERS = {
    Comparison.LESS: "is less than",
    Comparison.AT_MOST: "is at most",
    Comparison.MORE: "is more than",
    Comparison.AT_LEAST: "is at least",
    Comparison.BEFORE: "is before",
    Comparison.NOT_AFTER: "is not after",
    Comparison.AFTER: "is after",
    Comparison.NOT_BEFORE: "is not before",
}
# Plain, negated, negated with several values.
VERBS = {
    Comparison.IS: ("is", "is not", "is neither"),
    Comparison.IS_IGNORING_CASE: ("is", "is not", "is neither"),
    Comparison.FITS: ("fits", "does not fit", "fits neither"),
    Comparison.EQUALS: ("equals", "does not equal", "equals neither"),
    Comparison.MOMENT: ("is exactly", "is not exactly", "is exactly neither"),
    Comparison.WITHIN: ("is", "is not", "is neither"),
}
TRUTH = (" is true", " is false")
HOLDS = (" holds for ", " and ")
NO_VALUE = "no value"
KEY = "the condition key {}"
EMPTY = "the empty text"
NAMELESS = "the condition key whose name is empty"
CASE = " (letter case ignored)"
LITERAL = " (wildcards taken literally)"
ABSENT = " (or the request carries no such condition key)"
DOUBTS = {
    Doubt.UNDOCUMENTED: " (RAM documents no meaning for this; it may or may not hold)",
    Doubt.UNREADABLE: " (this cannot be read; it may or may not hold)",
}
OF_TEAM = " (a condition key added by your team)"


def condition_in_words(condition: If) -> Parts:
    """A clause that can follow "if"."""
    found = _doubted(condition) if condition.doubt else _held(condition)
    return [*found, Part(OF_TEAM, condition.key.path)] if condition.is_of_team else found


def _doubted(condition: If) -> Parts:
    assert condition.doubt is not None  # asked just before
    values = joined(_values(condition), ", ", " or ", condition.path) or [Part(NO_VALUE, condition.path)]
    operator, key = condition.operator, condition.key
    return [
        Part(quoted(operator.text) if operator.text else EMPTY, operator.path),
        Part(HOLDS[0], condition.path),
        Part(quoted(key.text) if key.text else EMPTY, key.path),
        Part(HOLDS[1], condition.path),
        *values,
        Part(DOUBTS[condition.doubt], condition.path),
    ]


def _held(condition: If) -> Parts:
    comparison, key = condition.comparison, condition.key
    assert comparison is not None  # there is no doubt
    if comparison in (Comparison.TRUE, Comparison.FALSE):
        is_false = comparison is Comparison.FALSE
        if key.text in TRUTHS:
            return [Part(TRUTHS[key.text][is_false], condition.path)]
        return [
            Part(subject(key.text), key.path),
            Part(TRUTH[is_false], condition.path),
        ]
    return [Part(subject(key.text), key.path), *_compared(condition, comparison)]


def subject(key: str) -> str:
    """What a condition key looks at."""
    if not key:
        return NAMELESS
    if key in SUBJECTS:
        return SUBJECTS[key]
    for prefix, words in TAGS.items():
        if key.startswith(prefix) and len(key) > len(prefix):
            return f"{words} {quoted(key[len(prefix) :])}"
    return KEY.format(quoted(key))


def _compared(condition: If, comparison: Comparison) -> Parts:
    at = condition.operator.path
    if comparison in ORDERS:
        verb = ORDERS[comparison]
        values = joined(_values(condition), f", {verb} ", f" or {verb} ", at)
        return [Part(f" {verb} ", at), *values]
    plain, negated, none_of = VERBS[comparison]
    verb = plain if not condition.is_negated else negated if len(condition.values) == 1 else none_of
    last = " nor " if condition.is_negated else " or "
    found = [Part(f" {verb} ", at), *joined(_values(condition), ", ", last, condition.key.path)]
    if comparison is Comparison.IS_IGNORING_CASE:
        found.append(Part(CASE, at))
    if comparison in (Comparison.IS, Comparison.IS_IGNORING_CASE) and any(
        has_wildcard(value.text) for value in condition.values
    ):
        found.append(Part(LITERAL, at))
    return [*found, Part(ABSENT, at)] if condition.is_negated else found


def _values(condition: If) -> list[Parts]:
    return [[Part(_value(each.text, condition.comparison), each.path)] for each in condition.values]


def _value(text: str, comparison: Comparison | None) -> str:
    shown = quoted(text) if text else EMPTY
    return f"{'in' if '/' in text else 'at'} {shown}" if comparison is Comparison.WITHIN else shown
