"""Conditions in words: what is looked at, how it is compared, with which values.

Decision: a negated operator also holds for a request that does not carry the key, and the sentence says so, because
an Allow would otherwise seem narrower than it is. Source: ram-language, section 4.
"""

from __future__ import annotations

from policystudio.analysis.sentences.english.words import listed, quoted
from policystudio.ram.document import Condition
from policystudio.ram.patterns import fold, has_wildcard

_CASE = " (letter case ignored)"
_ABSENT = " (this holds too when the request carries no such value)"

_SUBJECTS = {
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
_TAGS = {
    "kms:tag/": "the key's tag",
    "acs:ResourceTag/": "the resource's tag",
    "acs:RequestTag/": "the tag that the request carries,",
    "kms:EncryptionContext:": "the encryption context's entry",
}
_TRUE = {
    "acs:SecureTransport": ("the request is made over HTTPS", "the request is not made over HTTPS"),
    "acs:MFAPresent": (
        "the user signed in with a second factor",
        "the user signed in without a second factor",
    ),
}
_COMPARISONS = {
    "DateEquals": "is",
    "DateLessThan": "is before",
    "DateLessThanEquals": "is not after",
    "DateGreaterThan": "is after",
    "DateGreaterThanEquals": "is not before",
    "NumericEquals": "equals",
    "NumericLessThan": "is less than",
    "NumericLessThanEquals": "is at most",
    "NumericGreaterThan": "is more than",
    "NumericGreaterThanEquals": "is at least",
}
_SETS = {"ForAllValues": "every value of", "ForAnyValue": "at least one value of"}


def condition_in_words(condition: Condition) -> str:
    """A clause that can follow "if"."""
    operator, key = condition.operator.text, condition.key.text
    values = [value.text for value in condition.values]
    prefix, colon, bare = operator.partition(":")
    if colon and prefix in _SETS:
        return (
            f"{_SETS[prefix]} {_clause(bare, key, values)} (how RAM reads {quoted(prefix)} is not documented)"
        )
    return _clause(operator, key, values)


def _clause(operator: str, key: str, values: list[str]) -> str:
    if operator == "Bool":
        return _truth(key, values)
    compared = _compared(operator, values)
    if compared is None or not values:
        shown = listed([quoted(value) for value in values], "or") or "nothing"
        return f"{quoted(operator)} holds for {quoted(key)} and {shown}"
    return f"{_subject(key)} {compared}"


def _subject(key: str) -> str:
    if key in _SUBJECTS:
        return _SUBJECTS[key]
    for prefix, words in _TAGS.items():
        if key.startswith(prefix) and len(key) > len(prefix):
            return f"{words} {quoted(key[len(prefix) :])}"
    return f"the condition key {quoted(key)}"


def _truth(key: str, values: list[str]) -> str:
    folded = [fold(value) for value in values]
    if key in _TRUE and folded in (["true"], ["false"]):
        yes, no = _TRUE[key]
        return yes if folded == ["true"] else no
    return f"{_subject(key)} is {listed([quoted(value) for value in values], 'or')}"


def _compared(operator: str, values: list[str]) -> str | None:
    """The verb and the values, or None for an operator that is not known."""
    alternatives = [quoted(value) for value in values]
    if operator in _COMPARISONS:
        verb = _COMPARISONS[operator]
        return (
            f"{verb} {listed(alternatives, f'or {verb}')}"
            if len(values) > 1
            else f"{verb} {''.join(alternatives)}"
        )
    either, neither = listed(alternatives, "or"), listed(alternatives, "nor")
    none_of = f"neither {neither}" if len(values) > 1 else f"not {neither}"
    match operator:
        case "StringEquals":
            return f"is {either}"
        case "StringEqualsIgnoreCase":
            return f"is {either}{_CASE}"
        case "StringNotEquals" | "DateNotEquals" | "NumericNotEquals":
            return f"is {none_of}{_ABSENT}"
        case "StringNotEqualsIgnoreCase":
            return f"is {none_of}{_CASE}{_ABSENT}"
        case "StringLike":
            return _likes(values)
        case "StringNotLike":
            return f"does not fit the pattern {either}{_ABSENT}"
        case "IpAddress":
            return _addresses(values, "is")
        case "NotIpAddress":
            return f"{_addresses(values, 'is not')}{_ABSENT}"
    return None


def _likes(values: list[str]) -> str:
    exact = [quoted(value) for value in values if not has_wildcard(value)]
    patterns = [quoted(value) for value in values if has_wildcard(value)]
    parts = []
    if exact:
        parts.append(f"is {listed(exact, 'or')}")
    if patterns:
        parts.append(f"fits the pattern {listed(patterns, 'or')}")
    return " or ".join(parts)


def _addresses(values: list[str], verb: str) -> str:
    ranges = [f"in {quoted(value)}" if "/" in value else quoted(value) for value in values]
    last = "or" if verb == "is" else "nor"
    return f"{verb} {listed(ranges, last)}"
