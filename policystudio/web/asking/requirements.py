"""What the page for requests holds and shows: the text, which requests are chosen, and what was accepted.

All of it travels in the form, as trail events are too long for an address; nothing is stored.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from policystudio.accounts.selectors import accounts
from policystudio.analysis.comparing import Answer as Compared
from policystudio.analysis.comparing import Change
from policystudio.analysis.requirements import Answer, Limits, Line, Offer, Seen, State, answered, read_pasted
from policystudio.analysis.sentences.limits import limit_text
from policystudio.catalog.model import Catalogue
from policystudio.ram.reader import DOCUMENT_LIMITS
from policystudio.ram.resources import split
from policystudio.teams.viewer import Viewer
from policystudio.web.languages import sentence_language
from policystudio.web.proposal.card import GRAVE, CardLine

MOST_ROWS = 200
"""Requests that are listed, each with its check box; the others are counted."""
MOST_LINES = 20
"""Lines of what a widening adds that are listed."""
_LIMITS = Limits()

# The sentences of the kinds, for translation.
SAYS = (
    gettext_lazy("every `{word}` of the region `{region}` and the account `{account}`"),
    gettext_lazy(
        "every `{word}` of the region `{region}` and the account `{account}` with the tag `{tag}` = `{value}`"
    ),
    gettext_lazy(
        "every `{word}` whose name begins with `{prefix}`, of the region `{region}` and the account `{account}`"
    ),
    gettext_lazy("every action of the group `{group}` and the level `{level}` that suits the resources"),
    gettext_lazy("the placeholder `{placeholder}`: the same in the region of every target"),
    gettext_lazy("the placeholder `{placeholder}`: the same in the account of every target"),
    gettext_lazy("the same names in any region"),
    gettext_lazy("every address of `{network}` for `{key}`"),
    gettext_lazy("without the condition on `{key}`"),
)


@dataclass(frozen=True, slots=True)
class Typed:
    """What the form holds. Of `rows` those in `taken` are chosen; of other requests all but the refused ones."""

    text: str = ""
    accepted: tuple[str, ...] = ()
    rows: frozenset[str] = frozenset()
    taken: frozenset[str] = frozenset()

    def chosen(self, seen: Seen) -> bool:
        """Whether a request is to be allowed."""
        return seen.id in self.taken if seen.id in self.rows else not seen.is_refused

    def is_own_choice(self, seen: Seen) -> bool:
        """Whether that is another choice than the first one."""
        return self.chosen(seen) is seen.is_refused


def typed(data: QueryDict) -> Typed:
    """The form as it was sent, with the button that was pressed."""
    found = Typed(
        text=data.get("text", "").replace("\r\n", "\n"),
        accepted=tuple(dict.fromkeys(data.getlist("accepted")))[: _LIMITS.accepted],
        rows=frozenset(data.getlist("row")),
        taken=frozenset(data.getlist("take")),
    )
    accept, revoke = data.get("accept", ""), data.get("revoke", "")
    accepted = [each for each in found.accepted if each != revoke]
    return replace(found, accepted=(*accepted, accept) if accept else tuple(accepted))


@dataclass(frozen=True, slots=True)
class ShownOffer:
    """A widening in the reader's words, with the lines that it adds; `more` are not listed."""

    id: str
    text: str
    risk: str
    lines: tuple[CardLine, ...]
    more: int
    known: tuple[str, ...]
    is_exact: bool
    adds_nothing: bool


