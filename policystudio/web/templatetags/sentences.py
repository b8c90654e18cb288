"""Filters for sentences that hold values between backticks: sentences of statements, findings, documentation."""

from __future__ import annotations

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from policystudio.web.templatetags.texts import shown

register = template.Library()


@register.filter
def with_code(text: str) -> SafeString:
    """The text with what stands between backticks as code, odd characters boxed and placeholders marked."""
    pieces = text.split("`")
    # An odd number of pieces means that every backtick has its partner.
    if len(pieces) % 2 == 0:
        return shown(text)
    return format_html_join(
        "",
        "{}",
        (
            (format_html("<code>{}</code>", shown(piece)) if index % 2 else piece,)
            for index, piece in enumerate(pieces)
        ),
    )
