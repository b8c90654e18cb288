"""Guards against lost updates: strong ETags from an object's version and its text, and the preconditions on them.

The comparison that decides is made by the service inside its transaction; what is compared here only finds the version.
"""

from __future__ import annotations

import hashlib
import re

from django.http import HttpRequest

from policystudio.api.problems import MatchRequired
from policystudio.errors import Stale

_TAG = re.compile(r'(W/)?"([\x21\x23-\x7e\x80-\xff]*)"')
ANY = "*"


def etag(version: int, body: bytes) -> str:
    """`"<version>-<digest>"`. The digest covers what changes without a new version, such as the state of a policy."""
    return f'"{version}-{hashlib.sha256(body).hexdigest()[:16]}"'


def is_known(request: HttpRequest, tag: str) -> bool:
    """Whether `If-None-Match` names the tag, compared weakly. Source: RFC 9110, section 13.1.2."""
    header = str(request.META.get("HTTP_IF_NONE_MATCH", "")).strip()
    if header == ANY:
        return True
    return any(f'"{match.group(2)}"' == tag for match in _TAG.finditer(header))


def expected_version(request: HttpRequest, current: str) -> int | None:
    """The version to hand to the service, None for `If-Match: *`. `current` is the tag of the object as read now.

    Raises: MatchRequired without the header; Stale when it names another state. A weak tag never matches.
    """
    header = str(request.META.get("HTTP_IF_MATCH", "")).strip()
    if not header:
        advice = "read the object and send its ETag in If-Match"
        raise MatchRequired("a change needs If-Match, so that it cannot undo somebody else's", advice=advice)
    if header == ANY:
        return None
    for match in _TAG.finditer(header):
        if not match.group(1) and f'"{match.group(2)}"' == current:
            return int(match.group(2).partition("-")[0])
    raise Stale("the object has changed since you read it", advice="read it again and repeat the change")
