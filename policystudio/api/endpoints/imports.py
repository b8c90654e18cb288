"""`/imports/`: documents from elsewhere, stored whole, then made into policies step by step, with a report for each."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import HttpResponse
from django.urls import path, reverse
from rest_framework.request import Request

from policystudio.access import Access
from policystudio.api.endpoint import Endpoint
from policystudio.api.fields import Flag, Integer, Text
from policystudio.api.operation import Operation
from policystudio.api.pagination import Order
from policystudio.api.shapes import (
    BLOCK,
    COUNT,
    ID,
    MOMENT,
    NULL_MOMENT,
    REGION_MODE,
    SOURCE_SENT,
    TARGET,
    TARGETS_SENT,
    USERNAME,
)
from policystudio.api.structures import ListOf, Null, Shape
from policystudio.errors import InvalidInput, Problem
from policystudio.importing.models import Import, OnExisting, State
from policystudio.importing.reading import nothing_in
from policystudio.importing.report import document_report, import_report
from policystudio.importing.selectors import counts, counts_of, documents, import_get, imports
from policystudio.importing.services.create_import import create_import
from policystudio.importing.services.work_off import MAX_STEPS, work_off
from policystudio.ram.unpacking import Unpacked, together, unpack
from policystudio.ram.unpacking.found import MAX_DOCUMENTS
from policystudio.teams.permissions import Act

ON_EXISTING = Text(
    choices=[str(choice) for choice in OnExisting],
    about="What happens to a document whose name a policy has with another source. With `revise` it becomes the next "
    "revision; the policy's targets stay.",
)
STATES = Text(choices=[str(state) for state in State])
COUNTS = Shape(
    name="ImportCounts", required={str(state): COUNT for state in State}, about="Documents by state."
)
IMPORT = {
    "id": ID,
    "label": Text(),
    "state": Text(choices=["prepared", "running", "finished"]),
    "counts": COUNTS,
    "documents": ID,
    "targets": ListOf(item=TARGET),
    "region_mode": REGION_MODE,
    "on_existing": ON_EXISTING,
    "notes": ListOf(item=Text(), about="What of it held no document, and why."),
    "created_by": USERNAME,
    "created_at": MOMENT,
}
SHOWN = Shape(name="Import", required=IMPORT)
SEVERITY_COUNTS = Shape(
    name="SeverityCounts",
    about="Findings in what was stored, by severity; absent ones are none.",
    optional=dict.fromkeys(("error", "security_warning", "warning", "suggestion"), COUNT),
)
DOCUMENT = Shape(
    name="ImportedDocument",
    about="What became of one document. `text` is what came; `problems` say why it was refused.",
    required={
        "number": ID,
        "name": Text(),
        "origin": Text(about="Where it was found: a file, a line, a JSON Pointer."),
        "state": STATES,
        "policy": Null(of=ID),
        "revision": Null(of=ID),
        "builder": Null(of=Text(about="The builder that makes exactly this document.")),
        "repairs": Flag(),
        "placeholders": Flag(),
        "problems": ListOf(item=BLOCK),
        "findings": SEVERITY_COUNTS,
        "notes": ListOf(item=Text()),
        "text": Text(),
        "finished_at": NULL_MOMENT,
    },
)
SENT = Shape(
    name="DocumentSent",
    required={"text": SOURCE_SENT},
    optional={"name": Text(max_characters=256, about="Not used for a text that carries several.")},
)
NEW = Shape(
    name="ImportNew",
    about="Either `documents` or `text`. A text may be a document, several, or anything that carries some: an "
    "answer of the RAM API, Terraform or ROS in JSON, a bulk export. No policy is made yet; `continue` does that.",
    example={
        "documents": [
            {
                "name": "apollo-decrypt",
                "text": '{"Version": "1", "Statement": [{"Effect": "Allow", "Action": "kms:Decrypt", '
                '"Resource": "acs:kms:${region}:${account}:key/*"}]}',
            }
        ],
        "targets": [{"account": "1234567890123456", "region": "cn-hangzhou"}],
        "on_existing": "refuse",
        "placeholders": True,
    },
    optional={
        "documents": ListOf(item=SENT, max_items=MAX_DOCUMENTS, min_items=1),
        "text": Text(),
        "label": Text(max_characters=200),
        "targets": TARGETS_SENT,
        "region_mode": REGION_MODE,
        "on_existing": ON_EXISTING,
        "placeholders": Flag(
            about="Write account and region as placeholders where rendering gives the same document again.",
            default=False,
        ),
        "repairs": Flag(about="Make the offered repairs of faults.", default=False),
    },
    read_only=("id", "state", "counts", "notes", "created_by", "created_at"),
)
STEP = Shape(
    name="ImportStep",
    optional={"limit": Integer(about="Documents at most.", minimum=1, maximum=MAX_STEPS, default=MAX_STEPS)},
)


def show_import(parent: Import) -> dict[str, Any]:
    return import_report(parent, counts(parent))


class Imports(Endpoint):
    """The imports of the team, and adding one."""

    access = {"GET": Access(Act.READ), "POST": Access(Act.WRITE)}
    operations = {
        "GET": Operation(summary="List the imports, newest first", answer=SHOWN, is_paged=True),
        "POST": Operation(
            summary="Import documents",
            about="They are stored as they came and stay pending until `continue` is asked for.",
            body=NEW,
            answer=SHOWN,
            creates=True,
        ),
    }

    def get(self, request: Request) -> HttpResponse:
        counted: dict[int, dict[str, int]] = {}

        def prepare(rows: list[Import]) -> None:
            counted.update(counts_of(rows))

        return self.page(
            imports(self.viewer),
            lambda parent: import_report(parent, counted[parent.pk]),
            Order("pk", is_descending=True),
            prepare,
        )

    def post(self, request: Request) -> HttpResponse:
        return self.create(self._made)

    def _made(self) -> HttpResponse:
        body = self.body()
        unpacked = self._unpacked(body)
        fields = {name: value for name, value in body.items() if name not in ("documents", "text")}
        parent = create_import(by=self.viewer, found=unpacked.found, notes=unpacked.notes, **fields)
        location = reverse("api:import", kwargs={"import_id": parent.pk})
        return self.show(show_import(parent), status=201, location=location)

    def _unpacked(self, body: dict[str, Any]) -> Unpacked:
        """Raises: InvalidInput for both or neither of `documents` and `text`."""
        if ("documents" in body) == ("text" in body):
            raise InvalidInput([Problem("/documents", "send either documents or a text", "ambiguous")])
        if "text" in body:
            return _of_text(body["text"])
        texts = (
            (self.document_text(one["text"], "documents", index, "text"), one.get("name", ""))
            for index, one in enumerate(body["documents"])
        )
        return together(_named(unpack(text, name), name) for text, name in texts)


class OneImport(Endpoint):
    """One import with the report for each of its documents."""

    access = {"GET": Access(Act.READ)}
    operations = {
        "GET": Operation(
            summary="Show an import and what became of its documents",
            query={"state": STATES},
            answer=DOCUMENT,
            is_paged=True,
            beside_page=IMPORT,
            errors=(404,),
        )
    }

    def get(self, request: Request, import_id: int) -> HttpResponse:
        parent = import_get(self.viewer, import_id)
        found = documents(parent, self.query.get("state", ""))
        return self.page(found, document_report, Order("number"), beside=show_import(parent))


class Continue(Endpoint):
    """Works on an import for a moment."""

    access = {"POST": Access(Act.WRITE)}
    operations = {
        "POST": Operation(
            summary="Store pending documents of an import",
            about="Each in a transaction of its own, for about two seconds; ask again while `counts.pending` is not 0. "
            "Safe to repeat, and from several programs at once.",
            body=STEP,
            body_may_be_empty=True,
            answer=SHOWN,
            errors=(404,),
        )
    }

    def post(self, request: Request, import_id: int) -> HttpResponse:
        parent = import_get(self.viewer, import_id)
        work_off(by=self.viewer, parent=parent, most=self.body().get("limit", MAX_STEPS))
        return self.show(show_import(import_get(self.viewer, import_id)))


def _of_text(text: str) -> Unpacked:
    """Raises: InvalidInput when there is nothing in it that could ever become a document."""
    unpacked = unpack(text)
    missing = nothing_in(text)
    if missing is not None:
        detail = "holds no JSON object; send a document, or a text that has documents in it"
        raise InvalidInput([Problem("/text", detail, missing.code)])
    if not unpacked.found:
        raise InvalidInput([Problem("/text", "; ".join(unpacked.notes) or "holds no document", "required")])
    return unpacked


def _named(unpacked: Unpacked, name: str) -> Unpacked:
    """With the name that was sent, when it can only mean one document."""
    if not name or len(unpacked.found) != 1:
        return unpacked
    return replace(unpacked, found=(replace(unpacked.found[0], name=name, is_numbered=False),))


urlpatterns = [
    path("imports/", Imports.as_view(), name="imports"),
    path("imports/<id_:import_id>/", OneImport.as_view(), name="import"),
    path("imports/<id_:import_id>/continue/", Continue.as_view(), name="import_continue"),
]
