"""Makes a change that a finding offers, where a form has been sent for it: `apply` in what was sent names the change.

Nothing is saved by it: the form comes back with the change made, or the JSON editor where the form cannot show it.
"""

from __future__ import annotations

from collections.abc import Callable
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
ELSEWHERE = "json:"
"""Before the name of a change whose outcome the form cannot show, as its button says."""

Context = dict[str, Any]
DONE = _("The change is made; nothing is saved yet.")


def apply_in_form(
    request: HttpRequest,
    form: BuilderForm,
    result: Result | None,
    show_form: Callable[[BuilderForm], Context],
    show_text: Callable[[str], Context],
) -> tuple[Context, bool]:
    """What to show when a builder's form was sent for a change, and whether that is still the form.

    `result` is what the form makes, None while it has problems.
    """
    text = changed(request, result) if result is not None else None
    if text is None:
        return (refused(show_form(form)) if result is not None else show_form(form)), True
    taken = OpenForm(form).taken_over(text)
    if taken is None:
        confirm(
            request,
            _("The change is made, in the JSON editor, as the form cannot show it. Nothing is saved yet."),
        )
        return show_text(text), False
    confirm(request, DONE)
    return show_form(taken), True


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
    name = request.POST.get(APPLY, "").removeprefix(ELSEWHERE)
    findings, text = result.validation.findings, result.validation.text
    if name.startswith(ALL):
        return mended(text, findings, name.removeprefix(ALL), lambda each: result.judge(each).findings)
    fix = wanted(findings, name)
    return fix.apply(text) if fix else None


def refused(context: Context) -> Context:
    """The same page, saying that nothing was changed."""
    line = _("That change is no longer offered, as the document has changed. Nothing was changed.")
    return {**context, "summary": [("", line), *context["summary"]]}
