"""A test of a policy: a request that may hold placeholders, the answer that must come, and in which targets."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from policystudio.analysis.deciding import Bounds
from policystudio.analysis.request import Fault, Request, cautions, faults
from policystudio.ram import placeholders
from policystudio.ram.finding import shown
from policystudio.ram.position import pointer
from policystudio.ram.render import Target


class Expectation(StrEnum):
    """What the answer must be. A denial is one whether a Deny or nobody's Allow makes it."""

    ALLOW = "allow"
    DENY = "deny"


class Verdict(StrEnum):
    """What came of a test, the gravest first."""

    FAILS = "fails"
    UNKNOWN = "unknown"
    """The documents do not settle it, so nobody may rely on it."""
    NOT_ASKED = "not_asked"
    """No target of the policy is one that the test is for, so it says nothing."""
    HOLDS = "holds"


@dataclass(frozen=True, slots=True)
class PolicyTest:
    """`account` and `region` are the target that it is for; empty: every one, an account alone: every one of it.

    The resource and the values of the context may hold `${region}` and `${account}`, which become those of each target.
    """

    name: str
    request: Request
    expectation: Expectation
    account: str = ""
    region: str = ""


def verdict(expectation: str, bounds: Bounds) -> Verdict:
    """What a decision means for a test."""
    if bounds.is_allowed is None:
        return Verdict.UNKNOWN
    return Verdict.HOLDS if bounds.is_allowed is (expectation == Expectation.ALLOW) else Verdict.FAILS


def asked_at(request: Request, target: Target) -> Request:
    """The request as it is asked in a target."""
    if not has_placeholder(request):
        return request
    values = {placeholders.ACCOUNT: target.account, placeholders.REGION: target.region}
    context = {key: placeholders.substitute(value, values) for key, value in request.context.items()}
    return Request(request.action, placeholders.substitute(request.resource, values), context)


def has_placeholder(request: Request) -> bool:
    """Whether the request is another one in each target."""
    return any(any(placeholders.find(text)) for text in open_texts(request))


def open_texts(request: Request) -> Iterator[str]:
    """The texts in which a placeholder may stand."""
    yield request.resource
    yield from request.context.values()


def normalised(request: Request) -> Request:
    """The request with its placeholders in the form in which they are stored."""
    context = {key: placeholders.normalise(value) for key, value in request.context.items()}
    return Request(request.action, placeholders.normalise(request.resource), context)


def generalised(request: Request, target: Target) -> Request:
    """The request with a placeholder wherever a whole field or value is the account or region of the target."""
    blanks = {
        target.account: "${" + placeholders.ACCOUNT + "}",
        target.region: "${" + placeholders.REGION + "}",
    }
    fields = request.resource.split(":", 4)
    if len(fields) == 5:
        fields[2] = blanks[target.region] if fields[2] == target.region else fields[2]
        fields[3] = blanks[target.account] if fields[3] == target.account else fields[3]
    context = {key: blanks.get(value, value) for key, value in request.context.items()}
    return Request(request.action, ":".join(fields), context)


def faults_of_test(request: Request) -> list[Fault]:
    """Everything for which a request is no question of a test; none when it is one.

    Decision: a wildcard in a name, which elsewhere is only warned of, is refused. A request has no patterns: that
    `kms:*` is denied holds of a policy that allows `kms:Decrypt`, and whoever wrote it would rely on the opposite.
    """
    return [*faults(request), *cautions(request), *_placeholder_faults(request)]


def _placeholder_faults(request: Request) -> Iterator[Fault]:
    """What was meant to be a placeholder and is none, or stands where none is filled, and is asked as it stands."""
    if any(placeholders.find(request.action)):
        detail = f"{shown(request.action)} has a placeholder; an action is the same in every target"
        yield Fault("/action", "unknown-placeholder", detail)
    texts = {"/resource": request.resource}
    texts |= {pointer("context", key): value for key, value in request.context.items()}
    for at, text in texts.items():
        if any(not each.is_known for each in placeholders.find(text)):
            detail = f"{shown(text)} has a placeholder that is unknown; write `${{region}}` or `${{account}}`"
            yield Fault(at, "unknown-placeholder", detail)


def concerns(test: PolicyTest, target: Target) -> bool:
    """Whether the test is asked in that target.

    Decision: of a test without a target whose resource lies in a fixed account or region, an expected denial is asked
    everywhere, since no document may allow it; an expected allowance is asked only where the resource lies, since it is
    no fault of the document for Shanghai that it allows nothing in Hangzhou.
    """
    if test.account and (test.account != target.account or test.region not in ("", target.region)):
        return False
    if test.region or test.expectation is Expectation.DENY:
        return True
    fields = test.request.resource.split(":", 4)
    if len(fields) < 5:
        return True
    return _lies_in(fields[2], target.region) and (bool(test.account) or _lies_in(fields[3], target.account))


def _lies_in(text: str, name: str) -> bool:
    return text in ("", "*", name) or any(placeholders.find(text))
