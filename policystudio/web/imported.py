"""What the report of an import says of a document in one line; of a pending one, what it would become."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db.models.functions import Lower
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from policystudio.importing.models import Import, ImportedDocument, State
from policystudio.importing.reading import Read, canonical_or_none, read_document
from policystudio.importing.selectors import likely_targets, team_targets

Namesakes = dict[str, list[int]]

MAX_LOOKED_AT = 16 * 1024
"""A longer document is looked at on its own page only; RAM takes none as long."""


@dataclass(frozen=True, slots=True)
class Line:
    """A document, and hints on what could be chosen for it."""

    document: ImportedDocument
    builder: str
    hints: tuple[str, ...]

    @property
    def is_judged(self) -> bool:
        """Whether the findings of what was stored were counted."""
        return self.document.state in (State.STORED, State.UNCHANGED)


def lines_of(rows: Sequence[ImportedDocument], parent: Import) -> list[Line]:
    """The rows with their hints; the documents are read, so this is for a page of them."""
    every = team_targets(parent.team_id) if rows else []
    namesakes = namesakes_of(rows, parent)
    found = []
    for document in rows:
        document.parent = parent
        if document.state != State.PENDING or len(document.text) > MAX_LOOKED_AT:
            found.append(Line(document, document.builder, ()))
            continue
        read = read_document(
            document.text,
            likely_targets(document, every),
            is_mended=document.is_mended,
            is_generalised=document.is_generalised,
            region_mode=parent.region_mode,
        )
        found.append(
            Line(
                document,
                read.detected.slug if read.detected else "",
                tuple(_hints(document, read, namesakes)),
            )
        )
    return found


def namesakes_of(rows: Sequence[ImportedDocument], parent: Import) -> Namesakes:
    """Name in small letters → the numbers of the documents of the import that have it, where there are several."""
    names = {document.name.lower() for document in rows if document.name}
    stored = ImportedDocument.objects.filter(parent=parent).exclude(state=State.SKIPPED)
    numbers: defaultdict[str, list[int]] = defaultdict(list)
    for name, number in stored.annotate(low=Lower("name")).filter(low__in=names).values_list("low", "number"):
        numbers[name].append(number)
    return {name: sorted(found) for name, found in numbers.items() if len(found) > 1}


def _hints(document: ImportedDocument, read: Read, namesakes: Namesakes) -> Iterator[str]:
    repairs = len(read.repaired)
    if repairs and document.is_mended:
        yield ngettext("%(n)d repair is made", "%(n)d repairs are made", repairs) % {"n": repairs}
    elif repairs:
        yield ngettext("%(n)d repair is offered", "%(n)d repairs are offered", repairs) % {"n": repairs}
    if canonical_or_none(read.text) is None:
        yield _("cannot be read as it is")
    if read.generalised is not None:
        yield (
            _("account and region become placeholders")
            if document.is_generalised
            else _("account and region could become placeholders")
        )
    if not document.name:
        yield _("has no name yet")
    others = [number for number in namesakes.get(document.name.lower(), ()) if number != document.number]
    if others:
        yield _("document %(n)d has this name too") % {"n": others[0]}
