"""Turns what an author sent, a text or a builder's parameters, into the source of a revision.

Whether the source is any good is not decided here: a draft may have errors, as long as it is a JSON object and so has
a canonical text.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from policystudio.audit.services.record import record
from policystudio.errors import InvalidInput, Problem
from policystudio.policies.models import Policy, Revision, RevisionPattern
from policystudio.ram.canonical import sha256
from policystudio.ram.document import Document
from policystudio.ram.finding import Finding, Severity
from policystudio.ram.parse import parse
from policystudio.ram.position import pointer
from policystudio.ram.reader import JsonObject, read
from policystudio.ram.render import source_text
from policystudio.teams.texts import text_problems
from policystudio.teams.viewer import Viewer

MAX_MESSAGE = 10_000
MAX_REASONS = 100


@dataclass(frozen=True, slots=True)
class Written:
    """A source in canonical text, and the builder that made it with its complete parameters."""

    source: str
    builder: str = ""
    parameters: dict[str, Any] | None = None


def written(source: str | None, builder: str | None, parameters: Mapping[str, Any] | None) -> Written:
    """Either `source` or `builder` with `parameters`, never both.

    Raises: InvalidInput at /source with line and column of each fault, at /builder, or at /parameters/….
    """
    if builder is not None and source is not None:
        raise InvalidInput([Problem("/source", "send either a source or a builder, not both", "ambiguous")])
    if builder is not None:
        return _built(builder, parameters or {})
    if parameters is not None:
        raise InvalidInput(
            [Problem("/parameters", "parameters need the builder that they are for", "ambiguous")]
        )
    if source is None:
        raise InvalidInput([Problem("/source", "a source or a builder is needed", "required")])
    return Written(canonical_source(source))


def canonical_source(text: str) -> str:
    """The canonical text of a source. Raises: InvalidInput at /source when it is not a JSON object."""
    reading = read(text)
    if not isinstance(reading.value, JsonObject):
        errors = [finding for finding in reading.findings if finding.severity is Severity.ERROR]
        problems = [Problem("/source", located(finding), finding.code) for finding in errors]
        raise InvalidInput(problems or [Problem("/source", "must be a JSON object", "not-an-object")])
    return source_text(Document(reading.source, reading.value, ()))


def located(finding: Finding) -> str:
    """The finding's message with its place in front."""
    return (
        finding.message
        if finding.line is None
        else f"line {finding.line}, column {finding.column}: {finding.message}"
    )


def message_problems(message: object, reasons: object) -> Iterator[Problem]:
    """What is wrong with an author's message and reasons."""
    yield from text_problems(message, "/message", max_characters=MAX_MESSAGE)
    if not isinstance(reasons, Mapping):
        yield Problem("/reasons", "must be an object of finding code and text", "wrong-type")
        return
    if len(reasons) > MAX_REASONS:
        yield Problem("/reasons", f"at most {MAX_REASONS} reasons are kept", "too-many")
        return
    for code, reason in reasons.items():
        # A lone surrogate could not be answered with.
        at = pointer("reasons", str(code).encode("utf-8", "backslashreplace").decode())
        yield from text_problems(code, at, max_characters=128, required=True)
        yield from text_problems(reason, at, max_characters=MAX_MESSAGE)


def add_revision(
    by: Viewer, policy: Policy, text: Written, message: str, reasons: Mapping[str, str]
) -> Revision:
    """The next revision of a policy whose row is locked; moves the policy on, but does not save it."""
    before = (
        Revision.objects.filter(policy=policy, number=policy.newest_number)
        .values_list("sha256", flat=True)
        .first()
    )
    policy.newest_number += 1
    revision = Revision.objects.create(
        policy=policy,
        number=policy.newest_number,
        source=text.source,
        sha256=sha256(text.source),
        author_id=by.actor_id,
        author_name=by.actor_name,
        message=message,
        reasons=dict(reasons),
        builder=text.builder,
        parameters=text.parameters,
        created_at=timezone.now(),
    )
    RevisionPattern.objects.bulk_create(_patterns(revision))
    data = {"policy": policy.pk, "name": policy.name, "number": revision.number, "builder": text.builder}
    record(by, "policy.revised", on=revision, data=data, before=before or "", after=revision.sha256)
    return revision


def _built(slug: str, parameters: Mapping[str, Any]) -> Written:
    from policystudio.builders.builder import get

    builder = get(slug)
    if builder is None:
        raise InvalidInput([Problem("/builder", "unknown builder", "unknown-builder")])
    try:
        built = builder.build(parameters)
    except InvalidInput as error:
        raise InvalidInput(_below_parameters(error.problems), error.message) from None
    refusals = builder.refusals_to_store(built.parameters)
    if refusals:
        raise InvalidInput(_below_parameters(refusals))
    return Written(canonical_source(built.source), slug, dict(built.parameters))


def _below_parameters(problems: Any) -> list[Problem]:
    return [Problem(f"/parameters{problem.pointer}", problem.detail, problem.code) for problem in problems]


def _patterns(revision: Revision) -> Iterator[RevisionPattern]:
    document = parse(revision.source).document
    if document is None:
        return
    for statement in document.statements:
        for is_negated, actions in ((False, statement.actions), (True, statement.not_actions)):
            for text in dict.fromkeys(action.text for action in actions):
                yield RevisionPattern(
                    revision=revision,
                    statement=statement.index,
                    effect=str(statement.effect),
                    is_negated=is_negated,
                    pattern=text,
                )
