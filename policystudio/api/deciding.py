"""What endpoints say about themselves that decide on somebody's request, a waiver or an exception."""

from __future__ import annotations

from policystudio.api.fields import Field
from policystudio.api.operation import Operation


def deciding(summary: str, about: str, *, body: Field, answer: Field) -> Operation:
    """A decision with an optional remark, refused with 404 or 409, which answers with what was decided on."""
    return Operation(
        summary=summary,
        about=about,
        body=body,
        body_may_be_empty=True,
        answer=answer,
        has_etag=True,
        errors=(404, 409),
    )
