"""Stores what was sent, whole, before anything is made of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from policystudio.audit.services.record import record
from policystudio.builders.detect import detect
from policystudio.errors import Problem
from policystudio.importing.models import Import, ImportedDocument, OnExisting, State
from policystudio.importing.reading import MAX_NAME, nothing_in, policy_name
from policystudio.policies.services.create_policy import MAX_DESCRIPTION
from policystudio.policies.services.targeting import TargetsSent, known_accounts, read_targets
from policystudio.ram.finding import Finding, Severity
from policystudio.ram.mend import mended
from policystudio.ram.render import RegionMode
from policystudio.ram.unpacking import Found
from policystudio.ram.unpacking.found import MAX_DOCUMENTS, MAX_NOTES
from policystudio.teams.permissions import Act, require
from policystudio.teams.texts import refuse
from policystudio.teams.viewer import Viewer

_MAX_LABEL = 200
_MAX_NAMED_BY_BUILDER = 50
"""More documents without a name are numbered; looking for the builder of each would keep the sender waiting."""

_NUL = Finding(
    "control-character-in-string",
    Severity.ERROR,
    "the text holds the character NUL (U+0000), shown as ␀; no text of JSON has it",
    None,
    1,
    1,
)


@transaction.atomic
def create_import(
    *,
    by: Viewer,
    found: Sequence[Found],
    notes: Iterable[str] = (),
    label: str = "",
    targets: TargetsSent = (),
    region_mode: str = RegionMode.SEPARATE,
    on_existing: str = OnExisting.REFUSE,
    placeholders: bool = False,
    repairs: bool = False,
    start: bool = False,
) -> Import:
    """The import with its documents pending, but for those that can never be stored, which are refused at once.

    `placeholders` and `repairs` are the choices that every document starts with. `start`: see `start_import`.
    Raises: NotAllowed; InvalidInput at /documents, /targets/…, /on_existing or /region_mode.
    """
    require(by, Act.WRITE)
    wanted = read_targets(targets)
    refuse(_problems(found, region_mode, on_existing))
    known_accounts(by, wanted)
    now = timezone.now()
    parent = Import.objects.create(
        team_id=by.team_id,
        label=_clean(label)[:_MAX_LABEL] or ("1 document" if len(found) == 1 else f"{len(found)} documents"),
        targets=[list(target) for target in sorted(wanted)],
        region_mode=region_mode,
        on_existing=on_existing,
        notes=[_clean(note) for note in notes][: MAX_NOTES + 2],
        document_count=len(found),
        is_started=start,
        started_by_id=by.actor_id if start else None,
        shapers=[by.actor_id],
        created_by_id=by.actor_id,
        created_by_name=by.actor_name,
        created_at=now,
    )
    asks_builders = sum(one.is_numbered or not one.name for one in found) <= _MAX_NAMED_BY_BUILDER
    rows = [_row(parent, number, one, asks_builders) for number, one in enumerate(found, 1)]
    for row in rows:
        row.is_mended, row.is_generalised = repairs, placeholders
        if row.refusal is not None:
            row.state, row.problems, row.finished_at = State.REFUSED, [_problem(row.refusal)], now
    ImportedDocument.objects.bulk_create(rows, batch_size=100)
    data = {
        "documents": len(rows),
        "targets": parent.targets,
        "region_mode": region_mode,
        "on_existing": on_existing,
        "placeholders": placeholders,
        "repairs": repairs,
    }
    record(by, "import.created", on=parent, data=data)
    return parent


def _problems(found: Sequence[Found], region_mode: str, on_existing: str) -> Iterator[Problem]:
    if not found:
        yield Problem("/documents", "holds no document", "required")
    if len(found) > MAX_DOCUMENTS:
        yield Problem("/documents", f"holds {len(found)} documents; at most {MAX_DOCUMENTS}", "too-many")
    if region_mode not in list(RegionMode):
        yield Problem("/region_mode", f"must be one of {', '.join(RegionMode)}", "unknown-region-mode")
    if on_existing not in list(OnExisting):
        yield Problem("/on_existing", f"must be one of {', '.join(OnExisting)}", "unknown-choice")


def _row(parent: Import, number: int, one: Found, asks_builders: bool) -> ImportedDocument:
    refusal = one.refusal or (_NUL if "\0" in one.text else nothing_in(one.text))
    notes = [_clean(note) for note in one.notes]
    name = "" if one.is_numbered and asks_builders else policy_name(one.name)
    if not name and asks_builders and refusal is None:
        # A page of samples names none of them, but the builder that makes one has a name.
        detected = detect(mended(one.text).text)
        name = detected.slug if detected else policy_name(one.name)
    elif one.name and name != one.name:
        notes.append(f"the name {_clean(one.name)[:200]} is written as RAM allows it")
    return ImportedDocument(
        parent=parent,
        number=number,
        name=name[:MAX_NAME],
        description=_clean(one.description)[:MAX_DESCRIPTION],
        origin=_clean(one.origin)[:2000],
        text=_clean(one.text),
        account=_clean(one.target.account)[:64] if one.target else "",
        region=_clean(one.target.region)[:64] if one.target else "",
        notes=notes,
        refusal=refusal.as_json() if refusal else None,
    )


def _problem(finding: dict[str, Any]) -> dict[str, str]:
    place = f"line {finding['line']}, column {finding['column']}: " if finding["line"] else ""
    return {"pointer": "/source", "detail": place + finding["message"], "code": finding["code"]}


def _clean(text: str) -> str:
    """What every database keeps: NUL as its picture, halves of pairs as their code."""
    return text.replace("\0", "␀").encode("utf-8", "backslashreplace").decode()
