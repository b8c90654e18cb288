"""What the templates of the statement editor draw: one card for each statement, with what is said beside its parts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from policystudio.catalog.model import Catalogue
from policystudio.editing.view import DocumentView, StatementView
from policystudio.ram.position import pointer_parts
from policystudio.web.forms.finding_rows import FindingRow
from policystudio.web.forms.result import Result
from policystudio.web.statements.actions import ActionRow, Found, action_rows, found_actions
from policystudio.web.statements.conditions import ConditionForm, condition_forms, new_condition
from policystudio.web.statements.desk import Desk
from policystudio.web.statements.resources import ResourceForm, new_resource, resource_forms, suggestions
from policystudio.web.statements.words import Words

MAX_CARDS = 400
"""Statements shown; RAM takes far fewer in one document, and the others can be edited in the JSON."""
MAX_IN_GIST = 4
MAX_BESIDE = 6
"""Findings shown beside one part; the others are in the list of findings only."""
MAX_FAULTS = 3
"""Why the JSON is refused, told above the cards; the rest is in the list of findings."""
_PARTS = {
    "Effect": "effect",
    "Action": "actions",
    "NotAction": "actions",
    "Resource": "resources",
    "NotResource": "resources",
    "Condition": "conditions",
}


@dataclass(frozen=True, slots=True)
class Other:
    """An element that no form understands: its JSON, as typed if it was."""

    place: int
    name: str
    json: str
    error: Words


@dataclass(frozen=True, slots=True)
class Body:
    """The inside of an open card."""

    actions: list[ActionRow]
    found: Found | None
    pattern: str
    resources: list[ResourceForm]
    suggestions: list[tuple[str, Words]]
    new_resource: ResourceForm
    raw_resource: str
    raw_error: Words
    conditions: list[ConditionForm]
    new_condition: ConditionForm
    others: list[Other]


@dataclass(frozen=True, slots=True)
class Card:
    """A statement. `beside`: id of a part of the card → the findings that belong there; `body` is None when closed."""

    statement: StatementView
    id: str
    number: int
    is_first: bool
    is_last: bool
    sentence: str
    beside: dict[str, list[FindingRow]]
    finding_count: int
    wrong: dict[str, Words]
    body: Body | None

    @property
    def gist(self) -> str:
        """The first actions, for a closed card of a document that cannot be said in sentences."""
        texts = self.statement.actions.texts
        return ", ".join(texts[:MAX_IN_GIST]) + (", …" if len(texts) > MAX_IN_GIST else "")

    @property
    def is_blank(self) -> bool:
        return is_blank(self.statement)

    @property
    def is_except(self) -> bool:
        """Whether its actions are all but those that are listed."""
        return self.statement.actions.element == "NotAction"


def cards(desk: Desk, result: Result, catalogue: Catalogue) -> list[Card]:
    """The cards of the desk, with the findings and sentences of `result`."""
    beside: dict[int, dict[str, list[FindingRow]]] = {}
    counts: Counter[int] = Counter()
    sentences: dict[int, str] = {}
    # What is said of another text would stand beside the wrong things.
    if desk.is_readable:
        beside, counts = _beside(desk.view, result.open_rows)
        sentences = {sentence.index: sentence.text for sentence in result.sentences}
    last = len(desk.view.statements) - 1
    return [
        Card(
            statement=statement,
            id=f"s{index}",
            number=index + 1,
            is_first=index == 0,
            is_last=index == last,
            sentence=sentences.get(index, ""),
            beside=beside.get(index, {}),
            finding_count=counts[index],
            wrong=_wrong(desk, index),
            body=_body(desk, statement, catalogue) if index in desk.open and statement.is_object else None,
        )
        for index, statement in enumerate(desk.view.statements[:MAX_CARDS])
    ]


def _wrong(desk: Desk, index: int) -> dict[str, Words]:
    """What could not be done in one card, by the rest of the field's name."""
    start = f"s{index}."
    return {place.removeprefix(start): text for place, text in desk.wrong.items() if place.startswith(start)}


def context(desk: Desk, result: Result, catalogue: Catalogue) -> dict[str, Any]:
    """What `statements/_statements.html` needs."""
    return {
        "desk": desk,
        "cards": cards(desk, result, catalogue),
        "statement_count": len(desk.view.statements),
        "hidden_count": max(0, len(desk.view.statements) - MAX_CARDS),
        "history": desk.history.written(),
        "faults": [] if desk.is_readable else result.rows[:MAX_FAULTS],
        "page_wrong": desk.wrong.get("", ""),
        "region_choices": [r for r in catalogue.regions.values() if r.status == "current"],
    }


def _body(desk: Desk, statement: StatementView, catalogue: Catalogue) -> Body:
    index, typed, wrong = statement.index, desk.typed, desk.wrong
    return Body(
        actions=action_rows(statement, catalogue),
        found=found_actions(statement, typed, catalogue) if desk.picking == index else None,
        pattern=typed.get(index, "pattern"),
        resources=resource_forms(statement, typed, wrong, catalogue),
        suggestions=suggestions(statement, catalogue),
        new_resource=new_resource(statement, typed, wrong, catalogue),
        raw_resource=typed.get(index, "r.raw.text"),
        raw_error=wrong.get(f"s{index}.r.raw.text", ""),
        conditions=condition_forms(statement, typed, wrong, catalogue),
        new_condition=new_condition(statement, typed, wrong, catalogue),
        others=[
            Other(
                place,
                other.name,
                typed.get(index, f"o.{place}.json", other.json),
                wrong.get(f"s{index}.o.{place}.json", ""),
            )
            for place, other in enumerate(statement.others)
        ],
    )


def _beside(
    shown_view: DocumentView, rows: Sequence[FindingRow]
) -> tuple[dict[int, dict[str, list[FindingRow]]], Counter[int]]:
    """Statement → id of a part or an entry of its card → findings, by their places; and how many each statement has.

    A statement in which nothing is chosen yet has none here: what it lacks is told in the list of findings.
    """
    found: dict[int, dict[str, list[FindingRow]]] = {}
    counts: Counter[int] = Counter()
    for row in rows:
        path = pointer_parts(row.finding["path"] or "")
        if len(path) < 2 or path[0] != "Statement" or not path[1].isdigit():
            continue
        index = int(path[1])
        if index >= len(shown_view.statements) or is_blank(shown_view.statements[index]):
            continue
        part = _place(shown_view.statements[index], path[2:])
        shown = found.setdefault(index, {}).setdefault(f"s{index}.{part}", [])
        counts[index] += 1
        if len(shown) < MAX_BESIDE:
            shown.append(row)
    return found, counts


def _place(statement: StatementView, path: Sequence[str]) -> str:
    """The part of the card, or the entry in it, that a path below the statement leads to."""
    part = _PARTS.get(path[0], "statement") if path else "statement"
    listing = {"actions": statement.actions, "resources": statement.resources}.get(part)
    if listing is not None and path[0] == listing.element:
        count = len(listing.entries)
        # A text that stands alone, in no list, is the one entry there is.
        at = path[1] if len(path) > 1 else "0" if count == 1 else ""
        if at.isdigit() and int(at) < count:
            return f"{part[0]}.{int(at)}"
    if part == "conditions" and len(path) > 2:
        for place, condition in enumerate(statement.conditions):
            if (condition.operator, condition.key) == (path[1], path[2]):
                return f"c.{place}"
    return part


def is_blank(statement: StatementView) -> bool:
    """Whether nothing is chosen in a statement yet, as in one that was just added."""
    return statement.is_object and not (
        statement.actions.entries or statement.resources.entries or statement.conditions or statement.others
    )
