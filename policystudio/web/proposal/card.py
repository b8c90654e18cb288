"""The proof card: whether anything is new, one request that shows it, and every line with its statement, in words."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from policystudio.analysis.access import Access, Group, Line, Shown
from policystudio.analysis.access.filling import UNFILLED
from policystudio.analysis.comparing import Answer, Certainty, Change, Unknown
from policystudio.analysis.request import WITHOUT_RESOURCE, Request
from policystudio.analysis.sentences.limits import limit_text
from policystudio.analysis.sentences.pieces import quoted
from policystudio.catalog.model import Catalogue
from policystudio.policies.models import Revision
from policystudio.ram.parse import parse
from policystudio.ram.placeholders import substitute
from policystudio.ram.render import Target
from policystudio.ram.resources import matches_resource
from policystudio.review.chosen import RELEASED
from policystudio.review.proof import Proof
from policystudio.web.languages import sentence_language
from policystudio.web.words import listed

SIMULATOR = "/simulator/"
GRAVE = ("critical", "high")
SOURCE_ADDRESS = "acs:SourceIp"


class Blame(NamedTuple):
    """A statement that brings a line about; `number` counts from 1."""

    number: int
    href: str
    is_before: bool


@dataclass(frozen=True, slots=True)
class CardLine:
    """One line; `actions` and `resources` are patterns, `but_not` and `within` narrow them; `known` are names."""

    is_added: bool
    change: Change
    grave: tuple[str, ...]
    limits: tuple[str, ...]
    blames: tuple[Blame, ...]
    simulator: str
    unasked: str = ""
    """Why the simulator cannot be asked, where that needs a word."""

    @property
    def is_unlisted(self) -> bool:
        """Whether no action that the catalogue knows is among them."""
        return self.change.certainty is Certainty.ONLY_UNLISTED

    @property
    def expands(self) -> bool:
        """Whether the known actions say more than the patterns do."""
        return set(self.change.known) != set(self.change.actions.any_of)


@dataclass(frozen=True, slots=True)
class CardGroup:
    """Lines that hold in the same targets."""

    heading: str
    lines: tuple[CardLine, ...]
    targets: tuple[Target, ...]
    doubt: str


@dataclass(frozen=True, slots=True)
class Card:
    """`tone` is that of a note. `example` is one request in words, `simulator` where it can be asked."""

    tone: str
    headline: str
    example: str
    simulator: str
    lost: str
    lost_simulator: str
    doubt: str
    groups: tuple[CardGroup, ...]
    added: int
    removed: int
    is_first: bool
    unasked: str = ""
    lost_unasked: str = ""


@dataclass(frozen=True, slots=True)
class Askable:
    """What the simulator has documents for: every revision in the targets of `now`, and what is `released` where."""

    now: Collection[Target]
    released_number: int | None
    released: Collection[Target]

    def revision(self, number: int, target: Target) -> str | None:
        """As the simulator's address names the revision; None where it has no such document."""
        if target in self.now:
            return str(number)
        return RELEASED if number == self.released_number and target in self.released else None


@dataclass(frozen=True, slots=True)
class _Sides:
    """Both revisions, where their lines are shown, and the lines of their statements."""

    policy_id: int
    revisions: Mapping[str, Revision]
    hrefs: Mapping[str, str]
    lines: Mapping[str, Mapping[str, int]]
    askable: Askable | None

    def _revision(self, shown: Shown, is_added: bool) -> str | None:
        number = self.revisions["after" if is_added else "before"].number
        return str(number) if self.askable is None else self.askable.revision(number, shown.target)

    def unasked(self, shown: Shown, is_added: bool) -> str:
        """Why there is no address, empty where there is one; a policy without targets needs no word."""
        if shown.target.account == UNFILLED.account or self._revision(shown, is_added) is not None:
            return ""
        return _(
            "The simulator has no such document any more: the policy has left this target or is deleted."
        )

    def simulator(self, shown: Shown, is_added: bool) -> str:
        """Where the request can be asked; nowhere without a target, or where no document is left."""
        revision = self._revision(shown, is_added)
        if shown.target.account == UNFILLED.account or revision is None:
            return ""
        return simulator_address(self.policy_id, revision, shown.target, shown.witness.request)

    def blames(self, change: Change) -> tuple[Blame, ...]:
        found = []
        for cause in change.causes:
            number = int(cause.place.path.rsplit("/", 1)[1]) + 1
            line = self.lines.get(cause.side, {}).get(cause.place.path, 1)
            found.append(Blame(number, f"{self.hrefs[cause.side]}{line}", cause.side == "before"))
        return tuple(found)


