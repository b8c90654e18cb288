"""A document that somebody names by policy, revision and target, to ask something about it.

Read leniently, as drafts are asked about too; what cannot be read at all is refused with its first fault.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from policystudio.analysis.given import read_given
from policystudio.errors import InvalidInput, NotFound, Problem
from policystudio.policies.models import Policy
from policystudio.policies.selectors import policy_get, revision_get, targets_of
from policystudio.ram.document import Document
from policystudio.ram.finding import Severity, shown
from policystudio.ram.render import RegionMode, RenderError, Target, render_for
from policystudio.review.released import documents_of, released_text
from policystudio.teams.viewer import Viewer

RELEASED, NEWEST = "released", "newest"
_MOST_NAMED = 5


@dataclass(frozen=True, slots=True)
class ChosenDocument:
    """`target` is None for a policy without targets, whose placeholders stay; `source` is the revision's own text."""

    policy: Policy
    number: int
    is_released: bool
    target: Target | None
    source: str
    document: Document


def choose(
    viewer: Viewer, policy_id: int, revision: str = "", account: str = "", region: str = ""
) -> ChosenDocument:
    """The document of a policy for one target.

    `revision` is a number, `released` or `newest`; empty is the released one where there is one. Without account or
    region the first target that fits is taken. Raises: NotFound for a policy that the viewer may not see;
    InvalidInput with the pointers /revision and /account; IntegrityBroken, as on export.
    """
    policy = policy_get(viewer, policy_id)
    wanted = revision or (NEWEST if policy.released_number is None else RELEASED)
    if wanted == RELEASED:
        return _released(viewer, policy, account, region)
    number = policy.newest_number if wanted == NEWEST else _number(wanted)
    try:
        source = revision_get(viewer, policy.pk, number).source
    except NotFound:
        detail = f"there is no revision {number}; the newest is {policy.newest_number}"
        raise InvalidInput([Problem("/revision", detail, "no-such-revision")]) from None
    targets = targets_of(policy)
    target = _target(targets, account, region) if targets or account or region else None
    document = _read(source)
    if target is not None:
        document = _read(rendered(document, targets, target, policy))
    return ChosenDocument(policy, number, False, target, source, document)


def _released(viewer: Viewer, policy: Policy, account: str, region: str) -> ChosenDocument:
    documents = {Target(each.account, each.region): each for each in documents_of(viewer, policy.pk)}
    if not documents:
        detail = f"nothing of {policy.name} is released; ask about the newest revision"
        raise InvalidInput([Problem("/revision", detail, "not-released")])
    target = _target(sorted(documents), account, region)
    found = documents[target]
    source = revision_get(viewer, policy.pk, found.revision_number).source
    text = released_text(viewer, policy.pk, target.account, target.region)
    return ChosenDocument(policy, found.revision_number, True, target, source, _read(text))


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 7):
        detail = f"{shown(text)} is no revision; write a number, `{RELEASED}` or `{NEWEST}`"
        raise InvalidInput([Problem("/revision", detail, "no-such-revision")])
    return int(text)


def _target(targets: Sequence[Target], account: str, region: str) -> Target:
    for target in targets:
        if account in ("", target.account) and region in ("", target.region):
            return target
    wanted = " and ".join(part for part in (account, region) if part)
    stored = ", ".join(f"{each.account} {each.region}" for each in targets[:_MOST_NAMED]) or "nowhere"
    more = f" and {len(targets) - _MOST_NAMED} more" if len(targets) > _MOST_NAMED else ""
    detail = f"it is not stored for {shown(wanted)}; it is for {stored}{more}"
    raise InvalidInput([Problem("/account", detail, "no-such-target")])


def _read(text: str) -> Document:
    parsed = read_given(text)
    if parsed.document is None:
        fault = next(each for each in parsed.findings if each.severity is Severity.ERROR)
        detail = f"this revision cannot be read, line {fault.line}: {fault.message}"
        raise InvalidInput([Problem("/revision", detail, fault.code)])
    return parsed.document


def rendered(document: Document, targets: Sequence[Target], target: Target, policy: Policy) -> str:
    """The document of a source for one target. Raises: InvalidInput, where it gives none.

    Only the targets whose document this one depends on are rendered, as a policy may have hundreds.
    """
    mode = RegionMode(policy.region_mode)
    is_shared = mode is RegionMode.COMBINED
    needed = [each for each in targets if is_shared and each.account == target.account] or [target]
    try:
        found = render_for(document, needed, mode, policy.name)
    except RenderError as error:
        detail = f"this revision gives no document for a target: {error}"
        raise InvalidInput([Problem("/revision", detail, "not-rendered")]) from None
    return next(each.text for each in found if each.target == target)
