"""Writes the OpenAPI 3.1 document from what the endpoints declare about themselves.

Decision: a generator of our own, because the fields of the API are not serializers: the same descriptions read the
requests, so the document cannot differ from what is accepted, and it is shorter than teaching another generator.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from http import HTTPStatus
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from policystudio.access import Access
from policystudio.api import idempotency, pagination, problems
from policystudio.api.converters import CONVERTERS
from policystudio.api.fields import Field, Integer, Schemas, Text
from policystudio.api.operation import JSON, Operation
from policystudio.api.shapes import BLOCK
from policystudio.api.structures import ListOf, Null, Shape
from policystudio.teams.permissions import TABLE

Json = dict[str, Any]
_PART = re.compile(r"<(\w+):(\w+)>")

PROBLEM = Shape(
    name="ProblemDetails",
    about="RFC 9457. `code` is stable; `errors` names every field at fault, by JSON Pointer.",
    required={"type": Text(), "title": Text(), "status": Integer(), "detail": Text(), "code": Text()},
    optional={"errors": ListOf(item=BLOCK), "advice": Text(about="What to do about it.")},
)

WORDS = {
    400: "The request is malformed, or a field is at fault; `errors` says which",
    401: "No log-in and no token, or a token that is not good",
    403: "The role or the token's scope does not suffice, or the CSRF token is missing",
    404: "It does not exist, or the caller may not see it",
    406: "`Accept` asks for a form that is not offered",
    409: "The present state stands in the way; `errors` says what",
    412: "The object has changed since its ETag was read",
    413: "The body is over 1 MiB",
    415: "The body is not `application/json` in UTF-8",
    422: "The `Idempotency-Key` was used for another request",
    428: "`If-Match` is missing",
    429: "Too many requests; `Retry-After` says how long to wait",
    500: "A bug, or a stored document that was altered; nothing was changed",
    503: "The database does not answer; nothing was changed",
}


@cache
def document_bytes() -> bytes:
    """The document as JSON."""
    return json.dumps(document(), ensure_ascii=False).encode()


def document() -> Json:
    """The whole OpenAPI document. No server is named: it describes whatever served it."""
    schemas: Schemas = {}
    paths: dict[str, Json] = {}
    for address, view, name in described():
        item = paths.setdefault(address, {})
        parameters = _path_parameters(address, view)
        if parameters:
            item["parameters"] = parameters
        for method, operation in view.operations.items():
            item[method.lower()] = _operation(address, name, method, view.access[method], operation, schemas)
    PROBLEM.schema(schemas)
    return {
        "openapi": "3.1.1",
        "info": {
            "title": "Policy Studio",
            "version": "1",
            "summary": "Write, judge, review and hand out RAM policies for Alibaba Cloud KMS.",
            "description": _DESCRIPTION,
        },
        "paths": {braced(address): item for address, item in sorted(paths.items())},
        "components": {
            "schemas": dict(sorted(schemas.items())),
            "responses": {_response_name(status): _problem_response(status) for status in WORDS},
            "headers": _HEADERS,
            "securitySchemes": {
                "token": {"type": "http", "scheme": "bearer", "description": "An API token, `ps_…`."},
                "session": {
                    "type": "apiKey",
                    "in": "cookie",
                    "name": "sessionid",
                    "description": "The log-in of a browser; unsafe methods also need `X-CSRFToken`.",
                },
            },
        },
        "tags": [{"name": tag} for tag in sorted({_tag(address) for address in paths})],
    }


_DESCRIPTION = """\
JSON in UTF-8. Bodies are read exactly: no duplicate member, no unknown field, nothing coerced, trimmed or rounded.
A source or document travels as text, so that what was typed is what is judged.

