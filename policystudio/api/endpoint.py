"""The base of all endpoints: checks method, person, rate, form of the answer, query and body, in this order.

An endpoint declares `access` and `operations` per method and writes one handler for each; it translates and decides
nothing. An endpoint that forgets a declaration fails when its module is loaded.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any, ClassVar

from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponse
from rest_framework import exceptions
from rest_framework.request import Request
from rest_framework.views import APIView

from policystudio.access import AccessByMethod
from policystudio.api import etags, idempotency, pagination
from policystudio.api.answers import answer, json_bytes
from policystudio.api.fields import Field, Integer
from policystudio.api.operation import Operation
from policystudio.api.parsers import body_of, canonical_member
from policystudio.api.throttling import RateLimit
from policystudio.errors import InvalidInput, Problem
from policystudio.ram.finding import shown
from policystudio.teams.permissions import require
from policystudio.teams.viewer import Viewer

METHODS = ("get", "post", "put", "patch", "delete")


class Endpoint(APIView):
    """One address. Handlers are called as `get(request, **parts of the path)`."""

    access: ClassVar[AccessByMethod] = {}
    operations: ClassVar[Mapping[str, Operation]] = {}
    throttle_classes = (RateLimit,)
    permission_classes = ()

    query: dict[str, Any]

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        handled = {name.upper() for name in METHODS if hasattr(cls, name)}
        if handled != set(cls.access) or handled != set(cls.operations):
            raise ImproperlyConfigured(
                f"{cls.__module__}.{cls.__name__} must declare access and operation per method"
            )

    @property
    def allowed_methods(self) -> list[str]:
        """For `Allow`."""
        return allowed(self.access)

    @property
    def viewer(self) -> Viewer:
        """Who asks; there is one once the checks have passed, except where access is public."""
        viewer = self.request.auth
        assert isinstance(viewer, Viewer)  # `initial` has refused everybody else
        return viewer

    @property
    def operation(self) -> Operation:
        """What is being done."""
        return self.operations["GET" if self.request.method == "HEAD" else str(self.request.method)]

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Everything that is refused before the handler runs. OPTIONS is answered to anybody."""
        request.accepted_renderer, request.accepted_media_type = self.perform_content_negotiation(
            request, force=True
        )
        if request.method == "OPTIONS":
            return
        declared = self.access.get("GET" if request.method == "HEAD" else str(request.method))
        if declared is None:
            raise exceptions.MethodNotAllowed(str(request.method))
        if not declared.is_public:
            self.perform_authentication(request)
            if not isinstance(request.auth, Viewer):
                raise exceptions.NotAuthenticated("log in, or send a bearer token")
            if declared.act is not None:
                require(request.auth, declared.act)
            self.check_throttles(request)
        if not any(request.accepts(media_type) for media_type in self.operation.media_types):
            raise exceptions.NotAcceptable()
        self.query = self._read_query(request)

    def options(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        """The methods that are possible here."""
        return answer(b"", status=204, headers={"Allow": ", ".join(self.allowed_methods)})

    def body(self) -> Any:
        """The body as described. Raises: InvalidInput with every problem; TooLarge; UnsupportedBody."""
        described = self.operation.body
        assert described is not None  # only asked for by handlers that describe one
        value = body_of(self.request._request, may_be_empty=self.operation.body_may_be_empty)
        problems: list[Problem] = []
        read = described.read(value, "", problems)
        if problems:
            raise InvalidInput(problems, _sentence(problems))
        return read

    def document_text(self, value: str | dict[str, Any], *path: str | int) -> str:
        """A document that came as text or as an object: the text as typed, or the object's canonical text."""
        return value if isinstance(value, str) else canonical_member(self.request._request, *path)

    def show(
        self, data: Any, *, version: int | None = None, status: int = 200, location: str | None = None
    ) -> HttpResponse:
        """The answer with `data`; with `version` it carries an ETag, and a GET that knows it is answered 304."""
        body = json_bytes(data)
        headers = {} if location is None else {"Location": location}
        if version is not None:
            headers["ETag"] = etags.etag(version, body)
            if self.request.method in ("GET", "HEAD") and etags.is_known(
                self.request._request, headers["ETag"]
            ):
                return answer(b"", status=304, headers=headers)
        return answer(body, status=status, headers=headers)

    def create(self, make: Callable[[], HttpResponse], *, secrets: Collection[str] = ()) -> HttpResponse:
        """The answer of `make`, or the one it gave before under the same `Idempotency-Key`."""
        return idempotency.once(self.request._request, self.viewer, make, secrets=secrets)

    def expected_version(self, data: Any, version: int) -> int | None:
        """The version that the caller means to change; GET shows `data` now. Raises: MatchRequired; Stale.

        Asked after the body was read, since a malformed request fails whatever the tag. Source: RFC 9110, 13.2.1.
        """
        return etags.expected_version(self.request._request, etags.etag(version, json_bytes(data)))

    def remove(self, data: Any, version: int, service: Callable[..., object], **about: Any) -> HttpResponse:
        """204 once `service` has taken away what GET shows as `data`. Raises: MatchRequired; Stale; what it refuses."""
        service(by=self.viewer, expected_version=self.expected_version(data, version), **about)
        return answer(b"", status=204)

    def page(
        self,
        items: pagination.Items,
        show: Callable[[Any], Any],
        order: pagination.Order | None = None,
        prepare: Callable[[list[Any]], object] | None = None,
        beside: Mapping[str, Any] | None = None,
        most: int = pagination.MAX_LIMIT,
    ) -> HttpResponse:
        """One page of `items`, see `pagination.page`, with the members of `beside` next to it."""
        request = self.request._request
        made = pagination.page(request, self.viewer, self.query, items, show, order, prepare, most)
        return answer(json_bytes({**made, **(beside or {})}))

    def _read_query(self, request: Request) -> dict[str, Any]:
        known = {**self.operation.query, **(pagination.FIELDS if self.operation.is_paged else {})}
        return read_query(request._request, known)


def allowed(access: AccessByMethod) -> list[str]:
    """The methods for `Allow`."""
    return sorted({*access, "OPTIONS", *(["HEAD"] if "GET" in access else [])})


def read_query(request: HttpRequest, known: Mapping[str, Field]) -> dict[str, Any]:
    """The query parameters as described; numbers are read from their digits. Raises: InvalidInput."""
    problems: list[Problem] = []
    read: dict[str, Any] = {}
    for name, values in request.GET.lists():
        at = f"/{name}"
        if name not in known:
            names = ", ".join(known) or "none"
            detail = f"there is no query parameter {shown(name)}; known here: {names}"
            problems.append(Problem(at, detail, "unknown-parameter"))
        elif len(values) > 1:
            problems.append(Problem(at, "this query parameter may be given only once", "duplicate"))
        elif "\0" in values[0]:
            problems.append(Problem(at, "the character NUL (U+0000) is refused", "bad-character"))
        else:
            read[name] = known[name].read(_from_query(known[name], values[0]), at, problems)
    if problems:
        raise InvalidInput(problems, _sentence(problems))
    return read


def _from_query(described: Field, text: str) -> str | int:
    is_number = isinstance(described, Integer) and text.isascii() and text.isdigit() and len(text) <= 18
    return int(text) if is_number else text


def _sentence(problems: list[Problem]) -> str:
    first = f"{problems[0].pointer or 'the body'}: {problems[0].detail}"
    return first if len(problems) == 1 else f"{first} (and {len(problems) - 1} more)"
