"""The change of a stored policy as its next revision: in placeholders, tried, with its proof in every target."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from policystudio.analysis.deciding import Decision, Policies
from policystudio.analysis.given import read_given
from policystudio.analysis.repairing import Cause, Edit, Repair, applied, diagnose
from policystudio.analysis.request import Request
from policystudio.catalog.model import Catalogue
from policystudio.errors import InvalidInput
from policystudio.policies.models import Policy, Revision
from policystudio.policies.selectors import newest_revision, targets_of
from policystudio.ram.document import Document
from policystudio.ram.render import Target
from policystudio.ram.resources import split
from policystudio.review.chosen import NEWEST, ChosenDocument, choose, rendered
from policystudio.review.proof import named_targets, proof
from policystudio.teams.viewer import Viewer
from policystudio.web.asking.choice import Choice
from policystudio.web.asking.compared import Compared
from policystudio.web.asking.sources import Asked
from policystudio.web.denied.words import WAYS
from policystudio.web.diff import Diff, compare
from policystudio.web.proposal.card import Card, card

_MOST_MESSAGE = 200


@dataclass(frozen=True, slots=True)
class Proposed:
    """`source` is the text to save. `policy` is None for a pasted document and for a new one.

    `edit` is the change as it is made in the source, which may be another than in the document that was asked, and
    `is_same` whether it is the one that was asked for. `why_not` says why there is none although a change was found.
    `is_elsewhere_too`: placeholders take it into every target of the policy.
    """

    title: str
    edit: Edit
    source: str = ""
    diff: Diff | None = None
    card: Card | None = None
    policy: Policy | None = None
    message: str = ""
    why_not: str = ""
    is_same: bool = True
    is_elsewhere_too: bool = False

    @property
    def way(self) -> str:
        """What sort of change it is."""
        return str(WAYS[self.edit.way])


def proposed(
    viewer: Viewer,
    repair: Repair,
    asked: Sequence[Asked],
    choice: Choice,
    request: Request,
    catalogue: Catalogue,
) -> Proposed:
    """The change as something to save, copy or begin with."""
    if repair.document is None:
        source = _anywhere(repair, request)
        return Proposed(_("A new policy"), repair.edit, source, message=_message(request))
    at = asked[repair.document]
    if at.chosen is None:
        return _of_pasted(repair, at, asked, choice, catalogue)
    documents = [each.document for each in asked]
    return _of_stored(viewer, repair, at.chosen, documents, request, catalogue)


def _of_pasted(
    repair: Repair, at: Asked, asked: Sequence[Asked], choice: Choice, catalogue: Catalogue
) -> Proposed:
    changed = read_given(repair.text).document
    assert changed is not None  # the change was tried on it
    after = [
        replace(each, document=changed, lines=changed, href="#diff-L") if each is at else each
        for each in asked
    ]
    texts = tuple(
        repair.text if index == repair.document else text for index, text in enumerate(choice.texts)
    )
    choices = {"before": choice, "after": replace(choice, texts=texts)}
    shown = Compared(choices, {"before": asked, "after": after}, catalogue).card()
    return Proposed(at.title, repair.edit, repair.text, compare(at.document.source.text, repair.text), shown)


def _of_stored(
    viewer: Viewer,
    repair: Repair,
    chosen: ChosenDocument,
    documents: list[Document],
    request: Request,
    catalogue: Catalogue,
) -> Proposed:
    policy, index = chosen.policy, repair.document
    assert index is not None  # so says the caller
    newest, edit = newest_revision(policy), repair.edit
    if newest.number != chosen.number:
        found = _in_newest(viewer, chosen, documents, index, request, edit, catalogue)
        if isinstance(found, str):
            return Proposed(policy.name, edit, policy=policy, why_not=found)
        edit = found
    text = _tried(policy, newest, edit, chosen.target, documents, index, request)
    if text is None:
        detail = _("The newest revision differs too much; change it by hand.")
        return Proposed(policy.name, edit, policy=policy, why_not=detail)
    targets = named_targets(policy)
    draft = Revision(policy=policy, number=newest.number + 1, source=text)
    shown = card(proof(newest, targets, draft, targets, catalogue), policy.pk, catalogue)
    return Proposed(
        _("%(name)s, as revision %(n)d") % {"name": policy.name, "n": newest.number + 1},
        edit,
        text,
        compare(newest.source, text),
        _without_questions(shown),
        policy,
        _message(request),
        is_same=_is_alike(edit, repair.edit),
        is_elsewhere_too="${" in text and len(targets) > 1,
    )


def _in_newest(
    viewer: Viewer,
    chosen: ChosenDocument,
    documents: list[Document],
    index: int,
    request: Request,
    wanted: Edit,
    catalogue: Catalogue,
) -> Edit | str:
    """The change of the newest revision, which is what a draft begins with; or why there is none.

    The one that is alike, else the smallest there.
    """
    place = chosen.target
    try:
        newest = choose(
            viewer, chosen.policy.pk, NEWEST, *((place.account, place.region) if place is not None else ())
        )
    except InvalidInput as refused:
        return refused.problems[0].detail
    beside = [newest.document if each == index else document for each, document in enumerate(documents)]
    found = diagnose(beside, request, changeable=[index], catalogue=catalogue)
    if found.cause is Cause.OUTSIDE:
        return _("Revision %(n)d allows it already; propose and release that one.") % {"n": newest.number}
    if found.repair is None:
        return _("Revision %(n)d is newer and denies it; look at that one.") % {"n": newest.number}
    alike = (each.edit for each in found.repairs if _is_alike(each.edit, wanted))
    return next(alike, found.repair.edit)


def _is_alike(one: Edit, other: Edit) -> bool:
    """Whether both do the same, be it in another statement."""
    said = [(each.way, each.value, each.action, each.resource, each.conditions) for each in (one, other)]
    return said[0] == said[1]


def _tried(
    policy: Policy,
    newest: Revision,
    edit: Edit,
    target: Target | None,
    documents: list[Document],
    index: int,
    request: Request,
) -> str | None:
    """The source with the change, if the request is allowed then: in placeholders where that does it too."""
    source = read_given(newest.source).document
    if source is None:
        return None
    changes: list[Callable[[str], str]] = [str] if target is None else [_in_placeholders(target), str]
    for change in changes:
        text = applied(source, edit, change)
        changed = None if text is None else read_given(text).document
        whole = None if changed is None else _for_target(policy, changed, target)
        if text is None or whole is None:
            continue
        after = [whole if each == index else document for each, document in enumerate(documents)]
        if Policies.of(after).bounds(request).decision is Decision.ALLOW:
            return text
    return None


def _for_target(policy: Policy, source: Document, target: Target | None) -> Document | None:
    """The document that the source gives for the target; None where it gives none."""
    if target is None:
        return source
    try:
        return read_given(rendered(source, targets_of(policy), target, policy)).document
    except InvalidInput:
        return None


def _in_placeholders(target: Target) -> Callable[[str], str]:
    """Writes a resource of the target as a source does."""

    def change(text: str) -> str:
        fields = split(text)
        if fields is None:
            return text
        region = "${region}" if fields.region == target.region else fields.region
        account = "${account}" if fields.account == target.account else fields.account
        return str(fields._replace(region=region, account=account))

    return change


def _anywhere(repair: Repair, request: Request) -> str:
    """The new document with placeholders, as its targets are still to be chosen."""
    return applied(None, repair.edit, _out_of(request)) or repair.text


def _out_of(request: Request) -> Callable[[str], str]:
    """Writes a resource without the place that the request names."""
    fields = split(request.resource)
    return str if fields is None else _in_placeholders(Target(fields.account, fields.region))


def _message(request: Request) -> str:
    """What the draft is for. Without the account, as nobody has asked for that to be stored."""
    said = _("Allows %(action)s on %(resource)s, which was refused.")
    resource = _out_of(request)(request.resource)
    return (said % {"action": request.action, "resource": resource})[:_MOST_MESSAGE]


def _without_questions(shown: Card) -> Card:
    """The card without links into the simulator, which has no document of a draft that is not saved."""
    groups = tuple(
        replace(group, lines=tuple(replace(line, simulator="", unasked="") for line in group.lines))
        for group in shown.groups
    )
    return replace(shown, simulator="", unasked="", lost_simulator="", lost_unasked="", groups=groups)
