"""A report in the making: gathers what the text says and what was assumed of it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any

from policystudio.analysis.deciding.reading import Decision
from policystudio.analysis.reported.fields import text_in
from policystudio.analysis.reported.model import Kind, Limits, Matched, Note, Reported
from policystudio.catalog.model import Catalogue
from policystudio.ram.finding import shown
from policystudio.ram.operators import address
from policystudio.ram.resources import split


@dataclass(frozen=True, slots=True)
class Where:
    """What reading one piece needs to know: its place in the text, the catalogue and the limits."""

    start: int
    end: int
    catalogue: Catalogue
    limits: Limits


@dataclass(slots=True)
class Draft:
    """Everything but the resource may be set; resources are given to `finished`, as one call can touch several."""

    kind: Kind
    where: Where
    action: str = ""
    context: dict[str, str] = field(default_factory=dict)
    is_refused: bool | None = None
    denial: Decision | None = None
    policy_type: str = ""
    principal: str = ""
    account: str = ""
    region: str = ""
    moment: str = ""
    matched: tuple[Matched, ...] = ()
    notes: list[Note] = field(default_factory=list)

    def note(self, code: str, detail: str) -> None:
        """Say once what was assumed or not understood."""
        note = Note(code, detail, self.where.start, self.where.end)
        if note not in self.notes:
            self.notes.append(note)

    def name(self, action: str) -> None:
        """The action, in the spelling of the catalogue where it is known there."""
        known = self.where.catalogue.action(action)
        self.action = action if known is None else known.name
        if action and known is None and action.lower().startswith(self.where.catalogue.service + ":"):
            self.note("unknown-action", f"{shown(action)} is not in the catalogue; it is taken as it stands")

    def carry(self, key: str, value: Any) -> None:
        """What the request carried for a condition key; a list counts with its first value."""
        if isinstance(value, list):
            if len(value) > 1:
                detail = (
                    f"{shown(key)} has {len(value)} values; the first is taken, as a key has one value here"
                )
                self.note("several-values", detail)
            value = value[0] if value else ""
        text = text_in(value, self.where.limits)
        if not key or not text:
            return
        if len(self.context) >= self.where.limits.max_keys and key not in self.context:
            detail = f"more than {self.where.limits.max_keys} condition keys; the others are left out"
            self.note("too-many-keys", detail)
            return
        self.context[key] = text

    def carry_address(self, text: str) -> None:
        """The caller's address, where it is one and no name such as `Internal`."""
        found = address.parse(text)
        if found is not None and not found.has_prefix:
            self.carry("acs:SourceIp", text)
        elif text:
            detail = f"{shown(text)} is no address, so nothing is known of `acs:SourceIp`"
            self.note("no-address", detail)

    def finished(self, resource: str = "", relative_id: str = "") -> Reported:
        """The report about this resource, or about one whose place may be missing."""
        made = Reported(
            kind=self.kind,
            action=self.action,
            context=MappingProxyType(dict(self.context)),
            is_refused=self.is_refused,
            denial=self.denial,
            policy_type=self.policy_type,
            principal=self.principal,
            account=self.account,
            region=self.region,
            moment=self.moment,
            matched=self.matched,
            notes=tuple(self.notes),
            start=self.where.start,
            end=self.where.end,
        )
        if not resource and relative_id:
            resource, relative_id = self._placed(relative_id)
        return _noted(replace(made, resource=resource, relative_id=relative_id), self.where)

    def _placed(self, relative_id: str) -> tuple[str, str]:
        if relative_id == "*" or split(relative_id) is not None:
            return relative_id, ""
        if self.region and self.account:
            service = self.where.catalogue.service
            return f"acs:{service}:{self.region}:{self.account}:{relative_id}", ""
        return "", relative_id


def _noted(made: Reported, where: Where) -> Reported:
    """The report with what is to be said of its resource; region and account are taken from it where not said."""
    notes = list(made.notes)

    def note(code: str, detail: str) -> None:
        notes.append(Note(code, detail, where.start, where.end))

    if made.relative_id:
        missing = [name for name, value in (("region", made.region), ("account", made.account)) if not value]
        note("no-place", f"the text does not say in which {' and '.join(missing)} the resource is")
    fields = split(made.resource)
    if fields is not None:
        made = replace(
            made, region=made.region or _sure(fields.region), account=made.account or _sure(fields.account)
        )
    if "****" in made.resource or "****" in made.account:
        note(
            "masked",
            "part of the name is masked with stars; write it out, as stars are wildcards in a policy",
        )
    is_alias = (fields.relative_id if fields else made.relative_id).startswith("alias/")
    if is_alias and made.action and not made.action.lower().endswith("alias"):
        detail = "the key was called by its alias; the text does not say which key that is, and RAM may ask for both"
        note("called-by-alias", detail)
    if made.action and not made.resource and not made.relative_id:
        note("no-resource", "the text does not say on which resource; write it")
    if not made.action:
        note("no-action", "the text does not say which action; choose it")
    return replace(made, notes=tuple(notes))


def _sure(field: str) -> str:
    return "" if "*" in field or "?" in field else field
