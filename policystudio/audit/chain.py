"""The hash of an event over a form in which no two events look alike.

Every field is written as its length in bytes, a colon and the bytes, so that nothing can be moved from one field into
the next. Decision: an absent number is `-`, which no length begins with.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

START = "0" * 64
FORM = "policystudio audit event 1"


def lengths(fields: Iterable[str | int | None]) -> bytes:
    """The fields in order, each with its length in bytes in front: `5:hello`; None is `-`."""
    pieces = []
    for field in fields:
        if field is None:
            pieces.append(b"-")
            continue
        encoded = str(field).encode()
        pieces.append(b"%d:%b" % (len(encoded), encoded))
    return b"".join(pieces)


def digest(fields: Iterable[str | int | None]) -> str:
    """The SHA-256 of the fields with their lengths, in hexadecimal."""
    return hashlib.sha256(lengths(fields)).hexdigest()


def data_text(data: Any) -> str:
    """The one text of an event's data: sorted keys, no blanks. A fraction has many spellings and is refused."""
    return json.dumps(_exact(data), sort_keys=True, separators=(",", ":"), ensure_ascii=True)


def instant(at: datetime) -> str:
    """The time in UTC with six digits of a second, as both databases keep it."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def event_hash(event: Any) -> str:
    """The hash that an `Event` must carry, from its fields and the hash of the event before it."""
    return digest(
        [
            FORM,
            event.team_id,
            event.sequence,
            instant(event.at),
            event.actor_id,
            event.actor_name,
            event.token_id,
            event.address,
            event.action,
            event.object_type,
            event.object_id,
            event.object_name,
            data_text(event.data),
            event.before_sha256,
            event.after_sha256,
            event.previous_hash,
        ]
    )


def _exact(data: Any) -> Any:
    match data:
        case None | bool() | int() | str():
            return data
        case list() | tuple():
            return [_exact(item) for item in data]
        case dict():
            return {str(key): _exact(value) for key, value in data.items()}
    raise TypeError(f"an audit event cannot hold a {type(data).__name__}")
