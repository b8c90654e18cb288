"""Imports: the form that takes documents, the list of imports, and the report of one while it is worked off.

What was sent is stored first; nothing is made of it before somebody asks for that on the page of the import.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from policystudio.access import Access
from policystudio.accounts.selectors import accounts
from policystudio.errors import InvalidInput
from policystudio.importing.models import Import, OnExisting, State
from policystudio.importing.report import document_report, import_report
from policystudio.importing.selectors import (
    counts,
    counts_of,
    documents,
    has_retryable,
    import_get,
    imports,
)
from policystudio.importing.services.create_import import create_import
from policystudio.importing.services.prepare_import import prepare_import
from policystudio.importing.services.work_off import work_off
from policystudio.ram.unpacking import Unpacked, together, unpack, unpack_file
from policystudio.teams.permissions import Act
from policystudio.web.filtering import filters_of
from policystudio.web.forms.policy_fields import PolicyFields, matrix
from policystudio.web.imported import lines_of
from policystudio.web.page import Beginning, Page, PageView
from policystudio.web.paging import cut

PAGE_SIZE = 25
SECONDS = 1.0
"""The page moves on so often while an import is worked off."""

STATE_NAMES = {
    State.PENDING: gettext_lazy("Pending"),
    State.STORED: gettext_lazy("Stored"),
    State.UNCHANGED: gettext_lazy("Unchanged"),
    State.REFUSED: gettext_lazy("Refused"),
    State.SKIPPED: gettext_lazy("Left out"),
}


class NewImport(PageView):
    """The form: paste, drop or choose files, and how they are to be stored."""

    access = {"GET": Access(Act.WRITE), "POST": Access(Act.WRITE)}

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.form(PolicyFields())

    def post(self, request: HttpRequest) -> HttpResponseBase:
        fields = PolicyFields.typed(request.POST, accounts(self.viewer))
        unpacked = sent(request)
        try:
            parent = create_import(
                by=self.viewer,
                found=unpacked.found,
                notes=unpacked.notes,
                label=label_of(request),
                targets=fields.sent_targets,
                region_mode=fields.region_mode,
                on_existing=request.POST.get("on_existing", OnExisting.REFUSE),
                placeholders=bool(request.POST.get("placeholders")),
                repairs=bool(request.POST.get("repairs")),
            )
        except InvalidInput as refused:
            return self.form(fields.refused(refused.problems), unpacked, status=422)
        if parent.document_count == 1:
            return self.go(reverse("import_document", args=[parent.pk, 1]))
        return self.go(reverse("import", args=[parent.pk]))

    def form(
        self, fields: PolicyFields, unpacked: Unpacked | None = None, *, status: int = 200
    ) -> HttpResponse:
        """The form with what was typed; a browser does not give chosen files back."""
        regions, rows = matrix(list(accounts(self.viewer)), fields.targets)
        context = {
            "fields": fields,
            "errors": fields.errors(),
            "summary": [("text" if at == "documents" else at, text) for at, text in fields.summary],
            "notes": unpacked.notes if unpacked else (),
            "typed": self.request.POST,
            "regions": regions,
            "rows": rows,
            "on_existing": on_existing_choices(),
            "chosen_on_existing": self.request.POST.get("on_existing", OnExisting.REFUSE),
            "crumbs": [(_("Policies"), reverse("policies")), (_("Imports"), reverse("imports"))],
        }
        return self.page("imports/new.html", context, status=status)


class Imports(PageView):
    """The imports of the team, newest first."""

    access = {"GET": Access(Act.READ)}

    def get(self, request: HttpRequest) -> HttpResponse:
        page = cut(request, imports(self.viewer), field="pk", descending=True)
        counted = counts_of(page.rows)
        context = {
            "lines": [(parent, counted[parent.pk]) for parent in page.rows],
            "page": page,
            "may_write": self.viewer.may(Act.WRITE),
            "crumbs": [(_("Policies"), reverse("policies"))],
        }
        return self.page("imports/imports.html", context)


class OneImport(PageView):
    """The report of an import, its progress, and the choices for what is not stored yet."""

    access = {"GET": Access(Act.READ), "POST": Access(Act.WRITE)}

    def get(self, request: HttpRequest, import_id: int) -> HttpResponse:
        parent = import_get(self.viewer, import_id)
        given, ignored = filters_of(request, {"state": [str(each) for each in State]})
        state = given["state"]
        page = cut(request, documents(parent, state), field="number", size=PAGE_SIZE)
        counted = counts(parent)
        context = {
            **progress(self, parent, counted),
            "lines": lines_of(page.rows, parent),
            "page": page,
            "ignored": ignored,
            "tabs": tabs(counted, state),
            "on_existing": on_existing_choices(),
            "crumbs": [(_("Policies"), reverse("policies")), (_("Imports"), reverse("imports"))],
        }
        return self.page("imports/import.html", context)

    def post(self, request: HttpRequest, import_id: int) -> HttpResponseBase:
        """The choices for all documents that are not stored yet."""
        parent = import_get(self.viewer, import_id)
        prepare_import(
            by=self.viewer,
            parent=parent,
            on_existing=request.POST.get("on_existing", OnExisting.REFUSE),
            is_mended=bool(request.POST.get("repairs")),
            is_generalised=bool(request.POST.get("placeholders")),
            tries_refused=bool(request.POST.get("again")),
        )
        return self.go(reverse("import", args=[parent.pk]), _("The choices are kept."))


class Continue(PageView):
    """Works for a moment: HTMX asks again until all is done, without scripts a button does."""

    access = {"POST": Access(Act.WRITE)}

    def post(self, request: HttpRequest, import_id: int) -> HttpResponseBase:
        parent = import_get(self.viewer, import_id)
        work_off(by=self.viewer, parent=parent, seconds=SECONDS)
        counted = counts(parent)
        if self.request.htmx and counted[State.PENDING]:
            context = progress(self, import_get(self.viewer, import_id), counted)
            return self.page("imports/_progress.html", {**context, "goes_on": True})
        done = parent.document_count - counted[State.PENDING]
        text = ngettext("%(n)d document is done.", "%(n)d documents are done.", done) % {"n": done}
        return self.go(reverse("import", args=[parent.pk]), text)


class Report(PageView):
    """The whole report as JSON, the texts as they came included."""

    access = {"GET": Access(Act.READ)}

    def get(self, request: HttpRequest, import_id: int) -> HttpResponse:
        parent = import_get(self.viewer, import_id)
        report = import_report(parent, counts(parent))
        report["results"] = [document_report(one) for one in documents(parent)]
        response = JsonResponse(report, json_dumps_params={"ensure_ascii": False, "indent": 2})
        response["Content-Disposition"] = f'attachment; filename="import-{parent.pk}.json"'
        return response


def sent(request: HttpRequest) -> Unpacked:
    """Everything that was pasted and every file, in this order."""
    return together(_parts(request))


def _parts(request: HttpRequest) -> Iterator[Unpacked]:
    text = request.POST.get("text", "").replace("\r\n", "\n")
    if text.strip():
        yield unpack(text)
    for one in request.FILES.getlist("files"):
        yield unpack_file(one.read(), one.name or "")


def label_of(request: HttpRequest) -> str:
    """What the import is called in the list."""
    names = [one.name or "" for one in request.FILES.getlist("files")]
    if request.POST.get("text", "").strip():
        names.insert(0, _("pasted text"))
    more = len(names) - 3
    listed = ", ".join(names[:3])
    return listed if more <= 0 else _("%(names)s and %(n)d more") % {"names": listed, "n": more}


def progress(view: PageView, parent: Import, counted: dict[str, int]) -> dict[str, Any]:
    """What the progress of an import shows. It goes on by itself only for whoever started it, as its author."""
    pending = counted[State.PENDING]
    is_theirs = parent.started_by_id == view.viewer.actor_id
    return {
        "parent": parent,
        "counts": counted,
        "pending": pending,
        "done": parent.document_count - pending,
        "may_write": view.viewer.may(Act.WRITE),
        "goes_on": bool(pending) and parent.is_started and is_theirs and view.viewer.may(Act.WRITE),
        "has_retryable": bool(counted[State.REFUSED]) and has_retryable(parent),
    }


def tabs(counted: dict[str, int], chosen: str) -> list[dict[str, Any]]:
    """One tab for all documents and one for each state that occurs."""
    found = [{"text": _("All"), "href": "?", "count": sum(counted.values()), "is_current": not chosen}]
    return found + [
        {
            "text": str(name),
            "href": f"?state={state}",
            "count": counted[state],
            "is_current": state == chosen,
        }
        for state, name in STATE_NAMES.items()
        if counted[state] or state == chosen
    ]


def on_existing_choices() -> list[tuple[str, str, str]]:
    """What can happen to a document whose name is taken."""
    return [
        (
            str(OnExisting.REFUSE),
            _("Refuse the document"),
            _("It stays in the report, and can be given another name."),
        ),
        (
            str(OnExisting.REVISE),
            _("Store it as a new revision"),
            _("Nothing that is released changes without a review."),
        ),
    ]


PAGE = Page(
    urls=(
        path("policies/import/", NewImport.as_view(), name="new_import"),
        path("imports/", Imports.as_view(), name="imports"),
        path("imports/<int:import_id>/", OneImport.as_view(), name="import"),
        path("imports/<int:import_id>/continue/", Continue.as_view(), name="import_continue"),
        path("imports/<int:import_id>/report.json", Report.as_view(), name="import_report"),
    ),
    section="policies",
    beginning=Beginning(
        gettext_lazy("Import documents"),
        gettext_lazy(
            "One or hundreds that exist already: files, archives, answers of the "
            "RAM API, Terraform, a page with samples."
        ),
        order=50,
        url_name="new_import",
    ),
)
