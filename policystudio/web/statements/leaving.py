"""The way from the statement editor to another one, with everything that was typed."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

JSON, BUILDER, SENTENCES = "json", "builder", "sentences"
"""The editors that `?to=` can name."""


def wanted_editor(request: HttpRequest) -> str:
    """Where the button leads that sent the form; empty for one that stays here."""
    to = request.GET.get("to", "")
    return to if to in (JSON, BUILDER, SENTENCES) else ""


def sent_on(url: str) -> HttpResponse:
    """Has the browser send the same form to another editor, once nothing in it waits to be applied."""
    return HttpResponseRedirect(url, status=307)