def simulator_address(policy_id: int, revision: str, target: Target, request: Request) -> str:
    """Where the simulator is asked for a request in a target."""
    asked = [
        ("policy", str(policy_id)),
        ("revision", revision),
        ("account", target.account),
        ("region", target.region),
        ("action", request.action),
        ("resource", request.resource),
        *(("context", f"{key}={value}") for key, value in request.context.items()),
    ]
    return f"{SIMULATOR}?{urlencode(asked)}"


def card(
    proof: Proof,
    policy_id: int,
    catalogue: Catalogue,
    diff_href: str = "#diff-L",
    askable: Askable | None = None,
) -> Card:
    """The card of a proof; `diff_href` is the address of a line of the text after, up to its number.

    Without `askable` all targets are those that the policy has now.
    """
    access = proof.access
    if access is None:
        text = _("What changes in access can be told when the faults of the document are corrected.")
        return Card("warning", text, "", "", "", "", "", (), 0, 0, proof.before is None)
    sides = _sides(proof, policy_id, diff_href, askable)
    groups = tuple(
        _group(group, sides, catalogue, access)
        for group in access.groups
        if group.added or group.removed or (group.reason and len(access.groups) > 1)
    )
    gained, lost = access.shown, access.shown_lost
    is_first = proof.before is None
    return Card(
        tone=_TONES[access.grants_new_access],
        headline=_headline(access, is_first),
        example=_("For example: %(request)s.") % {"request": request_in_words(gained.witness.request)}
        if gained
        else "",
        simulator=sides.simulator(gained, True) if gained else "",
        lost=_lost(access),
        lost_simulator=sides.simulator(lost, False) if lost else "",
        doubt="" if access.reason is None else reason_in_words(access.reason),
        groups=groups,
        added=sum(len(group.added) for group in access.groups),
        removed=sum(len(group.removed) for group in access.groups),
        is_first=is_first,
        unasked=sides.unasked(gained, True) if gained else "",
        lost_unasked=sides.unasked(lost, False) if lost else "",
    )


_TONES = {Answer.NO: "success", Answer.YES: "security_warning", Answer.UNKNOWN: "warning"}


def _headline(access: Access, is_first: bool) -> str:
    if access.gained is not None:
        said = _line_in_words(access.gained)
        if is_first:
            return _("Everything is new, the gravest: %(what)s") % {"what": said}
        return _("New: %(what)s") % {"what": said}
    if access.grants_new_access is Answer.YES:
        return _("Grants new access")
    if access.grants_new_access is Answer.UNKNOWN:
        return _("Whether anything is new cannot be told")
    if access.revokes_access is Answer.NO:
        return _("Grants nothing new and takes nothing away")
    return _("Grants nothing new")


def _lost(access: Access) -> str:
    if access.lost is not None:
        return _("No longer: %(what)s") % {"what": _line_in_words(access.lost)}
    if access.revokes_access is Answer.YES:
        said = "" if access.shown_lost is None else request_in_words(access.shown_lost.witness.request)
        return _("Takes access away, for example: %(request)s.") % {"request": said}
    if access.revokes_access is Answer.UNKNOWN:
        return _("Whether anything is taken away cannot be told")
    is_said = access.revokes_access is Answer.NO and access.grants_new_access is not Answer.NO
    return _("Takes nothing away") if is_said else ""


def _line_in_words(line: Line) -> str:
    """One action of the line on one of its resources: as much as fits a headline, and no more than is so."""
    change = line.change
    action, resource = change.witness.request.action, change.witness.request.resource
    if change.resources.is_plain:
        values = {"account": line.target.account, "region": line.target.region}
        patterns = change.resources.any_of
        # That of the example where it can be told, so that headline and example speak of the same.
        fitting = (each for each in patterns if matches_resource(substitute(each, values), resource))
        resource = next(fitting, patterns[0])
    said = _("%(action)s on %(resource)s") % {"action": quoted(action), "resource": quoted(resource)}
    if not any(limit.key == SOURCE_ADDRESS for limit in change.conditions):
        said += _(" from any address")
    limits = [limit_text(limit, sentence_language()) for limit in change.conditions]
    if limits:
        said += _(", if %(limits)s") % {"limits": _(", and if ").join(limits)}
    return said


