"""Reads an English sentence as a stranger does, who has never seen the document: from the words to what they claim.

Written from the words alone; of the product it knows only what the phrases for actions stand for.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from ipaddress import ip_address, ip_network

from policystudio.analysis.sentences.english.phrases import PHRASES
from tests.reference.evaluator import both, low
from tests.reference.patterns import matches

REGION, ACCOUNT = "cn-hangzhou", "1234567890123456"
HOLE = "§"
Answer = bool | None
_QUOTED = re.compile(r"`([^`]*)`|the empty text")
_ESCAPED = re.compile(r"\\u\{([0-9A-F]+)\}|\\\\")
_ACTS = {re.sub("`[^`]*`", HOLE, phrase): name for name, phrase in PHRASES.items()}
_TYPES = {
    "key": "key",
    "alias": "alias",
    "secret": "secret",
    "certificate": "certificate",
    "KMS instance": "keystore",
    "network rule": "network",
    "access policy": "policy",
    "application access point": "applicationaccesspoint",
}
_CONTAINERS = {"keys": "key", "aliases": "alias", "secrets": "secret", "certificates": "certificate"}
_SUBJECTS = {
    "the time of the request": "acs:CurrentTime",
    "the request's address": "acs:SourceIp",
    "the request's private address": "acs:VpcSourceIp",
    "the VPC that the request comes from": "acs:SourceVpc",
    "the caller's ARN": "acs:PrincipalARN",
    "the resource directory of the caller's account": "acs:PrincipalRDId",
    "the path of the caller's account in its resource directory": "acs:PrincipalRDPath",
    "the encryption algorithm": "kms:EncryptionAlgorithm",
    "the service that the role is made for": "ram:ServiceName",
    "the key's tag §": "kms:tag/",
    "the resource's tag §": "acs:ResourceTag/",
    "the tag that the request carries, §": "acs:RequestTag/",
    "the encryption context's entry §": "kms:EncryptionContext:",
    "the condition key §": "",
}
_TRUTHS = {
    "the request is made over HTTPS": ("acs:SecureTransport", True),
    "the request is marked as not made over HTTPS": ("acs:SecureTransport", False),
    "the user signed in with a second factor": ("acs:MFAPresent", True),
    "the user signed in, but without a second factor": ("acs:MFAPresent", False),
}
_ORDERS: dict[str, tuple[Callable[[str], object], Callable[..., bool]]] = {
    "is less than": (Decimal, lambda a, b: a < b),
    "is at most": (Decimal, lambda a, b: a <= b),
    "is more than": (Decimal, lambda a, b: a > b),
    "is at least": (Decimal, lambda a, b: a >= b),
    "is before": (datetime.fromisoformat, lambda a, b: a < b),
    "is not after": (datetime.fromisoformat, lambda a, b: a <= b),
    "is after": (datetime.fromisoformat, lambda a, b: a > b),
    "is not before": (datetime.fromisoformat, lambda a, b: a >= b),
}


@dataclass
class Claim:
    """What a sentence says. `values` are what it quotes, by what they are: hints for requests."""

    is_allow: bool
    act: Callable[[str], bool]
    resource: Callable[[str], bool]
    condition: Callable[[Mapping[str, str]], Answer]
    actions: list[str] = field(default_factory=list)
    resources: list[str] = field(default_factory=list)
    values: dict[str, list[str]] = field(default_factory=dict)

    def answer(self, action: str, resource: str, context: Mapping[str, str]) -> Answer:
        return both(self.act(action) and self.resource(resource), self.condition(context))


class Reader:
    """Walks over the words with the quoted values taken out."""

    def __init__(self, text: str) -> None:
        self.values = [_meant(match[1] or "") for match in _QUOTED.finditer(text)]
        self.rest = _QUOTED.sub(HOLE, text)

    def take(self, pattern: str) -> re.Match[str] | None:
        """The words at this place that fit, taken away; the values in them are in `taken`."""
        found = re.match(pattern, self.rest)
        if found:
            self.rest = self.rest[found.end() :]
            count = found.group().count(HOLE)
            self.taken, self.values = self.values[:count], self.values[count:]
        return found

    def need(self, pattern: str) -> re.Match[str]:
        found = self.take(pattern)
        assert found, (pattern, self.rest)
        return found

    def take_each(self, words: str, every: str) -> re.Match[str] | None:
        """As `take`, with the word for "every" that fits the place."""
        return self.take(words.replace("every", every))

    def one_of(self, words: Mapping[str, object]) -> str | None:
        """The longest of `words` that stands here and ends where a word ends."""
        for each in sorted(words, key=len, reverse=True):
            if self.take(re.escape(each) + r"(?=[ ,.;]|$)"):
                return each
        return None


def read(text: str) -> Claim:
    """What the sentence claims; fails on any word that is not of the grammar."""
    reader = Reader(text)
    verb = reader.need("Allows |Never allows ").group()
    claim = Claim(verb == "Allows ", lambda _: False, lambda _: True, lambda _: True)
    _acts(reader, claim)
    _places(reader, claim)
    _conditions(reader, claim)
    reader.need(r"\.$")
    assert not reader.values
    return claim


def _acts(reader: Reader, claim: Claim) -> None:
    every = _every(claim)
    is_except = reader.take_each("every action of every service except ", every) is not None
    every = "every" if is_except else every
    patterns = _act(reader, every)
    assert patterns is not None, reader.rest
    between = ", | and " if every == "every" else ", or |, | or "
    while True:
        kept, values = reader.rest, reader.values
        more = _act(reader, every) if reader.take(between) else None
        if more is None:
            reader.rest, reader.values = kept, values
            break
        patterns += more
    claim.actions = patterns
    claim.act = lambda action: any(matches(low(p), low(action)) for p in patterns) is not is_except


def _every(claim: Claim) -> str:
    """What is denied is "any": of "never every" nobody knows whether it is some."""
    return "every" if claim.is_allow else "any"


def _act(reader: Reader, every: str) -> list[str] | None:
    if phrase := reader.one_of(_ACTS):
        return [_ACTS[phrase]]
    if reader.take_each("every action of any service that fits §|every action that fits §", every):
        return reader.taken
    if reader.take_each("every action that begins with §(, §)*( or §)?", every):
        return [f"{text}*" for text in reader.taken]
    if reader.take_each("every action of every service", every):
        return ["*"]
    if reader.take_each("every KMS action", every):
        return ["kms:*"]
    if reader.take_each("every § action", every):
        return [f"{reader.taken[0]}:*"]
    if reader.take(r"the unknown action §|the action §|§( \(added by your team\))?"):
        return reader.taken
    return None


def _places(reader: Reader, claim: Claim) -> None:
    if not reader.take(",? (on|with) "):
        return
    every = _every(claim)
    is_except = reader.take_each("every resource of every service except ", every) is not None
    every = "every" if is_except else every
    patterns = _place(reader, every)
    while reader.take("; and except " if is_except else "; and on " if claim.is_allow else "; nor on "):
        patterns += _place(reader, every)
    claim.resources = patterns
    claim.resource = lambda name: any(_reaches(p, name) for p in patterns) is not is_except


def _place(reader: Reader, every: str) -> list[str]:
    if reader.take_each("every resource of every service(?=[,.;])", every):
        return ["*"]
    if reader.take("whatever § stands for, which is no resource name"):
        return []
    things = [_thing(reader, every)]
    while reader.take(", | and " if every == "every" else ", | or "):
        things.append(_thing(reader, every))
    if reader.take(" in the target's region and account"):
        return [f"acs:{service}:{REGION}:{ACCOUNT}:{rest}" for service, rest in things]
    region = reader.take_each(
        " (in the target's region|in every region that fits §|in every region|with no region|in region §)",
        every,
    )
    assert region, reader.rest
    in_region = _field(region[1], reader.taken, REGION)
    account = reader.take_each(
        " (of the target's account|of every account that fits §|of any account|with no account|of account §)",
        every,
    )
    assert account, reader.rest
    of_account = _field(account[1], reader.taken, ACCOUNT)
    return [f"acs:{service}:{in_region}:{of_account}:{rest}" for service, rest in things]


def _thing(reader: Reader, every: str) -> tuple[str, str]:
    if found := reader.take(f"the collection of ({'|'.join(_CONTAINERS)})"):
        return "kms", _CONTAINERS[found[1]]
    services = " (of every service that fits §|of any service|of no service|of the service §)"
    if found := reader.take_each(f"the resource{services} whose name is empty", every):
        return _field(found[1], reader.taken, ""), ""
    words = "|".join([*_TYPES, "KMS resource", "resource"])
    found = reader.need(
        rf"(?:{every}|the) ({words})(?: (?:whose (?:id|name) |that )(begins with|fits|is empty))?(?: §)?"
    )
    value = reader.taken[0] if reader.taken else "" if found[2] == "is empty" else "*"
    rest = f"{value}*" if found[2] == "begins with" else value
    if found[1] in _TYPES:
        return "kms", f"{_TYPES[found[1]]}/{rest}"
    if found[1] == "KMS resource":
        return "kms", rest
    service = reader.take_each(services, every)
    assert service, reader.rest
    return _field(service[1], reader.taken, ""), rest


def _field(words: str, taken: list[str], target: str) -> str:
    if taken:
        return taken[0]
    if "target" in words:
        return target
    return "" if re.search(r"\bno\b", words) else "*"


def _reaches(pattern: str, name: str) -> bool:
    if pattern == "*":
        return True
    pairs = zip(pattern.split(":", 4), name.split(":", 4), strict=True)
    return all(matches(field, part) for field, part in pairs)


def _conditions(reader: Reader, claim: Claim) -> None:
    asked: list[Callable[[Mapping[str, str]], Answer]] = []
    while reader.take(", and if " if asked else ", if "):
        asked.append(_condition(reader, claim))
        reader.take(r" \(a condition key added by your team\)")

    def holds(context: Mapping[str, str]) -> Answer:
        answer: Answer = True
        for each in asked:
            answer = both(answer, each(context))
        return answer

    claim.condition = holds


def _condition(reader: Reader, claim: Claim) -> Callable[[Mapping[str, str]], Answer]:
    if truth := reader.one_of(_TRUTHS):
        key, wanted = _TRUTHS[truth]
        claim.values.setdefault(key, []).append("true")
        return lambda context: low(context.get(key, "")) == str(wanted).lower()
    words = reader.one_of(_SUBJECTS)
    if words is None:
        reader.need(r"§ holds for § and (§(, §)*( or §)?|no value) \([^)]*it may or may not hold\)")
        return lambda context: None
    key = _SUBJECTS[words] + (reader.taken[0] if reader.taken else "")
    if found := reader.take(" is (true|false)(?= \\(a|[,.])"):
        claim.values.setdefault(key, []).append("true")
        return lambda context: low(context.get(key, "")) == found[1]
    fits, is_negated, values = _comparison(reader)
    claim.values.setdefault(key, []).extend(values)

    def holds(context: Mapping[str, str]) -> Answer:
        if key not in context:
            return is_negated
        return any(fits(context[key], value) for value in values) is not is_negated

    return holds


def _comparison(reader: Reader) -> tuple[Callable[[str, str], bool], bool, list[str]]:
    """How one value is compared, whether none may fit, and the values."""
    orders = "|".join(sorted(_ORDERS, key=len, reverse=True))
    if found := reader.take(rf" ({orders}) §((?:, | or )(\1) §)*(?! or §)"):
        read_value, holds = _ORDERS[found[1]]
        return (lambda given, value: holds(read_value(given), read_value(value))), False, reader.taken
    listed = "(?:(?:in |at )?§)(?:(?:, | or | nor )(?:in |at )?§)*"
    found = reader.need(
        rf" (is exactly neither|is exactly|is not exactly|equals neither|does not equal|equals|fits neither|"
        rf"does not fit|fits|is neither|is not|is) ({listed})"
    )
    values, verb = reader.taken, found[1]
    is_caseless = reader.take(r" \(letter case ignored\)") is not None
    reader.take(r" \(wildcards taken literally\)")
    is_negated = "not" in verb or "neither" in verb
    if is_negated:
        reader.need(r" \(or the request carries no such condition key\)")
    if "fit" in verb:
        return (lambda given, value: matches(value, given)), is_negated, values
    if "equal" in verb:
        return (lambda given, value: Decimal(given) == Decimal(value)), is_negated, values
    if "exactly" in verb:
        moment = datetime.fromisoformat
        return (lambda given, value: moment(given) == moment(value)), is_negated, values
    if found[2].startswith(("in ", "at ")):
        return _is_within, is_negated, values
    if is_caseless:
        return (lambda given, value: low(given) == low(value)), is_negated, values
    return (lambda given, value: given == value), is_negated, values


def _is_within(given: str, range_: str) -> bool:
    network, address = ip_network(range_, strict=False), ip_address(given)
    return address.version == network.version and address in network


def _meant(text: str) -> str:
    return _ESCAPED.sub(lambda m: chr(int(m[1], 16)) if m[1] else "\\", text)
