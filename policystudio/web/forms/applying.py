"""Makes a change that a finding offers: `apply` names it, in a form that is sent or in the address of an edit page.

Nothing is saved by it: the form comes back with the change made, or the JSON editor where the form cannot show it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib.messages import success as confirm
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from policystudio.validation.mending import mended
from policystudio.web.forms.beside import OpenForm
from policystudio.web.forms.builder_form import BuilderForm
from policystudio.web.forms.offers import ALL, wanted
from policystudio.web.forms.result import Result

APPLY = "apply"
JSON, STATEMENTS = "json", "statements"
"""Before the name of a change, with a colon: where to go on, as the form cannot show what comes of it."""

Context = dict[str, Any]
Shown = tuple[str, Context]
"""A template and what it shows."""

DONE = _("The change is made; nothing is saved yet.")
DONE_ELSEWHERE = _("The change is made. The form cannot show it, so it goes on here; nothing is saved yet.")


def apply_in_form(
    request: HttpRequest,
    form: BuilderForm,
    result: Result | None,
    show_form: Callable[[BuilderForm], Shown],
    elsewhere: Mapping[str, Callable[[str], Shown]],
) -> Shown:
    """What to show when a change was asked for in a builder's form: the form again, or the editor that was named.

    `result` is what the form makes, None while it has problems. `elsewhere`: name of an editor → the document there.
    """
    text = changed(request, result) if result is not None else None
    if text is None:
        template, context = show_form(form)
        return template, context if result is None else refused(context)
    taken = OpenForm(form).taken_over(text)
    if taken is not None:
        confirm(request, DONE)
        return show_form(taken)
    confirm(request, DONE_ELSEWHERE)
    return elsewhere.get(_asked(request).partition(":")[0], elsewhere[JSON])(text)


def apply_in_text(
    request: HttpRequest, source: str, result: Result, show_text: Callable[[str], Context]
) -> Context:
    """What to show when the JSON editor was sent for a change, which it asks for only without script."""
    text = changed(request, result)
    if text is None:
        return refused(show_text(source))
    confirm(request, DONE)
    return show_text(text)


def changed(request: HttpRequest, result: Result) -> str | None:
    """The document with the change that was asked for; None when it is no longer offered."""
    name = _asked(request)
    for editor in (JSON, STATEMENTS):
        name = name.removeprefix(f"{editor}:")
    findings, text = result.validation.findings, result.validation.text
    if name.startswith(ALL):
        return mended(text, findings, name.removeprefix(ALL), lambda each: result.judge(each).findings)
    fix = wanted(findings, name)
    return fix.apply(text) if fix else None


def refused(context: Context) -> Context:
    """The same page, saying that nothing was changed."""
    line = _("That change is no longer offered, as the document has changed. Nothing was changed.")
    return {**context, "summary": [("", line), *context["summary"]]}


def _asked(request: HttpRequest) -> str:
    return request.POST.get(APPLY) or request.GET.get(APPLY, "")