class Shown:
    """What the page says of a form."""

    def __init__(self, form: Typed, catalogue: Catalogue) -> None:
        self.form = form
        self._catalogue = catalogue
        self.answer: Answer = answered(
            read_pasted(form.text, catalogue), form.chosen, catalogue=catalogue, accepted=form.accepted
        )

    @property
    def source(self) -> str:
        return self.answer.derived.source

    @property
    def fits(self) -> bool:
        """Whether a document of this length can be stored at all; RAM's limit is a finding."""
        return len(self.source.encode()) <= DOCUMENT_LIMITS.max_bytes

    @cached_property
    def rows(self) -> list[Line]:
        """What is listed: refused ones first, so that they can be chosen, and of the rest what cannot be written.

        Where not all are listed, those that were chosen otherwise come before them: a choice is kept by its row alone.
        """
        ordered = sorted(self.answer.lines, key=lambda line: not line.seen.is_refused)
        if len(ordered) > MOST_ROWS:
            ordered.sort(key=lambda line: not self.form.is_own_choice(line.seen))
        listed, others = ordered[:MOST_ROWS], ordered[MOST_ROWS:]
        return [*listed, *[line for line in others if line.state is State.LEFT_OUT][:MOST_ROWS]]

    @property
    def unlisted(self) -> int:
        """So many requests are not listed."""
        return len(self.answer.lines) - len(self.rows)

    @property
    def allowed(self) -> int:
        return self._count(State.ALLOWED)

    @property
    def left_out(self) -> int:
        return self._count(State.LEFT_OUT)

    @property
    def not_chosen(self) -> int:
        return self._count(State.NOT_CHOSEN)

    def _count(self, state: State) -> int:
        return sum(line.state is state for line in self.answer.lines)

    @property
    def gaps(self) -> list[tuple[str, str]]:
        """Pieces that were not understood: how they begin, and why."""
        text = self.form.text
        return [(_beginning(text[gap.start : gap.end]), gap.detail) for gap in self.answer.gaps[:MOST_ROWS]]

    @cached_property
    def accepted(self) -> list[ShownOffer]:
        return [self._offer(each) for each in self.answer.derived.accepted]

    @cached_property
    def offers(self) -> list[ShownOffer]:
        return [self._offer(each) for each in self.answer.derived.offers]

    def targets(self, viewer: Viewer) -> list[str]:
        """The accounts and regions that requests came from, as far as the team has them, as its forms send them."""
        resources = (line.seen.request.resource for line in self.answer.lines if line.state is State.ALLOWED)
        places = {(each.account, each.region) for each in map(split, resources) if each is not None}
        return [
            f"{account.number}|{region}"
            for account in accounts(viewer)
            for region in account.regions
            if (account.number, region) in places
        ]

    def _offer(self, offer: Offer) -> ShownOffer:
        made, adds = offer.generalisation, offer.adds
        return ShownOffer(
            id=made.id,
            text=_(made.says).format_map(made.values),
            risk=adds.risk,
            lines=tuple(self._line(change) for change in adds.lines[:MOST_LINES]),
            more=max(0, len(adds.lines) - MOST_LINES),
            known=adds.known,
            is_exact=adds.is_exact,
            adds_nothing=adds.answer is Compared.NO,
        )

    def _line(self, change: Change) -> CardLine:
        found = ((name, self._catalogue.action(name)) for name in change.known)
        return CardLine(
            is_added=True,
            change=change,
            grave=tuple(name for name, action in found if action and action.risk.level in GRAVE),
            limits=tuple(limit_text(limit, sentence_language()) for limit in change.conditions),
            blames=(),
            simulator="",
        )


def _beginning(text: str) -> str:
    """Enough of a piece to find it again."""
    line = text.strip().partition("\n")[0]
    return line if len(line) <= 120 else line[:119] + "…"


def line_for(action: str, resource: str, context: Sequence[tuple[str, str]]) -> str:
    """A request that was typed in fields, as a line of the text; as JSON where a blank would end a word of the line.

    JSON has no place for a key that is given twice, so this stays a line, of which reading it will tell what is wrong.
    """
    words = [action, *filter(None, [resource]), *(f"{key}={value}" for key, value in context)]
    carried = dict(context)
    if len(carried) < len(context) or not any(map(str.isspace, "".join(words))):
        return " ".join(words)
    return json.dumps({"action": action, "resource": resource, "context": carried}, ensure_ascii=False)


def with_line(form: Typed, line: str) -> Typed:
    """The form with a line more."""
    text = form.text.rstrip("\n")
    return replace(form, text=f"{text}\n{line}\n" if text else f"{line}\n")


def pairs(text: str) -> Iterable[tuple[str, str]]:
    """The keys and values of a text with one `key=value` on each line."""
    for line in text.splitlines():
        key, sign, value = line.strip().partition("=")
        if key or sign:
            yield key.strip(), value.strip()
