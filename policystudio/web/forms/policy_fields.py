"""The fields that every policy has, whatever makes its source: name, description, targets, message, reasons."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from django.http import QueryDict

from policystudio.accounts.models import Account
from policystudio.errors import Problem
from policystudio.ram.render import RegionMode, Target

REASON = "reason."


@dataclass(frozen=True, slots=True)
class Cell:
    """One check box of the matrix; `value` is None where the account has not enabled the region."""

    region: str
    value: str | None
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One account of the matrix."""

    account: Account
    cells: tuple[Cell, ...]
    has_all: bool


@dataclass(frozen=True, slots=True)
class PolicyFields:
    """What was typed. `problems` have pointers into an object of these names."""

    name: str = ""
    description: str = ""
    region_mode: str = RegionMode.SEPARATE
    targets: tuple[Target, ...] = ()
    message: str = ""
    reasons: Mapping[str, str] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()

    @classmethod
    def typed(cls, data: QueryDict, accounts: Iterable[Account]) -> PolicyFields:
        """What was sent; "all regions" of an account means those that it has enabled now."""
        return cls(
            name=data.get("name", "").strip(),
            description=data.get("description", "").replace("\r\n", "\n").strip(),
            region_mode=data.get("region_mode", RegionMode.SEPARATE),
            targets=typed_targets(data, accounts),
            message=data.get("message", "").replace("\r\n", "\n").strip(),
            reasons=typed_reasons(data),
        )

    def refused(self, problems: Sequence[Problem]) -> PolicyFields:
        """The same fields with what is wrong with them; problems of the source are left to its own form."""
        others = [p for p in problems if not p.pointer.startswith(("/parameters", "/source", "/builder"))]
        return replace(self, problems=tuple(others))

    def errors(self) -> dict[str, list[str]]:
        """Name of the field → texts."""
        found: dict[str, list[str]] = {}
        for problem in self.problems:
            found.setdefault(problem.pointer.strip("/").split("/")[0] or "form", []).append(problem.detail)
        return found

    @property
    def summary(self) -> list[tuple[str, str]]:
        """(id of the field, text) of every problem."""
        return [
            ("" if name == "form" else name, text)
            for name, texts in self.errors().items()
            for text in dict.fromkeys(texts)
        ]

    @property
    def sent_targets(self) -> list[Target]:
        """The targets as services take them."""
        return list(self.targets)


def typed_targets(data: QueryDict, accounts: Iterable[Account]) -> tuple[Target, ...]:
    """The chosen targets, sorted; a text that is no pair is passed on and refused by the service."""
    everywhere = set(data.getlist("all_regions"))
    chosen = {
        Target(account.number, region)
        for account in accounts
        if account.number in everywhere
        for region in account.regions
    }
    for text in data.getlist("targets"):
        account, _, region = text.partition("|")
        chosen.add(Target(account, region))
    return tuple(sorted(chosen))


def typed_reasons(data: QueryDict) -> dict[str, str]:
    """Finding code → reason, the empty ones left out."""
    given = {name.removeprefix(REASON): data.get(name, "") for name in data if name.startswith(REASON)}
    return {code: text.strip().replace("\r\n", "\n") for code, text in given.items() if text.strip()}


def matrix(accounts: Sequence[Account], chosen: Iterable[Target]) -> tuple[list[str], list[Row]]:
    """The regions that any account has enabled, and one row for each account."""
    targets = set(chosen)
    regions = sorted({region for account in accounts for region in account.regions})
    rows = []
    for account in accounts:
        cells = tuple(
            Cell(
                region,
                f"{account.number}|{region}" if region in account.regions else None,
                Target(account.number, region) in targets,
            )
            for region in regions
        )
        rows.append(Row(account, cells, bool(account.regions) and all(c.is_chosen for c in cells if c.value)))
    return regions, rows
