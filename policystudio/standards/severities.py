"""Reads how grave each code is to a team, for whoever may see it: the default, what may be set, and what is set."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import QuerySet

from policystudio.errors import NotFound
from policystudio.ram.finding import Severity
from policystudio.standards.models import SeveritySetting
from policystudio.teams.viewer import Viewer
from policystudio.validation.registry import Documentation, all_documentation, documentation
from policystudio.validation.severities import choices


@dataclass(frozen=True, slots=True)
class CodeSeverity:
    """One code as the team takes it. `default` is None for a setting whose code the product no longer has."""

    code: str
    title: str
    default: Severity | None
    setting: SeveritySetting | None

    @property
    def choices(self) -> tuple[str, ...]:
        """What may be set, the gravest first; nothing when there is no choice."""
        found = choices(self.default) if self.default else ()
        return found if len(found) > 1 else ()

    @property
    def severity(self) -> str | None:
        """What counts now, or `off`; None for a code that nothing says any more."""
        if self.setting is not None and self.setting.severity in self.choices:
            return self.setting.severity
        return None if self.default is None else str(self.default)

    @property
    def is_changed(self) -> bool:
        """Whether the team takes the code otherwise than the product does."""
        return self.severity is not None and self.severity != str(self.default)

    @property
    def version(self) -> int:
        """0 as long as nothing is set."""
        return 0 if self.setting is None else self.setting.version


def severities(viewer: Viewer) -> list[CodeSeverity]:
    """Every code that the validator can say, and every other that the team has set, by code."""
    settings = {s.code: s for s in SeveritySetting.objects.filter(team_id=viewer.team_id).order_by("code")}
    known = [_of(page, settings) for page in all_documentation().values()]
    gone = [CodeSeverity(s.code, "", None, s) for s in settings.values() if documentation(s.code) is None]
    return sorted([*known, *gone], key=lambda each: each.code)


def severity_get(viewer: Viewer, code: str) -> CodeSeverity:
    """One code, also by a former name of it. Raises: NotFound when nothing says it and nothing is set for it."""
    page, found = documentation(code), settings_of(viewer, code)
    settings = {setting.code: setting for setting in found}
    if page is not None:
        return _of(page, settings)
    if code not in settings:
        raise NotFound("there is no such code")
    return CodeSeverity(code, "", None, settings[code])


def settings_of(viewer: Viewer, code: str) -> QuerySet[SeveritySetting]:
    """What is stored for a code, under today's name or former ones."""
    page = documentation(code)
    # PostgreSQL cannot even be asked for a NUL.
    names = [page.code, *page.former_codes] if page else [code] if "\0" not in code else []
    return SeveritySetting.objects.filter(team_id=viewer.team_id, code__in=names).order_by("pk")


def _of(page: Documentation, settings: Mapping[str, SeveritySetting]) -> CodeSeverity:
    """Decision: a setting under a former code speaks for today's, unless that has one itself."""
    setting = next((settings[c] for c in (page.code, *page.former_codes) if c in settings), None)
    return CodeSeverity(page.code, page.title, page.severity, setting)
