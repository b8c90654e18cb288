"""A comparison of chosen documents as the proof card: the answer first, then every line with its statement."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from policystudio.analysis.comparing import Answer, Change, Comparison, Unknown, Witness, compare
from policystudio.analysis.sentences.limits import limit_text
from policystudio.catalog.model import Catalogue
from policystudio.web.asking.choice import Choice
from policystudio.web.asking.question import Question
from policystudio.web.asking.sources import Asked, statement_at
from policystudio.web.languages import sentence_language
from policystudio.web.proposal.card import (
    GRAVE,
    Blame,
    Card,
    CardGroup,
    CardLine,
    reason_in_words,
    request_in_words,
)

SIDES = ("before", "after")


class Compared:
    """Two sets of documents, their links and the questions that show a difference."""

    def __init__(
        self,
        choices: Mapping[str, Choice],
        asked: Mapping[str, Sequence[Asked]],
        catalogue: Catalogue,
    ) -> None:
        self._choices = choices
        self._asked = asked
        self._catalogue = catalogue

    def card(self) -> Card:
        """The answer."""
        before, after = ([each.document for each in self._asked[side]] for side in SIDES)
        found = compare(before, after, catalogue=self._catalogue)
        lines = [self._line(change, True) for change in found.added]
        lines += [self._line(change, False) for change in found.removed]
        # Of a lone group the head of the card says what is in doubt.
        group = CardGroup(heading="", lines=tuple(lines), targets=(), doubt="")
        return Card(
            tone=_TONES[found.grants_new_access],
            headline=_headline(found),
            example=_example(found.witness),
            simulator=self._simulator(found.witness, "after"),
            lost=_lost(found),
            lost_simulator=self._simulator(found.lost, "before"),
            doubt=_doubt(found.reason),
            groups=(group,) if lines else (),
            added=len(found.added),
            removed=len(found.removed),
            is_first=False,
        )

    def _line(self, change: Change, is_added: bool) -> CardLine:
        found = ((name, self._catalogue.action(name)) for name in change.known)
        return CardLine(
            is_added=is_added,
            change=change,
            grave=tuple(name for name, action in found if action and action.risk.level in GRAVE),
            limits=tuple(limit_text(limit, sentence_language()) for limit in change.conditions),
            blames=tuple(self._blames(change)),
            simulator=self._simulator(change.witness, "after" if is_added else "before"),
        )

    def _blames(self, change: Change) -> list[Blame]:
        blames = []
        for cause in change.causes:
            asked = self._asked[cause.side][cause.place.document]
            number = statement_at(asked, cause.place.path).index + 1
            blames.append(Blame(number, asked.link(cause.place.path), cause.side == "before"))
        return blames

    def _simulator(self, witness: Witness | None, side: str) -> str:
        """Where the witness can be asked of one side; where that does not fit an address, without its documents."""
        if witness is None:
            return ""
        question = Question(self._choices[side]).asking(witness.request)
        if not question.fits_an_address:
            return Question().asking(witness.request).address
        return f"{question.address}#answer"


_TONES = {Answer.NO: "success", Answer.YES: "security_warning", Answer.UNKNOWN: "warning"}


def _headline(found: Comparison) -> str:
    match found.grants_new_access:
        case Answer.YES:
            return _("Grants new access")
        case Answer.UNKNOWN:
            return _("Whether anything is new cannot be told")
    if found.revokes_access is Answer.NO:
        return _("Grants nothing new and takes nothing away")
    return _("Grants nothing new")


def _example(witness: Witness | None) -> str:
    if witness is None:
        return ""
    return _("For example: %(request)s.") % {"request": request_in_words(witness.request)}


def _lost(found: Comparison) -> str:
    if found.lost is not None:
        return _("No longer allowed: %(what)s") % {"what": request_in_words(found.lost.request)}
    if found.revokes_access is Answer.UNKNOWN:
        return _("Whether anything is taken away cannot be told")
    return _("Takes nothing away") if found.grants_new_access is not Answer.NO else ""


def _doubt(reason: Unknown | None) -> str:
    return "" if reason is None else reason_in_words(reason)
