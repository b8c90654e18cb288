"""What an endpoint says about each of its methods: used to check requests, and written into the API description.

Who may use a method is declared beside it, as `access`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from policystudio.api.fields import Field

JSON = "application/json"


@dataclass(frozen=True, kw_only=True)
class Operation:
    """One method of one endpoint."""

    summary: str
    about: str = ""
    body: Field | None = None
    """What the body must be; None takes no body."""
    body_may_be_empty: bool = False
    query: Mapping[str, Field] = field(default_factory=dict)
    answer: Field | None = None
    """What a success answers with; a list of these when `is_paged`; None for no body."""
    status: int = 200
    is_paged: bool = False
    beside_page: Mapping[str, Field] = field(default_factory=dict)
    """What stands beside `results` in the answer of a list."""
    has_etag: bool = False
    needs_match: bool = False
    may_match: bool = False
    """Takes `If-Match` where it is sent: a creation below an object that the caller has read."""
    creates: bool = False
    """Answers 201 with `Location`, and honours `Idempotency-Key`."""
    media_types: Sequence[str] = (JSON,)
    errors: Sequence[int] = ()
    """Statuses of refusals beyond those that every operation has."""
