"""Cuts a query set into pages by cursors: signed, and good only for the list, filters and order they came from.

A cursor holds the sort key of the row at which a page ended, so that pages neither repeat nor miss rows when others are
added meanwhile. A cursor that was not made here means the first page.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

from django.core import signing
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest
from django.utils.dateparse import parse_datetime

M = TypeVar("M", bound=Model)
_SALT = "policystudio.web.paging"


@dataclass(frozen=True, slots=True)
class Slice(Generic[M]):
    """The rows of a page, and the addresses of its neighbours or None."""

    rows: list[M]
    previous: str | None
    next: str | None


def cut(
    request: HttpRequest, found: QuerySet[M], *, field: str, descending: bool = False, size: int = 25
) -> Slice[M]:
    """The page of `found` that the address asks for, in order of `field`, which is not null, and primary key."""
    owner = [request.path, sorted((k, v) for k, v in request.GET.lists() if k != "cursor"), field, descending]
    is_back, key = _opened(request.GET.get("cursor", ""), owner)
    goes_down = descending != is_back
    if key is not None:
        step = "lt" if goes_down else "gt"
        value: Any = parse_datetime(key[0]) if key[2] else key[0]
        found = found.filter(Q(**{f"{field}__{step}": value}) | Q(**{field: value, f"pk__{step}": key[1]}))
    sign = "-" if goes_down else ""
    rows = list(found.order_by(f"{sign}{field}", f"{sign}pk")[: size + 1])
    has_more, rows = len(rows) > size, rows[:size]
    if is_back:
        rows.reverse()

    def address(row: M, back: bool) -> str:
        value = getattr(row, field)
        is_moment = isinstance(value, datetime)
        mark = [owner, back, [value.isoformat() if is_moment else value, row.pk, is_moment]]
        query = request.GET.copy()
        query["cursor"] = signing.dumps(mark, salt=_SALT, compress=True)
        return f"{request.path}?{query.urlencode()}"

    has_next = has_more if not is_back else True
    has_previous = has_more if is_back else key is not None
    return Slice(
        rows,
        address(rows[0], True) if rows and has_previous else None,
        address(rows[-1], False) if rows and has_next else None,
    )


def _opened(cursor: str, owner: list[Any]) -> tuple[bool, list[Any] | None]:
    """Direction and key of a cursor; forwards from the start for one that was not made for this list."""
    try:
        made_for, is_back, key = signing.loads(cursor, salt=_SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return False, None
    plain = [owner[0], [[k, v] for k, v in owner[1]], owner[2], owner[3]]
    return (is_back, key) if made_for == plain else (False, None)
