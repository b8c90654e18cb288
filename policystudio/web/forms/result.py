"""What the source in a form means now: findings, sentences, size, and what keeps it from being proposed.

The same for the builders' forms, the JSON editor and the page of a policy, so that they cannot differ.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from policystudio.analysis.sentences import Sentence, describe
from policystudio.policies.models import Policy
from policystudio.ram.canonical import canonical
from policystudio.ram.finding import Finding, Severity
from policystudio.ram.parse import parse
from policystudio.ram.render import RegionMode, RenderError, Target, ram_name, render_for
from policystudio.standards.selectors import Standards
from policystudio.validation.news import News, news
from policystudio.validation.pipeline import Validation
from policystudio.validation.registry import rules
from policystudio.waivers.models import Waiver
from policystudio.waivers.weighing import Judged, judged
from policystudio.web.forms.beside import TOP, OpenForm
from policystudio.web.forms.explained import LinkedSentence, linked
from policystudio.web.forms.finding_rows import FindingRow, gone_rows, rows_of
from policystudio.web.forms.meter import Meter, meter_of
from policystudio.web.forms.signs import Sign, signs
from policystudio.web.guardrails import BreachLine, typed_breaches
from policystudio.web.languages import sentence_language

SOURCE = ""
"""Show the source itself, placeholders and all."""


@dataclass(frozen=True)
class Result:
    """What the right pane shows. `shown` is the source, or the document of the target `show_as`.

    `weighed` has for each finding the waiver for it, None where no policy is stored that could have one. `news`
    compares with the released revision, None when nothing is released. `form` is a builder's form that is open. What is
    costly and not on every page is made when first asked for.
    """

    validation: Validation
    sentences: tuple[Sentence, ...]
    targets: tuple[Target, ...]
    mode: RegionMode
    shown: str
    show_as: str
    show_as_options: tuple[tuple[str, str], ...]
    ram_names: tuple[tuple[str, str], ...]
    obstacles: tuple[str, ...]
    rule_count: int
    reasons: Mapping[str, str]
    asks_reasons: bool
    judge: Callable[[str], Validation]
    news: News | None
    form: OpenForm | None
    weighed: tuple[Judged, ...] | None
    guarded: Callable[[], list[BreachLine]] = list

    @cached_property
    def breaches(self) -> list[BreachLine]:
        """The guardrails that a release of this would break."""
        return self.guarded()

    @cached_property
    def open_findings(self) -> tuple[Finding, ...]:
        """The findings that no waiver covers."""
        if self.weighed is None:
            return self.validation.findings
        return tuple(each.finding for each in self.weighed if not each.is_waived)

    @property
    def counts(self) -> dict[str, int]:
        """Open findings per severity."""
        return dict(Counter(str(finding.severity) for finding in self.open_findings))

    @property
    def finding_count(self) -> int:
        """Open findings."""
        return len(self.open_findings)

    @property
    def open_rows(self) -> list[FindingRow]:
        return [row for row in self.rows if not row.is_waived]

    @property
    def waived_rows(self) -> list[FindingRow]:
        return [row for row in self.rows if row.is_waived]

    @property
    def brief_count(self) -> int:
        """Open findings that are shown in a line."""
        return sum(1 for row in self.open_rows if row.is_brief)

    @property
    def new_count(self) -> int:
        """Open findings that the released revision does not have."""
        return sum(1 for row in self.open_rows if row.is_new)

    @cached_property
    def rows(self) -> list[FindingRow]:
        """The findings in order."""
        return rows_of(
            self.validation.text,
            self.validation.findings,
            reasons=self.reasons,
            asks_reasons=self.asks_reasons,
            news=self.news,
            form=self.form,
            weighed=self.weighed,
        )

    @cached_property
    def beside(self) -> dict[str, list[FindingRow]]:
        """Id of a field → the findings that it causes; those of no field are at the top of the form."""
        found: dict[str, list[FindingRow]] = {}
        for row in self.open_rows if self.form else ():
            found.setdefault(row.field.id if row.field else TOP, []).append(row)
        return found

    @cached_property
    def linked(self) -> tuple[LinkedSentence, ...]:
        """The sentences with the lines of the judged text, for pages that show it."""
        document = self.validation.document
        return linked(self.sentences, document) if document is not None else ()

    @cached_property
    def shown_linked(self) -> tuple[LinkedSentence, ...]:
        """The same with the lines of what is `shown`."""
        document = parse(self.shown, any_operator=True).document
        return linked(self.sentences, document) if document is not None else self.linked

    @cached_property
    def signs(self) -> Mapping[int, Sign]:
        """Line of the judged text → the findings there, for pages that show it to be read."""
        return signs(self.validation.text, self.open_rows, judged=self.validation.text)

    @cached_property
    def shown_signs(self) -> Mapping[int, Sign]:
        """The same for what is `shown`."""
        is_combined = bool(self.show_as) and self.mode is RegionMode.COMBINED
        return signs(self.shown, self.open_rows, judged=self.validation.text, is_combined=is_combined)

    @cached_property
    def gone(self) -> list[FindingRow]:
        """The findings of the released revision that are no longer there."""
        return gone_rows(self.news.gone) if self.news else []

    @cached_property
    def meter(self) -> Meter | None:
        """The size for every target, and what takes the room; None for a text without structure."""
        document = self.validation.document
        return meter_of(document, self.targets, self.mode) if document is not None else None

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
    circumstances: Mapping[str, Any] | None = None,
    show_as: str = SOURCE,
    reasons: Mapping[str, str] | None = None,
    explanation: str = "",
    asks_reasons: bool = False,
    before: Validation | None = None,
    form: OpenForm | None = None,
    waivers: Sequence[Waiver] | None = None,
    team_id: int | None = None,
    policy: Policy | None = None,
) -> Result:
    """`reasons`: finding code → reason. `explanation`: any text of the author that explains all of it.

    `facts` are what the author told the builder, `circumstances` what is known of accounts and releases.
    `before`: what was found in the released revision, None when nothing is released. `waivers`: those of the policy,
    None when none is stored yet. `team_id`: whose guardrails are asked, none without; `policy` is the stored one.
    """
    mode = RegionMode(region_mode) if region_mode in list(RegionMode) else RegionMode.SEPARATE
    now = timezone.now()

    def judge(text: str) -> Validation:
        return standards.validate(
            text,
            now=now,
            targets=targets,
            name=name or None,
            region_mode=mode,
            **(circumstances or {}),
            **(facts or {}),
        )

    def guarded() -> list[BreachLine]:
        if team_id is None or validation.document is None:
            return []
        return typed_breaches(team_id, text, targets, name, mode, policy)

    validation = judge(text)
    weighed = judged(validation, waivers) if waivers is not None else None
    document = validation.document
    options = [(SOURCE, _("Source, with its placeholders"))]
    options += [
        (f"{target.account}|{target.region}", f"{target.account} · {target.region}") for target in targets
    ]
    shown, chosen = text, SOURCE
    if document is not None:
        shown = canonical(document.value)
        if show_as in dict(options) and show_as:
            shown, chosen = _rendered(document, show_as, targets, mode, name), show_as
    return Result(
        validation=validation,
        sentences=describe(document, standards.catalogue, sentence_language())
        if document is not None
        else (),
        targets=tuple(targets),
        mode=mode,
        shown=shown,
        show_as=chosen,
        show_as_options=tuple(options),
        ram_names=_ram_names(targets, mode, name),
        obstacles=tuple(_obstacles(validation, weighed, targets, reasons or {}, explanation)),
        rule_count=len(rules()),
        reasons=reasons or {},
        asks_reasons=asks_reasons,
        judge=judge,
        news=news(before, validation) if before is not None else None,
        form=form,
        weighed=weighed,
        guarded=guarded,
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
    validation: Validation,
    weighed: Sequence[Judged] | None,
    targets: Sequence[Target],
    reasons: Mapping[str, str],
    explanation: str,
) -> list[str]:
    """What keeps the revision from being proposed, in words; saving is possible all the same."""
    errors = sum(1 for finding in validation.findings if finding.severity is Severity.ERROR)
    found = []
    if errors:
        found.append(ngettext("%(n)d error", "%(n)d errors", errors) % {"n": errors})
    explained = {id(each.finding) for each in weighed or () if each.is_explained}
    silent = {each.code for each in validation.security_warnings if id(each) not in explained} - set(reasons)
    if silent and not explanation.strip():
        text = ngettext(
            "%(n)d security warning without a reason", "%(n)d security warnings without a reason", len(silent)
        )
        found.append(text % {"n": len(silent)})
    if not targets:
        found.append(_("no target"))
    return found
