"""Reads one object of JSON: a decoded diagnostic, the details of a denial, an error, a request of the simulator.

Source: RAM, DecodeDiagnosticMessage (`DecodedDiagnosticMessage` with `AuthAction`, `AuthResource`, `AuthConditions`,
`AuthPrincipal`, `ExplicitDeny`, `MatchedPolicies`, `NoPermissionPolicyType`); error answers carry `AccessDeniedDetail`,
an object or a text of JSON (`AuthAction`, `NoPermissionType`, `PolicyType`, `EncodedDiagnosticMessage`, …).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from policystudio.analysis.deciding.reading import Decision
from policystudio.analysis.reported.drafts import Draft, Where
from policystudio.analysis.reported.events import is_event, read_event
from policystudio.analysis.reported.fields import flag_in, object_in, text_in
from policystudio.analysis.reported.messages import HOW_TO_DECODE, is_refusal_code, read_lines
from policystudio.analysis.reported.model import Kind, Left, Matched, Reported

_DENIALS = {"explicitdeny": Decision.EXPLICIT_DENY, "implicitdeny": Decision.IMPLICIT_DENY}
_WRAPPERS = ("decodeddiagnosticmessage", "event", "request", "data", "body", "error")
_DEEPEST = 4
MOST_POLICIES = 50


def read_record(value: dict[str, Any], where: Where, depth: int = 0) -> Iterator[Reported | Left]:
    """What an object (names in lower case) says, also where it is wrapped in others; else why it was left."""
    if is_event(value):
        yield from read_event(value, where)
    elif "authaction" in value and (
        "authresource" in value or "authconditions" in value or "explicitdeny" in value
    ):
        yield _diagnostic(value, where)
    elif "authaction" in value or "nopermissiontype" in value or "encodeddiagnosticmessage" in value:
        yield _detail(value, where)
    elif "accessdenieddetail" in value and (inner := object_in(value["accessdenieddetail"])):
        yield _detail(inner, where, value)
    elif "action" in value and "effect" not in value:
        yield _request(value, where)
    else:
        yield from _wrapped(value, where, depth)


def _wrapped(value: dict[str, Any], where: Where, depth: int) -> Iterator[Reported | Left]:
    for name in _WRAPPERS if depth < _DEEPEST else ():
        inner = object_in(value.get(name))
        if inner:
            found = list(read_record(inner, where, depth + 1))
            if any(isinstance(each, Reported) for each in found):
                yield from found
                return
    code = text_in(value.get("code") or value.get("errorcode"), where.limits)
    message = value.get("message") or value.get("errormessage") or value.get("msg")
    if isinstance(message, str) and (code or is_refusal_code(message)):
        yield from _error(code, message, where)
    elif "statement" in value or "effect" in value:
        yield Left(
            where.start, where.end, "a-policy", "this is a policy; choose it, or paste it, beside the request"
        )
    else:
        detail = "this object is none of those that speak of a request: a diagnostic, an error, an event, a request"
        yield Left(where.start, where.end, "unknown-object", detail)


def _diagnostic(value: Mapping[str, Any], where: Where) -> Reported:
    draft = Draft(Kind.DIAGNOSTIC, where, is_refused=True)
    draft.name(text_in(value.get("authaction"), where.limits))
    explicit = flag_in(value.get("explicitdeny"))
    if explicit is not None:
        draft.denial = Decision.EXPLICIT_DENY if explicit else Decision.IMPLICIT_DENY
    draft.policy_type = text_in(value.get("nopermissionpolicytype"), where.limits)
    who = object_in(value.get("authprincipal")) or dict(value)
    _principal(draft, who)
    conditions = value.get("authconditions")
    for each in conditions if isinstance(conditions, list) else ():
        if pair := object_in(each):
            draft.carry(text_in(pair.get("conditionkey"), where.limits), pair.get("conditionvalues"))
    policies = value.get("matchedpolicies")
    draft.matched = tuple(
        _matched(entry, where)
        for each in (policies[:MOST_POLICIES] if isinstance(policies, list) else ())
        if (entry := object_in(each))
    )
    return draft.finished(text_in(value.get("authresource"), where.limits))


def _matched(value: Mapping[str, Any], where: Where) -> Matched:
    names = ("policyidentifier", "policytype", "effect", "attachedentitytype")
    return Matched(*(text_in(value.get(name), where.limits) for name in names))


def _detail(value: Mapping[str, Any], where: Where, around: Mapping[str, Any] | None = None) -> Reported:
    """The details of a denial; the resource is not among them, but may be in the message of the error around."""
    draft = Draft(Kind.ACCESS_DENIED_DETAIL, where, is_refused=True)
    draft.name(text_in(value.get("authaction"), where.limits))
    draft.denial = _DENIALS.get(text_in(value.get("nopermissiontype"), where.limits).lower())
    draft.policy_type = text_in(value.get("policytype"), where.limits)
    _principal(draft, value)
    if value.get("encodeddiagnosticmessage"):
        draft.note("encoded-diagnostic", HOW_TO_DECODE)
    message = (around or {}).get("message")
    said = next((each for each in _said(message, where) if each.resource or each.relative_id), None)
    if said is None:
        return draft.finished()
    draft.region = said.region
    return draft.finished(said.resource, said.relative_id)


def _said(message: Any, where: Where) -> list[Reported]:
    if not isinstance(message, str):
        return []
    return [each for each in read_lines(message, where) if isinstance(each, Reported)]


def _principal(draft: Draft, who: Mapping[str, Any]) -> None:
    """Who was refused. The account is the caller's, so it is not taken for that of the resource."""
    names = ("authprincipaltype", "authprincipaldisplayname")
    draft.principal = " ".join(text for name in names if (text := text_in(who.get(name), draft.where.limits)))


def _error(code: str, message: str, where: Where) -> Iterator[Reported | Left]:
    """What the message says; with the place of the object, as places inside an unescaped text are nobody's."""
    for each in read_lines(f"{code}: {message}", where):
        if isinstance(each, Left):
            yield each._replace(start=where.start, end=where.end)
        else:
            yield each.at(where.start, where.end)


def _request(value: Mapping[str, Any], where: Where) -> Reported:
    """A request as the simulator takes it; a refusal is not said with it."""
    draft = Draft(Kind.REQUEST, where)
    draft.name(text_in(value.get("action"), where.limits))
    context = value.get("context")
    for key, item in context.items() if isinstance(context, dict) else ():
        draft.carry(text_in(key, where.limits), item)
    return draft.finished(text_in(value.get("resource"), where.limits))
