"""The form of a guardrail: fields named like the places of its definition, so that a problem finds its field.

`/unless/0/conditions/1/values/2` is the third entry of the field `unless.0.conditions.1.values`. Rows in which nothing
was typed do not count.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from policystudio.accounts.models import Account
from policystudio.catalog import load
from policystudio.errors import Problem, ServiceError
from policystudio.guardrails.definition import PARTS, Kind
from policystudio.guardrails.reading import MAX_UNLESS
from policystudio.ram.operators import families
from policystudio.web.forms.kind import lines
from policystudio.web.statements.words import GROUPS

SCOPES = ("environments", "accounts", "regions", "except_policies")
NUMBER = "__number__"
"""Stands for the number of a row in the template that script copies."""
LISTS = (*SCOPES, "actions", "resources", "values")
MAX_ROWS = 20
MAX_CHOICES = 40
"""So many accounts or regions are boxes to tick; more are typed, with suggestions."""

Sent = dict[str, Any]


def typed(data: QueryDict) -> Sent:
    """What was typed, as the service takes it."""
    kind = data.get("kind", "")
    definition: Sent = {
        "kind": kind,
        "scope": {
            name: [line for text in data.getlist(f"scope.{name}") for line in lines(text)] for name in SCOPES
        },
        "never": _shape(data, "never"),
        "other": _shape(data, "other"),
        "unless": [
            shape
            for shape in (_shape(data, f"unless.{n}") for n in _numbers(data, "unless"))
            if any(shape.values())
        ],
    }
    count = data.get("characters", "").strip()
    definition["characters"] = int(count) if count.isascii() and count.isdigit() and len(count) < 4 else 0
    return {"name": data.get("name", "").strip(), "why": _text(data, "why"), "definition": definition}


def _text(data: QueryDict, name: str) -> str:
    return data.get(name, "").replace("\r\n", "\n").strip()


def _shape(data: QueryDict, name: str) -> Sent:
    conditions = []
    for number in _numbers(data, f"{name}.conditions"):
        at = f"{name}.conditions.{number}"
        entry = {
            "operator": data.get(f"{at}.operator", ""),
            "key": data.get(f"{at}.key", "").strip(),
            "values": lines(data.get(f"{at}.values", "")),
        }
        if entry["key"] or entry["values"]:
            conditions.append(entry)
    return {
        "actions": lines(data.get(f"{name}.actions", "")),
        "resources": lines(data.get(f"{name}.resources", "")),
        "conditions": conditions,
    }


def _numbers(data: QueryDict, name: str) -> list[int]:
    starts = f"{name}."
    parts = {field.removeprefix(starts).partition(".")[0] for field in data if field.startswith(starts)}
    return sorted(int(part) for part in parts if part.isascii() and part.isdigit() and len(part) < 4)[
        :MAX_ROWS
    ]


class GuardrailForm:
    """What a page shows of a form: `sent` is what was typed or stored, `hints` are those of blanks, by pointer."""

    def __init__(
        self,
        sent: Mapping[str, Any],
        refused: ServiceError | None = None,
        hints: Mapping[str, str] | None = None,
    ) -> None:
        self.name, self.why = sent.get("name", ""), sent.get("why", "")
        self.definition: Mapping[str, Any] = sent.get("definition") or {}
        self._problems = _problems(refused)
        self._hints = {pointer.strip("/").replace("/", "."): hint for pointer, hint in (hints or {}).items()}
        known = set(map(str, Kind))
        kind = self.definition.get("kind", "never")
        self.kind = Kind(kind if kind in known else "never")
        self.parts = PARTS[self.kind]

    @property
    def summary(self) -> list[tuple[str, str]]:
        """Everything that is wrong, with the field that it leads to."""
        return [(self._field_of(name) if name else "", text) for name, text in self._problems]

    def context(self, accounts: Sequence[Account]) -> dict[str, Any]:
        """What the template needs."""
        scope = self.definition.get("scope") or {}
        regions = sorted({region for account in accounts for region in account.regions})
        suggestions = {
            "environments": [(name, "") for name in sorted({a.environment for a in accounts})],
            "accounts": [(account.number, account.name) for account in accounts],
            "regions": [(region, "") for region in regions],
            "except_policies": [],
        }
        labels = {
            "environments": (_("Environments"), _("None stands for all.")),
            "accounts": (_("Accounts"), _("None stands for all.")),
            "regions": (_("Regions"), _("None stands for all.")),
            "except_policies": (
                _("But not to policies called"),
                _("Names, or patterns such as break-glass-*. A name is part of what reviewers approve."),
            ),
        }
        unless = list(self.definition.get("unless") or [])
        return {
            "form": self,
            "name_errors": self.errors("name"),
            "why_errors": self.errors("why"),
            "scope": [
                {
                    **self.chips(f"scope.{name}", scope.get(name)),
                    "label": labels[name][0],
                    "help": labels[name][1],
                }
                | {
                    "suggestions": suggestions[name],
                    "options": _options(suggestions[name], [str(each) for each in scope.get(name) or []]),
                }
                for name in SCOPES
            ],
            "never": self.shape("never", self.definition.get("never")),
            "other": self.shape("other", self.definition.get("other")),
            "unless": [self.shape(f"unless.{n}", shape, n + 1) for n, shape in enumerate(unless)]
            + (
                [self.shape(f"unless.{len(unless)}", {}, len(unless) + 1)] if len(unless) < MAX_UNLESS else []
            ),
            "unless_next": len(unless) + 1,
            "unless_template": self.shape(f"unless.{NUMBER}", {}, 0),
            "characters": self.definition.get("characters") or "",
            "characters_errors": self.errors("characters"),
            "actions_known": [
                (action.name, GROUPS.get(action.group, action.group)) for action in load().actions.values()
            ],
            "operators": [(name, name) for family in families() for name in family.operators],
            "summary": self.summary,
        }

    def shape(self, name: str, shape: Mapping[str, Any] | None, number: int = 0) -> dict[str, Any]:
        """The fields of a set of requests: every condition, and one empty row."""
        shape = shape or {}
        conditions = list(shape.get("conditions") or [])
        rows = [
            self._condition(f"{name}.conditions.{index}", entry, index + 1)
            for index, entry in enumerate([*conditions, {}])
        ]
        return {
            "name": name,
            "number": number or NUMBER,
            "errors": self.errors(name),
            "actions": self.chips(f"{name}.actions", shape.get("actions")),
            "resources": self.chips(f"{name}.resources", shape.get("resources")),
            "conditions": rows,
        }

    def _condition(self, name: str, entry: Mapping[str, Any], number: int) -> dict[str, Any]:
        return {
            "name": name,
            "number": number,
            "errors": self.errors(name),
            "operator": entry.get("operator", ""),
            "operator_errors": self.errors(f"{name}.operator"),
            "key": entry.get("key", ""),
            "key_errors": self.errors(f"{name}.key"),
            "values": self.chips(f"{name}.values", entry.get("values")),
        }

    def chips(self, name: str, values: Any) -> dict[str, Any]:
        """A list, with what is wrong with it as a whole and with its entries."""
        entries = [str(value) for value in values or []]
        starts = f"{name}."
        wrong = [
            {"value": entries[int(at.removeprefix(starts))], "message": text}
            for at, text in self._problems
            if at.startswith(starts)
            and at.removeprefix(starts).isdigit()
            and int(at.removeprefix(starts)) < len(entries)
        ]
        return {
            "name": name,
            "values": entries,
            "errors": self.errors(name),
            "wrong": wrong,
            "hint": self._hints.get(name, ""),
        }

    def errors(self, name: str) -> list[str]:
        """What is wrong at exactly this place."""
        return [text for at, text in self._problems if at == name]

    def _field_of(self, name: str) -> str:
        """The id of the field in which a place is; an entry of a list is in the list's field."""
        head, _dot, last = name.rpartition(".")
        return head if last.isdigit() and head.rpartition(".")[2] in LISTS else name


def _options(known: Sequence[tuple[str, str]], chosen: Sequence[str]) -> list[tuple[str, str, bool]]:
    """Each value with its hint and whether it is chosen; what is chosen and not known any more stays to be seen.

    Nothing where there is nothing to choose from, or too much.
    """
    if not known or len(known) > MAX_CHOICES:
        return []
    hints = {**dict.fromkeys(chosen, ""), **dict(known)}
    return [(value, hint, value in chosen) for value, hint in sorted(hints.items())]


def _problems(refused: ServiceError | None) -> list[tuple[str, str]]:
    """(place with dots, text) of everything that was refused."""
    if refused is None:
        return []
    told = refused.problems or (Problem("", f"{refused.message}. {refused.advice}".strip(" ."), ""),)
    return [(p.pointer.removeprefix("/definition").strip("/").replace("/", "."), p.detail) for p in told]
