"""Findings as pages show them: why each matters, what is offered, where it comes from, and whether it is new."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from policystudio.ram.finding import Finding, Severity
from policystudio.ram.position import pointer_parts
from policystudio.validation.mending import safe_fixes
from policystudio.validation.news import News
from policystudio.validation.registry import documentation
from policystudio.waivers.weighing import Judged
from policystudio.web.forms.beside import Field, OpenForm
from policystudio.web.forms.offers import Offer, offers
from policystudio.web.forms.policy_fields import REASON
from policystudio.web.forms.unknown_names import UnknownName, unknown_names

MAX_TRIED = 40
"""For so many findings it is tried whether the form can show what comes of a change; for more when one asks for it."""

MAX_FULL = 60
"""So many findings are shown with all that is said of them, the others in a line each, so that a page stays quick."""


@dataclass(frozen=True, slots=True)
class FindingRow:
    """A finding as the page shows it.

    `reason_name` is the field for the author's reason, empty where none is asked for, as with a second finding of the
    same code. `statement` counts from 1; None is the document as a whole. `is_new` is None when nothing is released.
    `weighed` is the finding with the waiver for it, None where there is no policy that could have one. `fix_all` is how
    many safe fixes of this code there are, told at the first of them alone.
    """

    number: int
    finding: dict[str, Any]
    why: str
    offers: tuple[Offer, ...]
    statement: int | None
    is_new: bool | None
    field: Field | None
    reason_name: str
    reason: str
    weighed: Judged | None = None
    fix_all: int = 0
    unknown: UnknownName | None = None
    """The name that is called unknown, which the team may add to its catalogue."""

    @property
    def is_brief(self) -> bool:
        """Whether it is shown in a line; one that asks for a reason never is."""
        return self.number > MAX_FULL and not self.reason_name

    @property
    def is_waived(self) -> bool:
        """Whether a waiver is in force, so that the finding is folded away and counts no longer."""
        return self.weighed is not None and self.weighed.is_waived

    @property
    def has_choices(self) -> bool:
        """Whether a person has to choose among several changes."""
        return any(offer.is_choice for offer in self.offers)

    @property
    def choice_count(self) -> int:
        return sum(offer.is_choice for offer in self.offers)

    @property
    def is_set_by_team(self) -> bool:
        """Whether the team has set another severity than the rule's own."""
        return bool(self.finding["severity"] != self.finding["default_severity"])


def rows_of(
    text: str,
    findings: Sequence[Finding],
    *,
    reasons: Mapping[str, str],
    asks_reasons: bool,
    news: News | None = None,
    form: OpenForm | None = None,
    weighed: Sequence[Judged] | None = None,
) -> list[FindingRow]:
    """The findings of `text` in their order; with a form, each beside its field."""
    asked: set[str] = set()
    counts = Counter({code: len(safe_fixes(findings, code)) for code in {f.code for f in findings if f.fix}})
    rows: list[FindingRow] = []
    unknown = unknown_names(text, findings)
    for number, finding in enumerate(findings, start=1):
        judged = weighed[number - 1] if weighed is not None else None
        needs_reason = finding.severity is Severity.SECURITY_WARNING and finding.code not in asked
        if judged is None or not judged.is_explained:
            asked.add(finding.code)
        else:
            needs_reason = False
        row = FindingRow(
            number=number,
            finding=finding.as_json(),
            why=_why(finding.code),
            offers=offers(text, finding, form if number <= MAX_TRIED else None) if number <= MAX_FULL else (),
            statement=_statement(finding),
            is_new=news.is_new[number - 1] if news else None,
            field=form.field_of(finding.path) if form else None,
            reason_name=f"{REASON}{finding.code}" if needs_reason and asks_reasons else "",
            reason=reasons.get(finding.code, ""),
            weighed=judged,
            unknown=unknown.get(number - 1),
        )
        if counts[finding.code] > 1 and finding.fix is not None:
            row = replace(row, fix_all=counts.pop(finding.code))
        rows.append(row)
    return rows


def gone_rows(findings: Sequence[Finding]) -> list[FindingRow]:
    """Findings of an earlier text, which offer nothing any more."""
    return [
        FindingRow(
            number=number,
            finding=finding.as_json(),
            why=_why(finding.code),
            offers=(),
            statement=_statement(finding),
            is_new=False,
            field=None,
            reason_name="",
            reason="",
        )
        for number, finding in enumerate(findings, start=1)
    ]


def _why(code: str) -> str:
    page = documentation(code)
    return page.why if page else ""


def _statement(finding: Finding) -> int | None:
    """The number of the statement that the place lies in, from 1."""
    parts = pointer_parts(finding.path or "")
    is_in_one = len(parts) > 1 and parts[0] == "Statement" and parts[1].isdecimal()
    return int(parts[1]) + 1 if is_in_one else None