Lists come in pages; `next` and `previous` are addresses. Objects carry an `ETag`; a change needs it in `If-Match`.
A creation may carry an `Idempotency-Key`: sent again within 24 hours, it is answered as the first time, with
`Idempotent-Replayed: true`. Every error is `application/problem+json`. OPTIONS tells the methods of an address."""

_HEADERS: Json = {
    "ETag": {
        "schema": {"type": "string"},
        "description": "The state of the object, for If-Match and If-None-Match.",
    },
    "Location": {"schema": {"type": "string"}, "description": "The address of what was created."},
    "Retry-After": {"schema": {"type": "integer", "minimum": 1}, "description": "Seconds to wait."},
    "WWW-Authenticate": {"schema": {"type": "string"}},
    "Allow": {"schema": {"type": "string"}, "description": "The methods that are possible."},
    "Idempotent-Replayed": {
        "schema": {"const": "true"},
        "description": "The answer was given before, for the same Idempotency-Key.",
    },
}
_HEADERS_OF: dict[int, list[str]] = {401: ["WWW-Authenticate"], 429: ["Retry-After"], 503: ["Retry-After"]}


def described() -> Iterator[tuple[str, Any, str]]:
    """Address with its parts in angle brackets, view and name, for every view that says what it does."""
    yield from _walk("/", get_resolver().url_patterns)


def _walk(prefix: str, patterns: list[URLPattern | URLResolver]) -> Iterator[tuple[str, Any, str]]:
    for pattern in patterns:
        address = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _walk(address, pattern.url_patterns)
        else:
            view = getattr(pattern.callback, "view_class", None) or getattr(
                pattern.callback, "cls", pattern.callback
            )
            if hasattr(view, "operations"):
                yield address, view, str(pattern.name)


def braced(address: str) -> str:
    """The address with its parts as OpenAPI writes them."""
    return _PART.sub(r"{\2}", address)


def _tag(address: str) -> str:
    return address.removeprefix("/api/").removeprefix("v1/").partition("/")[0]


def _path_parameters(address: str, view: Any) -> list[Json]:
    return [
        {"name": name, "in": "path", "required": True, "schema": dict(CONVERTERS[kind].schema)}
        for kind, name in _PART.findall(address)
    ]


def _operation(
    address: str, name: str, method: str, access: Access, operation: Operation, schemas: Schemas
) -> Json:
    made: Json = {
        "operationId": f"{name}-{method.lower()}",
        "tags": [_tag(address)],
        "summary": operation.summary,
        "description": "\n\n".join(part for part in (operation.about, _needs(access)) if part),
        "responses": _responses(access, operation, schemas),
        "security": [] if access.is_public else [{"token": []}, {"session": []}],
    }
    parameters = _parameters(operation, schemas)
    if parameters:
        made["parameters"] = parameters
    if operation.body is not None:
        made["requestBody"] = {
            "required": not operation.body_may_be_empty,
            "content": {JSON: {"schema": operation.body.schema(schemas)}},
        }
    return made


def _needs(access: Access) -> str:
    if access.is_public:
        return "Open to everybody."
    if access.act is None:
        return "Needs a log-in or a token of any scope."
    needs = TABLE[access.act]
    scopes = " or ".join(f"`{scope}`" for scope in sorted(needs.scopes))
    return f"Needs the role `{needs.role}` or higher; a token needs the scope {scopes}."


def _parameters(operation: Operation, schemas: Schemas) -> list[Json]:
    query = {**operation.query, **(pagination.FIELDS if operation.is_paged else {})}
    made = [{"name": name, "in": "query", **_described(field, schemas)} for name, field in query.items()]
    headers: dict[str, Field] = {}
    if operation.creates:
        headers[idempotency.HEADER] = Text(
            min_characters=1,
            max_characters=255,
            about="Makes sending again harmless for 24 hours; visible ASCII.",
        )
    if operation.needs_match or operation.may_match:
        headers["If-Match"] = Text(about="The ETag of the object as read before, or `*`.")
    if operation.has_etag and operation.body is None and not operation.creates:
        headers["If-None-Match"] = Text(about="An ETag that is known already; 304 if it is still good.")
    made += [{"name": name, "in": "header", **_described(field, schemas)} for name, field in headers.items()]
    return made


def _described(field: Field, schemas: Schemas) -> Json:
    schema = field.schema(schemas)
    about = schema.pop("description", None)
    return {"schema": schema, **({"description": about} if about else {})}


def _responses(access: Access, operation: Operation, schemas: Schemas) -> Json:
    made: Json = {str(201 if operation.creates else operation.status): _success(operation, schemas)}
    if operation.has_etag and operation.body is None:
        made["304"] = {"description": "Not modified", "headers": _header_refs(["ETag"])}
    for status in sorted(error_statuses(access, operation)):
        made[str(status)] = {"$ref": f"#/components/responses/{_response_name(status)}"}
    return made


def error_statuses(access: Access, operation: Operation) -> set[int]:
    """Every status of a refusal that the operation can answer with."""
    statuses = {400, 406, 429, 500, 503, *operation.errors}
    if not access.is_public:
        statuses |= {401, 403}
    if operation.body is not None:
        statuses |= {413, 415}
    if operation.needs_match:
        statuses |= {412, 428}
    if operation.may_match:
        statuses |= {412}
    if operation.creates:
        statuses |= {422}
    return statuses


def _success(operation: Operation, schemas: Schemas) -> Json:
    status = 201 if operation.creates else operation.status
    made: Json = {"description": HTTPStatus(status).phrase}
    headers = ["ETag"] if operation.has_etag else []
    if operation.creates:
        headers += ["Location", "Idempotent-Replayed"]
    if headers:
        made["headers"] = _header_refs(headers)
    if operation.answer is not None:
        schema = operation.answer.schema(schemas)
        made["content"] = {
            JSON: {"schema": _page(schema, operation, schemas) if operation.is_paged else schema}
        }
    elif status != 204:
        made["content"] = {media_type: {} for media_type in operation.media_types}
    return made


def _page(schema: Json, operation: Operation, schemas: Schemas) -> Json:
    link = Null(of=Text(about="The address of that page, or null.")).schema(schemas)
    extra = {name: field.schema(schemas) for name, field in operation.beside_page.items()}
    return {
        "type": "object",
        "properties": {
            "next": link,
            "previous": dict(link),
            "results": {"type": "array", "items": schema},
            **extra,
        },
        "required": ["next", "previous", "results", *extra],
        "additionalProperties": False,
    }


def _header_refs(names: list[str]) -> Json:
    return {name: {"$ref": f"#/components/headers/{name}"} for name in names}


def _response_name(status: int) -> str:
    return HTTPStatus(status).name.title().replace("_", "")


def _problem_response(status: int) -> Json:
    made: Json = {
        "description": WORDS[status],
        "content": {problems.CONTENT_TYPE: {"schema": {"$ref": "#/components/schemas/ProblemDetails"}}},
    }
    if status in _HEADERS_OF:
        made["headers"] = _header_refs(_HEADERS_OF[status])
    return made
