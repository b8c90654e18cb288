"""Joins what an error says in a sentence with what it says in the JSON beside it, so that one refusal is one report.

An SDK prints both: the sentence names the resource, the details of the denial name the action and who refused.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from policystudio.analysis.reported.model import Kind, Reported

_FAR = 400
"""Code points between two pieces of one error at most; some SDKs print a request id and headers between them."""


def joined(found: Iterable[Reported]) -> list[Reported]:
    """The reports in order, two that stand beside each other and speak of one refusal made one."""
    made: list[Reported] = []
    for each in found:
        both = _both(made[-1], each) if made and each.start - made[-1].end <= _FAR else None
        if both is None:
            made.append(each)
        else:
            made[-1] = both
    return made


def _both(one: Reported, other: Reported) -> Reported | None:
    """The two as one; None where they speak of different refusals, or neither is a mere sentence."""
    if Kind.MESSAGE not in (one.kind, other.kind) or Kind.TRAIL_EVENT in (one.kind, other.kind):
        return None
    if Kind.REQUEST in (one.kind, other.kind) or one.is_refused is not True or other.is_refused is not True:
        return None
    if not (_fit(one.action, other.action) and _fit(_named(one), _named(other))):
        return None
    # The JSON says more precisely what it says; of two sentences the first counts.
    main, beside = (
        (other, one) if one.kind is Kind.MESSAGE and other.kind is not Kind.MESSAGE else (one, other)
    )
    has_resource = bool(_named(main))
    action = main.action or beside.action
    resource = main.resource if has_resource else beside.resource
    relative_id = main.relative_id if has_resource else beside.relative_id
    answered = {"no-action"} if action else set()
    answered |= {"no-resource"} if resource or relative_id else set()
    answered |= {"no-place", *answered} if resource else set()
    notes = tuple(each for each in (*main.notes, *beside.notes) if each.code not in answered)
    if main.action:
        notes = tuple(each for each in notes if each.code not in ("assumed-action", "several-operations"))
    return replace(
        main,
        action=action,
        resource=resource,
        relative_id=relative_id,
        denial=main.denial or beside.denial,
        policy_type=main.policy_type or beside.policy_type,
        region=main.region or beside.region,
        account=main.account or beside.account,
        notes=tuple(dict.fromkeys(notes)),
        start=min(one.start, other.start),
        end=max(one.end, other.end),
    )


def _named(report: Reported) -> str:
    return report.resource or report.relative_id


def _fit(one: str, other: str) -> bool:
    """Whether both may be the same; what one of them does not say, or only assumes, is no difference."""
    return not one or not other or one == other
