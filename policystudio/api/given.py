"""Documents that a caller asks something about: sent along as text or as objects, or stored and named.

What is asked of them is left to the endpoints.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from policystudio.analysis.given import left_placeholders, read_given
from policystudio.api.endpoint import Endpoint
from policystudio.api.fields import MAX_DETAILS, Text
from policystudio.api.shapes import ACCOUNT, COUNT, ID, REGION
from policystudio.api.structures import AnyObject, Either, ListOf, Shape
from policystudio.errors import InvalidInput, Problem
from policystudio.ram.document import Document
from policystudio.ram.finding import Finding, Severity
from policystudio.ram.parse import Parsed
from policystudio.ram.position import pointer
from policystudio.review.released import released_text
from policystudio.teams.viewer import Viewer

MAX_DOCUMENTS = 50
MAX_CHARACTERS = 50 * 6144
"""As many as fifty documents of the greatest length that RAM takes."""

DOCUMENT = Either(
    kinds=[Text(), AnyObject()], about="A document as text, read exactly as typed, or as an object."
)
DOCUMENTS = ListOf(
    item=Either(kinds=[Text(), AnyObject()]),
    max_items=MAX_DOCUMENTS,
    about="Documents as text, read exactly as typed, or as objects; together at most 300 KiB.",
)
POLICY = Shape(
    name="StoredDocument",
    about="The document of a policy that is released for a target.",
    required={"policy": ID, "account": ACCOUNT, "region": REGION},
)
POLICIES = ListOf(
    item=POLICY, max_items=MAX_DOCUMENTS, about="Released documents of the team, judged after `documents`."
)
WARNING = Shape(
    name="DocumentWarning",
    about="Something that keeps a document from meaning what its author had in mind.",
    required={"document": COUNT, "code": Text(), "detail": Text()},
)


def given_documents(endpoint: Endpoint, sent: Sequence[Any], *path: str) -> tuple[Document, ...]:
    """The documents at `path` of the body. Raises: InvalidInput with every fault and its line and column."""
    texts = [endpoint.document_text(each, *path, index) for index, each in enumerate(sent)]
    at = pointer(*path)
    if sum(map(len, texts)) > MAX_CHARACTERS:
        detail = f"over {MAX_CHARACTERS // 1024} KiB together; send fewer documents"
        raise InvalidInput([Problem(at, detail, "too-large")])
    parsed = [read_given(text) for text in texts]
    problems = [
        problem
        for index, (each, value) in enumerate(zip(parsed, sent, strict=True))
        for problem in _problems(each, f"{at}/{index}", is_text=isinstance(value, str))
    ]
    if problems:
        raise InvalidInput(problems[:MAX_DETAILS])
    return tuple(each.document for each in parsed if each.document is not None)


def given_document(endpoint: Endpoint, sent: Any, *path: str) -> Document:
    """The one document at `path` of the body. Raises: InvalidInput with every fault and its line and column."""
    parsed = read_given(endpoint.document_text(sent, *path))
    if parsed.document is None:
        raise InvalidInput(_problems(parsed, pointer(*path), is_text=isinstance(sent, str))[:MAX_DETAILS])
    return parsed.document


def stored_documents(viewer: Viewer, named: Sequence[Mapping[str, Any]]) -> tuple[Document, ...]:
    """The released documents that are named. Raises: NotFound for the first that the viewer may not see."""
    texts = [released_text(viewer, each["policy"], each["account"], each["region"]) for each in named]
    parsed = [read_given(text).document for text in texts]
    # What was released was judged by the same reader, and more strictly.
    assert None not in parsed
    return tuple(document for document in parsed if document is not None)


def placeholder_warnings(documents: Sequence[Document]) -> list[dict[str, Any]]:
    """Where a placeholder is left, which is compared as it stands; the first of each document."""
    return [warned._asdict() for warned in left_placeholders(documents)]


def _problems(parsed: Parsed, at: str, *, is_text: bool) -> list[Problem]:
    """Of an object the pointer leads into it, as its lines and columns are not the caller's."""
    if parsed.document is not None:
        return []
    errors = [finding for finding in parsed.findings if finding.severity is Severity.ERROR]
    return [
        Problem(at, _placed(error), error.code)
        if is_text
        else Problem(at + (error.path or ""), error.message, error.code)
        for error in errors
    ]


def _placed(finding: Finding) -> str:
    inside = f" ({finding.path})" if finding.path else ""
    return f"line {finding.line}, column {finding.column}{inside}: {finding.message}"
