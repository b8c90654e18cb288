"""Where editing starts: the revision, the builder's form for it, and the version that a form was opened with."""

from __future__ import annotations

from typing import Any, cast

from django.http import HttpRequest

from policystudio.builders.builder import Builder, get
from policystudio.builders.detect import detect
from policystudio.errors import InvalidInput, NotFound
from policystudio.policies.models import Policy, Revision
from policystudio.policies.selectors import newest_revision, revision_get
from policystudio.standards.selectors import standards_of
from policystudio.teams.viewer import Viewer
from policystudio.web.diff import compare
from policystudio.web.forms.builder_form import BuilderForm
from policystudio.web.forms.written import FIELD, Written
from policystudio.web.page import PageRequest

SAVED_FORM = "saved_form"
"""Session key: the form that was just saved, whose draft in the browser is done with."""


def form_of(revision: Revision) -> tuple[BuilderForm | None, bool]:
    """The form that made the revision, or could have made it (then True); None when no builder makes it."""
    builder = get(revision.builder)
    if builder is not None and revision.parameters is not None:
        form = BuilderForm(builder, revision.parameters)
        try:
            if builder.build(revision.parameters).source == revision.source:
                return form, False
        except InvalidInput:
            pass  # written for an older form of this builder; the document decides
    found = detect(revision.source)
    detected = get(found.slug) if found else None
    return (BuilderForm(detected, found.parameters), True) if found and detected else (None, False)


def starting_revision(viewer: Viewer, policy: Policy, number: str) -> Revision:
    """The revision that editing starts from: the newest, or the one that was asked for."""
    if number.isascii() and number.isdigit() and len(number) < 7:
        return revision_get(viewer, policy.pk, int(number))
    return newest_revision(policy)


def stale_context(policy: Policy, typed: str) -> dict[str, Any]:
    """Both versions, when somebody else has saved meanwhile."""
    stored = newest_revision(policy)
    return {"revision": stored, "diff": compare(stored.source, typed)}


def typed_version(request: HttpRequest) -> int | None:
    """The version of the policy that the form was opened with."""
    text = request.POST.get("version", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def builder_of(slug: str) -> Builder:
    """Raises: NotFound for a builder that does not exist."""
    builder = get(slug)
    if builder is None:
        raise NotFound("there is no such builder")
    return builder


def typed_source(request: HttpRequest) -> str:
    """The document as typed. Forms send CR LF for a line end, and a line end is all that this can mean in JSON.

    A form with sentences comes here only once they can be read; the document is what they say.
    """
    if FIELD in request.POST and "source" not in request.POST:
        catalogue = standards_of(cast(PageRequest, request).viewer.team_id).catalogue
        return Written.sent(request.POST, catalogue).found.source or ""
    return request.POST.get("source", "").replace("\r\n", "\n")
