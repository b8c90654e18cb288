"""Cuts lists into pages by cursors: signed, and good only for the person, team, list and filters they came from.

A cursor holds the key of the row at which a page ended, so pages neither repeat nor miss rows when others are added.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any
from urllib.parse import urlencode

from django.core import signing
from django.db.models import QuerySet
from django.http import HttpRequest

from policystudio.api.fields import Field, Integer, Text
from policystudio.errors import InvalidInput, Problem
from policystudio.teams.viewer import Viewer

Items = QuerySet[Any] | Sequence[Any]

DEFAULT_LIMIT = 50
MAX_LIMIT = 200
FIELDS: Mapping[str, Field] = {
    "limit": Integer(
        about="How many results a page has at most.", minimum=1, maximum=MAX_LIMIT, default=DEFAULT_LIMIT
    ),
    "cursor": Text(about="Where the page starts, as `next` and `previous` say it.", max_characters=1000),
}
_SALT = "policystudio.api.cursor"


@dataclass(frozen=True, slots=True)
class Order:
    """By which field a query set is sorted: unique in the list, a number or a text."""

    key: str
    is_descending: bool = False


def page(
    request: HttpRequest,
    viewer: Viewer,
    query: Mapping[str, Any],
    items: Items,
    show: Callable[[Any], Any],
    order: Order | None = None,
    prepare: Callable[[list[Any]], object] | None = None,
    most: int = MAX_LIMIT,
) -> dict[str, Any]:
    """`{"next", "previous", "results"}`. A sequence keeps its order; a query set needs one.

    `prepare` is called with the things of the page before they are shown, to read for all what else they need.
    `most`: a page has no more, whatever `limit` asks for.
    Raises: InvalidInput for a cursor that was not made for this request.
    """
    limit = min(query.get("limit", DEFAULT_LIMIT), most)
    filters = {name: value for name, value in query.items() if name not in FIELDS}
    owner = [viewer.actor_id, viewer.team_id, request.path, sorted(filters.items())]
    is_back, key = _opened(query.get("cursor"), owner)
    rows = (
        _queried(items, order, key, is_back, limit + 1) if order else _counted(items, key, is_back, limit + 1)
    )
    has_more = len(rows) > limit
    rows = rows[:limit]
    if is_back:
        rows.reverse()

    if prepare is not None:
        prepare([thing for _, thing in rows])

    def link(row: tuple[Any, Any], back: bool) -> str:
        cursor = signing.dumps([owner, back, row[0]], salt=_SALT)
        text = urlencode({**filters, **({"limit": limit} if "limit" in query else {}), "cursor": cursor})
        return request.build_absolute_uri(f"{request.path}?{text}")

    has_next = has_more if not is_back else key is not None
    has_previous = has_more if is_back else key is not None
    return {
        "next": link(rows[-1], False) if rows and has_next else None,
        "previous": link(rows[0], True) if rows and has_previous else None,
        "results": [show(thing) for _, thing in rows],
    }


def _opened(cursor: str | None, owner: list[Any]) -> tuple[bool, Any]:
    if cursor is None:
        return False, None
    try:
        made_for, is_back, key = signing.loads(cursor, salt=_SALT)
    except (signing.BadSignature, ValueError, UnicodeError):
        made_for = is_back = key = None
    if made_for != [*owner[:-1], [list(pair) for pair in owner[-1]]]:
        detail = "this cursor is not valid here; start again without it"
        raise InvalidInput([Problem("/cursor", detail, "invalid-cursor")])
    return bool(is_back), key


Rows = list[tuple[Any, Any]]
"""Keys and things."""


def _queried(items: Items, order: Order, key: Any, is_back: bool, count: int) -> Rows:
    """At most `count` rows past `key`, in the direction of reading."""
    assert isinstance(items, QuerySet)  # sequences have no order but their own
    is_descending = order.is_descending != is_back
    if key is not None:
        items = items.filter(**{f"{order.key}__{'lt' if is_descending else 'gt'}": key})
    value = attrgetter(order.key.replace("__", "."))
    return [
        (value(row), row) for row in items.order_by(f"-{order.key}" if is_descending else order.key)[:count]
    ]


def _counted(items: Items, key: Any, is_back: bool, count: int) -> Rows:
    """The same for a sequence, the key being the place in it."""
    rows = list(enumerate(items))
    if is_back:
        return rows[:key][::-1][:count]
    return rows[0 if key is None else key + 1 :][:count]
