"""Filters for findings: their severity in words, and those that stand beside a field of a form."""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping, Sequence
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from policystudio.ram.finding import Severity
from policystudio.web.forms.finding_rows import FindingRow
from policystudio.web.templatetags.pieces import icon
from policystudio.web.templatetags.texts import with_code

register = template.Library()


@register.filter
def severity_word(severity: str) -> str:
    """The severity as pages call it."""
    return {
        "error": _("Error"),
        "security_warning": _("Security warning"),
        "warning": _("Warning"),
    }.get(severity, _("Suggestion"))


@register.simple_tag
def brief_finding(row: FindingRow, id: str, lines_href: str) -> SafeString:
    """A finding in a line: severity, place, text and code. Made here, as a template would take too long for many."""
    finding = row.finding
    statement = _("Statement %(n)d") % {"n": row.statement} if row.statement else _("The document as a whole")
    line = finding["line"]
    place = format_html(
        '<a class="finding__place" href="{}{}" data-place data-line="{}" data-column="{}">{}</a>',
        lines_href or "#shown-L",
        line,
        line,
        finding["column"] or 1,
        _("line %(line)s") % {"line": line},
    )
    news = "" if row.is_new is None else _("New") if row.is_new else _("Still there")
    return format_html(
        '<article class="finding finding--brief finding--{severity}" id="{id}" tabindex="-1" '
        'data-severity="{severity}" data-code="{code}" data-statement="{statement}"{news}{new}>'
        '<p class="finding__text"><span class="badge badge--{severity}">{icon}{word}</span> {place} '
        '<span lang="en">{message}</span> <code>{code}</code></p></article>',
        severity=finding["severity"],
        id=id,
        code=finding["code"],
        statement=statement,
        news=format_html(' data-news="{}"', news) if news else "",
        new=SafeString(" data-new" if row.is_new else ""),
        icon=icon(finding["severity"]),
        word=severity_word(finding["severity"]),
        place=place if line else "",
        message=with_code(finding["message"]),
    )


@register.simple_tag
def finding_words() -> str:
    """What the JSON editor says of findings, as JSON."""
    words = {str(severity): severity_word(severity) for severity in Severity}
    return json.dumps({**words, "widens": _("allows more")}, ensure_ascii=False)


@register.filter
def at_slot(beside: Mapping[str, Sequence[Any]] | None, slot: str) -> Sequence[Any]:
    """The rows that stand at a slot; none where nothing is known."""
    return beside.get(slot, ()) if beside else ()


@register.filter
def beside_id(slot: str) -> str:
    """The id of the element of a slot; without dots, which mean something in selectors."""
    return "beside-" + slot.replace(".", "-")


@register.filter
def checksum(text: str) -> int:
    """The Adler-32 of a text, by which the page sees that it is still the one that was judged."""
    return zlib.adler32(text.encode("utf-8", "replace"))


@register.filter
def share(part: int, whole: int) -> int:
    """How many per cent of the whole a part is, rounded."""
    return round(100 * part / whole) if whole else 0
