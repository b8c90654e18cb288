"""What the source in a form means now: findings, sentences, size, and what keeps it from being proposed.

The same for the builders' forms, the JSON editor and the page of a policy, so that they cannot differ.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from policystudio.analysis.sentences import Sentence, describe
from policystudio.ram.canonical import canonical
from policystudio.ram.finding import Finding, Severity
from policystudio.ram.render import RegionMode, RenderError, Target, ram_name, render_for
from policystudio.standards.selectors import Standards
from policystudio.validation.pipeline import Validation
from policystudio.validation.registry import documentation, rules
from policystudio.validation.size import measure
from policystudio.web.diff import Row, compare
from policystudio.web.forms.policy_fields import REASON

SOURCE = ""
"""Show the source itself, placeholders and all."""


MAX_FIX_ROWS = 12


@dataclass(frozen=True, slots=True)
class FindingRow:
    """A finding as the page shows it: with why it matters, its fix as a small diff, and a field for a reason.

    `reason_name` is empty where no reason is asked for, as with a second finding of the same code.
    """

    finding: dict[str, Any]
    why: str
    fix_rows: tuple[Row, ...]
    reason_name: str
    reason: str


@dataclass(frozen=True, slots=True)
class Result:
    """What the right pane shows. `shown` is the source, or the document of the target `show_as`."""

    validation: Validation
    sentences: tuple[Sentence, ...]
    targets: tuple[Target, ...]
    shown: str
    show_as: str
    show_as_options: tuple[tuple[str, str], ...]
    worst_target: str
    ram_names: tuple[tuple[str, str], ...]
    obstacles: tuple[str, ...]
    rule_count: int
    reasons: Mapping[str, str]
    asks_reasons: bool

    @property
    def counts(self) -> dict[str, int]:
        """Findings per severity."""
        return dict(Counter(str(finding.severity) for finding in self.validation.findings))

    @property
    def finding_count(self) -> int:
        return len(self.validation.findings)

    @property
    def rows(self) -> list[FindingRow]:
        """The findings in order."""
        asked: set[str] = set()
        rows = []
        for finding in self.validation.findings:
            needs_reason = finding.severity is Severity.SECURITY_WARNING and finding.code not in asked
            asked.add(finding.code)
            page = documentation(finding.code)
            rows.append(
                FindingRow(
                    finding=_shown(finding),
                    why=page.why if page else "",
                    fix_rows=_fix_rows(self.validation.text, finding),
                    reason_name=f"{REASON}{finding.code}" if needs_reason and self.asks_reasons else "",
                    reason=self.reasons.get(finding.code, ""),
                )
            )
        return rows

    @property
    def target_count(self) -> int:
        """For how many targets it was checked; the source alone counts as one."""
        return len(self.targets) or 1


def result_of(
    text: str,
    standards: Standards,
    *,
    targets: Sequence[Target] = (),
    name: str = "",
    region_mode: str = RegionMode.SEPARATE,
    facts: Mapping[str, Any] | None = None,
    show_as: str = SOURCE,
    reasons: Mapping[str, str] | None = None,
    explanation: str = "",
    asks_reasons: bool = False,
) -> Result:
    """`reasons`: finding code → reason. `explanation`: any text of the author that explains all of it."""
    mode = RegionMode(region_mode) if region_mode in list(RegionMode) else RegionMode.SEPARATE
    validation = standards.validate(
        text,
        now=timezone.now(),
        targets=targets,
        name=name or None,
        region_mode=mode,
        **(facts or {}),
    )
    document = validation.document
    options = [(SOURCE, _("Source, with its placeholders"))]
    options += [
        (f"{target.account}|{target.region}", f"{target.account} · {target.region}") for target in targets
    ]
    shown, chosen = text, SOURCE
    worst = ""
    if document is not None:
        shown = canonical(document.value)
        worst = measure(document, tuple(targets), mode).worst
        if show_as in dict(options) and show_as:
            shown, chosen = _rendered(document, show_as, targets, mode, name), show_as
    return Result(
        validation=validation,
        sentences=describe(document, standards.catalogue) if document is not None else (),
        targets=tuple(targets),
        shown=shown,
        show_as=chosen,
        show_as_options=tuple(options),
        worst_target=worst,
        ram_names=_ram_names(targets, mode, name),
        obstacles=tuple(_obstacles(validation, targets, reasons or {}, explanation)),
        rule_count=len(rules()),
        reasons=reasons or {},
        asks_reasons=asks_reasons,
    )


def _rendered(document: Any, show_as: str, targets: Sequence[Target], mode: RegionMode, name: str) -> str:
    """The document of one target, or the source when it cannot be rendered; a finding says why."""
    try:
        for rendered in render_for(document, targets, mode, name):
            if f"{rendered.target.account}|{rendered.target.region}" == show_as:
                return rendered.text
    except RenderError:
        pass
    return canonical(document.value)


def _ram_names(targets: Sequence[Target], mode: RegionMode, name: str) -> tuple[tuple[str, str], ...]:
    """(account, name of the RAM policy there), each once."""
    if not name:
        return ()
    return tuple(dict.fromkeys((t.account, ram_name(name, mode, t.region)) for t in sorted(targets)))


def _obstacles(
    validation: Validation, targets: Sequence[Target], reasons: Mapping[str, str], explanation: str
) -> list[str]:
    """What keeps the revision from being proposed, in words; saving is possible all the same."""
    errors = sum(1 for finding in validation.findings if finding.severity is Severity.ERROR)
    found = []
    if errors:
        found.append(ngettext("%(n)d error", "%(n)d errors", errors) % {"n": errors})
    silent = {finding.code for finding in validation.security_warnings} - set(reasons)
    if silent and not explanation.strip():
        text = ngettext(
            "%(n)d security warning without a reason", "%(n)d security warnings without a reason", len(silent)
        )
        found.append(text % {"n": len(silent)})
    if not targets:
        found.append(_("no target"))
    return found


def _shown(finding: Finding) -> dict[str, Any]:
    """As the API shows it, with the edits as text for the editor."""
    found = finding.as_json()
    if found["fix"]:
        found["fix"]["edits_json"] = json.dumps(found["fix"]["edits"])
    return found


def _fix_rows(text: str, finding: Finding) -> tuple[Row, ...]:
    """The lines that the fix changes."""
    if finding.fix is None:
        return ()
    blocks = compare(text, finding.fix.apply(text)).blocks
    return tuple(row for block in blocks for row in block.rows if row.kind != "same")[:MAX_FIX_ROWS]