def request_in_words(request: Request) -> str:
    """A request, with what it carries."""
    if request.resource == WITHOUT_RESOURCE:
        said = _("%(action)s, which has no resource of its own") % {"action": quoted(request.action)}
    else:
        said = _("%(action)s on %(resource)s") % {
            "action": quoted(request.action),
            "resource": quoted(request.resource),
        }
    sent = [f"{quoted(key)} = {quoted(value)}" for key, value in request.context.items()]
    return _("%(request)s with %(sent)s") % {"request": said, "sent": listed(sent)} if sent else said


def _group(group: Group, sides: _Sides, catalogue: Catalogue, access: Access) -> CardGroup:
    lines = [(line, True) for line in group.added] + [(line, False) for line in group.removed]
    return CardGroup(
        heading=_heading(group, access),
        lines=tuple(_line(line, is_added, sides, catalogue) for line, is_added in lines),
        targets=group.targets if len(access.groups) > 1 else (),
        # Of a lone group the head of the card says it.
        doubt=reason_in_words(group.reason) if group.reason is not None and len(access.groups) > 1 else "",
    )


def _heading(group: Group, access: Access) -> str:
    """Empty where all targets are alike."""
    if len(access.groups) == 1:
        return ""
    count = len(group.targets)
    every = sum(len(each.targets) for each in access.groups)
    if group.is_new:
        return ngettext("In %(n)d new target", "In %(n)d new targets", count) % {"n": count}
    if group.is_gone:
        return ngettext(
            "In %(n)d target that is taken away", "In %(n)d targets that are taken away", count
        ) % {"n": count}
    return ngettext("In %(n)d target of %(every)d", "In %(n)d targets of %(every)d", count) % {
        "n": count,
        "every": every,
    }


def _line(line: Line, is_added: bool, sides: _Sides, catalogue: Catalogue) -> CardLine:
    change = line.change
    found = ((name, catalogue.action(name)) for name in change.known)
    return CardLine(
        is_added=is_added,
        change=change,
        grave=tuple(name for name, action in found if action and action.risk.level in GRAVE),
        limits=tuple(limit_text(limit, sentence_language()) for limit in change.conditions),
        blames=sides.blames(change),
        simulator=sides.simulator(line.shown, is_added),
        unasked=sides.unasked(line.shown, is_added),
    )


def reason_in_words(reason: Unknown) -> str:
    """Why it cannot be told, and which texts of the document are to blame."""
    said = _REASONS.get(reason.reason, lambda: reason.reason)()
    blamed = listed(map(quoted, reason.patterns))
    where = quoted(reason.dimension)
    if not blamed:
        return _("%(reason)s (in %(where)s).") % {"reason": said, "where": where}
    return _("%(reason)s (in %(where)s: %(patterns)s).") % {
        "reason": said,
        "where": where,
        "patterns": blamed,
    }


_REASONS = {
    "undetermined": lambda: _("RAM documents no meaning for a condition"),
    "mixed-types": lambda: _("one condition key is compared as two kinds of value"),
    "between-values": lambda: _("the difference lies between two values that nothing can be written between"),
    "too-many-states": lambda: _("too many patterns with wildcards overlap"),
    "too-many-nodes": lambda: _("too many statements overlap"),
    "too-many-keys": lambda: _("too many condition keys are in play"),
    "out-of-time": lambda: _("the time for looking was up"),
    "too-many-lines": lambda: _("there are more lines than can be listed"),
    "too-many-entries": lambda: _("there are more entries than can be tried"),
    "too-many-places": lambda: _("there are more accounts and regions to look at than there is time for"),
    "not-proved": lambda: _("a step was not confirmed by the proof of the whole"),
}


def _sides(proof: Proof, policy_id: int, diff_href: str, askable: Askable | None) -> _Sides:
    revisions = {"after": proof.after, **({"before": proof.before} if proof.before else {})}
    hrefs = {"after": diff_href}
    if proof.before is not None:
        hrefs["before"] = reverse("revision", args=[policy_id, proof.before.number]) + "#shown-L"
    lines = {side: lines_of(revision) for side, revision in revisions.items()}
    return _Sides(policy_id, revisions, hrefs, lines, askable)


def lines_of(revision: Revision) -> dict[str, int]:
    """Path of each statement → its line in the text."""
    document = parse(revision.source, any_operator=True).document
    if document is None:
        return {}
    return {each.path: document.source.place(each.start).line for each in document.statements}
