"""Filters for findings: their severity in words, and those that stand beside a field of a form."""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping, Sequence
from typing import Any

from django import template
from django.utils.translation import gettext as _

from policystudio.ram.finding import Severity

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
