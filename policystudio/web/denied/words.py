"""The answer to a refusal in words: what the cause is, who may be to blame, and what sort of change is offered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from policystudio.analysis.repairing import Cause, Diagnosis, Suspect, Way
from policystudio.policies.selectors import revision_get
from policystudio.teams.viewer import Viewer
from policystudio.web.asking.answer import Answer
from policystudio.web.asking.sources import Asked

_WORDS: dict[Cause, str | Promise] = {
    Cause.OUTSIDE: gettext_lazy("The cause lies outside"),
    Cause.EXPLICIT_DENY: gettext_lazy("A statement denies it"),
    Cause.DENIED_ELSEWHERE: gettext_lazy("Denied elsewhere"),
    Cause.NEARLY: gettext_lazy("Nearly allowed"),
    Cause.NOTHING: gettext_lazy("Nothing allows it"),
    Cause.UNKNOWN: gettext_lazy("It cannot be told"),
}
_LOOKS = {Cause.OUTSIDE: "allow", Cause.UNKNOWN: "unknown"}
SUSPECTS: dict[Suspect, str | Promise] = {
    Suspect.CONTROL_POLICY: gettext_lazy(
        "A control policy of the resource directory. Whoever manages the directory can change it."
    ),
    Suspect.SESSION_POLICY: gettext_lazy(
        "The session policy that was given when the role was assumed. Whoever assumes the role sets it."
    ),
    Suspect.TRUST_POLICY: gettext_lazy(
        "The trust policy of the role, which says who may assume it. Whoever owns the role sets it."
    ),
    Suspect.RESOURCE_GROUP: gettext_lazy(
        "A policy that is attached to a resource group, or one that is needed there."
    ),
    Suspect.DENY_ELSEWHERE: gettext_lazy("A Deny in another policy that is attached to the same identity."),
    Suspect.OTHER_ACCOUNT: gettext_lazy(
        "The caller belongs to another account, so the policy of the key or secret has to allow it too."
    ),
    Suspect.KEY_POLICY: gettext_lazy(
        "The policy of the key or secret itself. Whoever owns that can change it."
    ),
    Suspect.ACCESS_POINT: gettext_lazy(
        "The policy of the application access point, where a client key called instead of an identity."
    ),
    Suspect.NOT_ATTACHED: gettext_lazy(
        "These policies are not attached to who was refused, or in an older version."
    ),
    Suspect.CARRIED: gettext_lazy(
        "The request carried something else than is known here, for instance another address."
    ),
}
WAYS: dict[Way, str | Promise] = {
    Way.ADD_VALUE: gettext_lazy("Add a value to a condition"),
    Way.ADD_RESOURCE: gettext_lazy("Add the resource to a statement"),
    Way.ADD_ACTION: gettext_lazy("Add the action to a statement"),
    Way.REMOVE_ENTRY: gettext_lazy("Take an exception out of a statement"),
    Way.NEW_STATEMENT: gettext_lazy("Add a statement for exactly this"),
    Way.NEW_STATEMENT_FREE: gettext_lazy("Add a statement without conditions"),
}


@dataclass(frozen=True, slots=True)
class Told:
    """The answer: a word, a sentence, what outside may be to blame, and the ways to change something.

    `deciding` are the statements that make it so, each with its link and whom to ask about it.
    """

    word: str
    look: str
    sentence: str
    deciding: tuple[tuple[str, str, str], ...]
    said: tuple[str, ...]
    possible: tuple[str, ...]
    ways: tuple[tuple[int, str, str, str], ...]
    """Number, what sort, in the core's words, and in which document."""


def told(viewer: Viewer, found: Diagnosis, answer: Answer, asked: Sequence[Asked]) -> Told:
    """The diagnosis in words."""
    owners = _owners(viewer, found, asked)
    return Told(
        word=str(_WORDS[found.cause]),
        look=_LOOKS.get(found.cause, "deny"),
        sentence=_sentence(found, asked),
        deciding=tuple((name, link, owners.get(link, "")) for name, link in answer.deciding),
        said=tuple(str(SUSPECTS[each.suspect]) for each in found.suspects if each.is_said),
        possible=tuple(str(SUSPECTS[each.suspect]) for each in found.suspects if not each.is_said),
        ways=tuple(
            (
                number,
                str(WAYS[repair.edit.way]),
                repair.edit.detail,
                "" if repair.document is None else asked[repair.document].title,
            )
            for number, repair in enumerate(found.repairs)
        ),
    )


def _sentence(found: Diagnosis, asked: Sequence[Asked]) -> str:
    match found.cause:
        case Cause.OUTSIDE:
            return _("The policies here allow this request, so something else refused it.")
        case Cause.EXPLICIT_DENY:
            return _(
                "A Deny overrides every Allow, so only whoever owns it can help. It is not changed here."
            )
        case Cause.DENIED_ELSEWHERE:
            return _(
                "The refusal says that a Deny in another policy refused it. It overrides every Allow, so no change"
                " of the policies here would help; they do not allow it either."
            )
        case Cause.NEARLY:
            count = len(found.near)
            return ngettext(
                "No statement allows this request; %(n)d comes close.",
                "No statement allows this request; %(n)d come close.",
                count,
            ) % {"n": count}
        case Cause.NOTHING if not asked:
            return _("No policy is chosen, so nothing here allows this request.")
        case Cause.NOTHING:
            return _("No statement allows this request, and none comes close.")
    return _("It hangs on something whose meaning RAM does not document.")


def _owners(viewer: Viewer, found: Diagnosis, asked: Sequence[Asked]) -> dict[str, str]:
    """The link of each statement that denies → who wrote the revision it stands in."""
    owners = {}
    for trace in found.denying:
        at = asked[trace.document]
        if at.chosen is not None:
            revision = revision_get(viewer, at.chosen.policy.pk, at.chosen.number)
            owners[at.link(trace.path)] = revision.author_name
    return owners
