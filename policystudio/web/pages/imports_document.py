"""One document of an import: what it is, what could be changed about it as a diff, and the ways on from here."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import path, reverse
from django.utils.translation import gettext as _

from policystudio.access import Access
from policystudio.builders.builder import get
from policystudio.errors import InvalidInput
from policystudio.importing.models import ImportedDocument, State
from policystudio.importing.reading import Read, canonical_or_none, read_document
from policystudio.importing.selectors import chosen_targets, document_get, likely_targets, team_targets
from policystudio.importing.services.prepare_document import prepare_document
from policystudio.importing.services.work_off import work_off_one
from policystudio.policies.circumstances import circumstances_of
from policystudio.policies.selectors import newest_revision, policies
from policystudio.standards.selectors import standards_of
from policystudio.teams.permissions import Act
from policystudio.web.diff import Diff, compare
from policystudio.web.forms.result import result_of
from policystudio.web.page import Page, PageView

MAX_SHOWN = 100_000
"""A text with more characters is shown cut; the report holds all of it."""


class OneDocument(PageView):
    """The document with its choices; `action` is keep, store, skip or restore."""

    access = {"GET": Access(Act.READ), "POST": Access(Act.WRITE)}

    def get(self, request: HttpRequest, import_id: int, number: int) -> HttpResponse:
        return self.show(document_get(self.viewer, import_id, number))

    def post(self, request: HttpRequest, import_id: int, number: int) -> HttpResponseBase:
        document = document_get(self.viewer, import_id, number)
        wanted = request.POST.get("action", "keep")
        here = reverse("import_document", args=[import_id, number])
        if wanted == "skip":
            prepare_document(by=self.viewer, document=document, is_skipped=True)
            return self.go(here, _("The document is left out."))
        try:
            document = prepare_document(
                by=self.viewer,
                document=document,
                name=request.POST["name"].strip() if "name" in request.POST else None,
                is_mended=choice(request, "repairs"),
                is_generalised=choice(request, "placeholders"),
            )
        except InvalidInput as refused:
            document.name = request.POST.get("name", "")[:256]
            return self.show(document, [p.detail for p in refused.problems], status=422)
        if wanted != "store":
            return self.go(here, _("The choices are kept."))
        stored = work_off_one(by=self.viewer, document=document)
        if stored.state in (State.STORED, State.UNCHANGED) and stored.parent.document_count == 1:
            text = _("The policy is saved.") if stored.state == State.STORED else _("It is stored already.")
            return self.go(reverse("policy", args=[stored.policy_id]), text)
        return self.go(here)

    def show(
        self, document: ImportedDocument, errors: list[str] | None = None, *, status: int = 200
    ) -> HttpResponse:
        """The page; `errors` are those of the name."""
        parent = document.parent
        targets = chosen_targets(parent)
        chosen = read_document(
            document.text,
            likely_targets(document, team_targets(parent.team_id)),
            is_mended=document.is_mended,
            is_generalised=document.is_generalised,
            region_mode=parent.region_mode,
        )
        is_open = document.state in (State.PENDING, State.REFUSED, State.SKIPPED)
        context: dict[str, Any] = {
            "document": document,
            "parent": parent,
            "errors": errors or [],
            "summary": [("name", text) for text in errors or []],
            "is_open": is_open and document.refusal is None and self.viewer.may(Act.WRITE),
            "chosen": chosen,
            "repairs": repairs_of(document, chosen),
            "general": general_of(document, chosen),
            "detected": get(chosen.detected.slug) if chosen.detected else None,
            "targets": targets,
            "target_values": [f"{target.account}|{target.region}" for target in targets],
            "result": result_of(
                chosen.text,
                standards_of(parent.team_id),
                circumstances=circumstances_of(parent.team_id),
                targets=targets,
                name=document.name,
                region_mode=parent.region_mode,
            ),
            # Line ends of other systems are no odd characters.
            "shown": document.text[:MAX_SHOWN].replace("\r\n", "\n"),
            "is_cut": len(document.text) > MAX_SHOWN,
            "existing": existing_of(self, document, chosen) if is_open else None,
            "crumbs": [
                (_("Imports"), reverse("imports")),
                (parent.label, reverse("import", args=[parent.pk])),
            ],
        }
        return self.page("imports/document.html", context, status=status)


def choice(request: HttpRequest, name: str) -> bool | None:
    """Whether a box was ticked; None when the form did not show it, so that an earlier choice stays."""
    if name in request.POST:
        return True
    return False if name in request.POST.getlist("offered") else None


def repairs_of(document: ImportedDocument, chosen: Read) -> Diff | None:
    """What the offered repairs change, or None when there is nothing to repair."""
    return compare(document.text, chosen.mended.text) if chosen.mended else None


def general_of(document: ImportedDocument, chosen: Read) -> Diff | None:
    """What the placeholders change, in the form that is stored."""
    if chosen.generalised is None:
        return None
    before = chosen.mended.text if document.is_mended and chosen.mended else document.text
    return compare(canonical_or_none(before) or before, chosen.generalised.text)


def existing_of(view: PageView, document: ImportedDocument, chosen: Read) -> dict[str, Any] | None:
    """The policy that has the name already, and how its source differs."""
    policy = policies(view.viewer).filter(name__iexact=document.name).first() if document.name else None
    if policy is None:
        return None
    source = newest_revision(policy).source
    return {"policy": policy, "diff": compare(source, canonical_or_none(chosen.text) or chosen.text)}


PAGE = Page(
    urls=(
        path(
            "imports/<int:import_id>/documents/<int:number>/", OneDocument.as_view(), name="import_document"
        ),
    ),
    section="policies",
)
