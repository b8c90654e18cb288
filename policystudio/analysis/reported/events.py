"""Reads one event of ActionTrail: what was called, on what, from where, and whether it was refused.

Source: ActionTrail, management event structure, and the four sample events of KMS (`serviceName` is `Kms`, parameters
under `requestParameters`, `sourceIpAddress` may be `Internal`). Unconfirmed, as no refused event of KMS was found: that
a refusal has its code in `errorCode`; `requestParameters` as text; `mfaAuthenticated` as the value of `acs:MFAPresent`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from policystudio.analysis.reported.drafts import Draft, Where
from policystudio.analysis.reported.fields import flag_in, object_in, text_in
from policystudio.analysis.reported.messages import is_refusal_code, resource_in
from policystudio.analysis.reported.model import Kind, Reported
from policystudio.analysis.reported.naming import default_word, operations, relative_id, relative_ids
from policystudio.ram.finding import shown


def is_event(value: Mapping[str, Any]) -> bool:
    """Whether an object (names in lower case) is an event of a trail."""
    return "eventname" in value and any(name in value for name in ("servicename", "eventsource", "eventid"))


def read_event(value: Mapping[str, Any], where: Where) -> Iterator[Reported]:
    """What the event says: one report for each permission that the call needs. None for an event of another kind."""
    draft = _draft(value, where)
    operation = text_in(value.get("eventname"), where.limits)
    service = text_in(value.get("servicename"), where.limits).lower() or _service(value, where)
    parameters = _parameters(value)
    given = {
        name: text
        for name, item in parameters.items()
        if (text := text_in(item, where.limits) or _joined(item))
    }
    draft.region = text_in(value.get("acsregion"), where.limits) or given.get("regionid", "")
    message = text_in(value.get("errormessage"), where.limits)
    if service != where.catalogue.service:
        draft.name(f"{service}:{operation}" if service and operation else "")
        if draft.action:
            draft.note(
                "other-service", f"{shown(service)} is not in the catalogue; name the resource yourself"
            )
        yield draft.finished(resource_in(message))
        return
    actions = operations(where.catalogue).get(operation.lower(), ())
    if not actions:
        draft.name(f"{service}:{operation}" if operation else "")
        yield draft.finished(resource_in(message))
        return
    for action in actions:
        draft.action = action.name
        found = list(dict.fromkeys(relative_ids(where.catalogue, action, given)))
        if not found:
            found = _otherwise(value, where, action.name, message)
        for resource in found or [""]:
            yield draft.finished(relative_id=resource)


def _draft(value: Mapping[str, Any], where: Where) -> Draft:
    draft = Draft(Kind.TRAIL_EVENT, where)
    limits = where.limits
    who = object_in(value.get("useridentity")) or {}
    draft.principal = " ".join(
        text for name in ("type", "username") if (text := text_in(who.get(name), limits))
    )
    own, other = text_in(value.get("recipientaccountid"), limits), text_in(who.get("accountid"), limits)
    draft.account = own or other
    if own and other and own != other:
        detail = "the caller belongs to another account, so both its policies and the key policy have to allow the call"
        draft.note("other-account", detail)
    code = text_in(value.get("errorcode"), limits)
    draft.is_refused = True if is_refusal_code(code) else None if code else False
    draft.carry_address(text_in(value.get("sourceipaddress"), limits))
    draft.carry("acs:SourceVpc", value.get("vpcid"))
    draft.moment = text_in(value.get("eventtime"), limits)
    session = object_in(who.get("sessioncontext")) or {}
    attributes = object_in(session.get("attributes")) or {}
    if flag_in(attributes.get("mfaauthenticated")):
        draft.carry("acs:MFAPresent", "true")
    return draft


def _service(value: Mapping[str, Any], where: Where) -> str:
    """The service of the host that answered, such as `kms-intranet.cn-hangzhou.aliyuncs.com`."""
    host = text_in(value.get("eventsource"), where.limits).lower()
    return host.partition(".")[0].partition("-")[0]


def _parameters(value: Mapping[str, Any]) -> dict[str, Any]:
    for name in ("requestparameters", "requestparameterjson"):
        found = object_in(value.get(name))
        if found:
            return found
    return {}


def _joined(item: Any) -> str:
    """A list of names in one text, as the trail also writes them."""
    if not isinstance(item, list):
        return ""
    return ",".join(each for each in item[:100] if isinstance(each, str) and len(each) < 256)


def _otherwise(value: Mapping[str, Any], where: Where, action: str, message: str) -> list[str]:
    """The resource from the error's message, or from what the trail says the event is about."""
    said = resource_in(message)
    if said:
        return [said]
    word = default_word(where.catalogue, action)
    name = text_in(value.get("resourcename"), where.limits)
    if word and name and not any(sign in name for sign in " ,;"):
        return [relative_id(word, name)]
    return []
