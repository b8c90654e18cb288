"""The actions of a card: each with what it does or stands for, and the picker over the catalogue."""

from __future__ import annotations

from dataclasses import dataclass

from policystudio.catalog.lookup import expand
from policystudio.catalog.model import Action, Catalogue
from policystudio.editing.view import StatementView
from policystudio.ram.patterns import fold, has_wildcard
from policystudio.web.statements.typed import Typed
from policystudio.web.statements.words import GROUPS, Words

RISKS = ("critical", "high", "medium", "low", "none")


@dataclass(frozen=True, slots=True)
class ActionRow:
    """One entry of the list; `action` is what is known of a plain name, `reach` what a pattern stands for."""

    place: int
    text: str
    action: Action | None
    is_pattern: bool
    reach: tuple[Action, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """An action in the picker. `is_hidden` where the filters leave it out; a chosen one stays in sight."""

    action: Action
    is_listed: bool
    is_chosen: bool
    is_hidden: bool

    @property
    def words(self) -> str:
        """What the search looks at, in small letters."""
        return f"{self.action.name} {self.action.description}".lower()


@dataclass(frozen=True, slots=True)
class Group:
    """Actions that belong together."""

    id: str
    name: Words
    choices: tuple[Choice, ...]

    @property
    def is_hidden(self) -> bool:
        return all(choice.is_hidden for choice in self.choices)


@dataclass(frozen=True, slots=True)
class Found:
    """The picker: what is searched for, and the actions by group. Hidden ones are there for the script."""

    q: str
    group: str
    level: str
    risk: str
    groups: tuple[Group, ...]
    shown: int
    total: int
    group_options: tuple[tuple[str, Words], ...]
    level_options: tuple[str, ...]
    risk_options: tuple[str, ...] = RISKS


def action_rows(statement: StatementView, catalogue: Catalogue) -> list[ActionRow]:
    """The listed actions, in the document's order."""
    rows = []
    for entry in statement.actions.entries:
        text = entry.text if entry.text is not None else entry.json
        is_pattern = entry.text is not None and has_wildcard(text)
        reach = expand(catalogue, text) if is_pattern else ()
        rows.append(ActionRow(entry.position, text, catalogue.action(text), is_pattern, reach))
    return rows


def found_actions(statement: StatementView, typed: Typed, catalogue: Catalogue) -> Found:
    """The picker of a card, as its filters and check boxes were sent."""
    index = statement.index
    q, group, level, risk = (
        typed.get(index, f"find.{name}").strip() for name in ("q", "group", "level", "risk")
    )
    listed = {fold(text) for text in statement.actions.texts}
    chosen = set(typed.all(index, "pick"))
    words = fold(q).split()

    def choice(action: Action) -> Choice:
        fits = (
            group in ("", action.group)
            and level in ("", action.access_level)
            and risk in ("", action.risk.level)
            and all(word in fold(f"{action.name} {action.description}") for word in words)
        )
        is_chosen = action.name in chosen
        return Choice(action, fold(action.name) in listed, is_chosen, not (fits or is_chosen))

    by_group: dict[str, list[Choice]] = {}
    for action in catalogue.actions.values():
        by_group.setdefault(action.group, []).append(choice(action))
    groups = tuple(Group(id, GROUPS.get(id, id), tuple(found)) for id, found in by_group.items())
    return Found(
        q,
        group,
        level,
        risk,
        groups,
        sum(not each.is_hidden for found in groups for each in found.choices),
        len(catalogue.actions),
        tuple((each.id, each.name) for each in groups),
        tuple(dict.fromkeys(action.access_level for action in catalogue.actions.values())),
    )
