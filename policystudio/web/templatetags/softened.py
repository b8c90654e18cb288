"""What the team's severities take away from the findings that a page shows."""

from __future__ import annotations

from typing import Any

from django import template

from policystudio.standards.softened import Softened, softened
from policystudio.validation.pipeline import Validation

register = template.Library()


@register.simple_tag(takes_context=True)
def taken_away(context: Any, validation: Validation) -> tuple[Softened, ...]:
    """For the team of the person who looks; nothing where nobody does."""
    viewer = getattr(getattr(context, "request", None), "viewer", None)
    return softened(viewer.team_id, validation) if viewer else ()
