"""The filter for sentences that hold values between backticks: of statements, findings, documentation."""

from __future__ import annotations

from django import template

from policystudio.web.templatetags.texts import with_code

register = template.Library()
register.filter(with_code)
