"""Answers a creation that is sent twice with one `Idempotency-Key` only once; the same answer is given for 24 hours.

The answer is stored in the transaction of what it tells of, by `teams.services.answer_once`; a refusal is not stored
and frees the key. A second request that comes while the first is under way waits for it and repeats its answer.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Collection

from django.http import HttpRequest, HttpResponse

from policystudio.api.answers import answer, json_bytes
from policystudio.api.parsers import body_bytes
from policystudio.errors import InvalidInput, Problem
from policystudio.teams.services.answer_once import Answer, answer_once
from policystudio.teams.viewer import Viewer

HEADER = "Idempotency-Key"
REPLAYED = "Idempotent-Replayed"
KEY_PATTERN = r"[\x21-\x7e](?:[\x20-\x7e]{0,253}[\x21-\x7e])?"
_KEPT_HEADERS = ("Location", "ETag")


def once(
    request: HttpRequest, viewer: Viewer, make: Callable[[], HttpResponse], *, secrets: Collection[str] = ()
) -> HttpResponse:
    """The answer of `make`, or the one that it gave before under the key; without a key just the former.

    The members of the answer named in `secrets` are not kept: they are null in a repeated answer.
    Raises: InvalidInput for a malformed key; KeyReused for another request under the same key.
    """
    key = request.headers.get(HEADER)
    if key is None:
        return make()
    if re.fullmatch(KEY_PATTERN, key) is None:
        raise InvalidInput(
            [Problem("", f"{HEADER} must be 1 to 255 visible ASCII characters", "bad-idempotency-key")]
        )
    first: list[HttpResponse] = []

    def stored() -> Answer:
        made = make()
        first.append(made)
        body = made.content.decode()
        if secrets:
            body = json_bytes({**json.loads(body), **dict.fromkeys(secrets)}).decode()
        return Answer(made.status_code, body, {name: made[name] for name in _KEPT_HEADERS if name in made})

    given = answer_once(
        by=viewer,
        key=key,
        route=f"{viewer.team_id} {request.method} {request.path}"[:512],
        body_sha256=hashlib.sha256(body_bytes(request)).hexdigest(),
        answer=stored,
    )
    if not given.is_repeated:
        return first[0]
    return answer(given.body.encode(), status=given.status, headers={**given.headers, REPLAYED: "true"})
