"""Reads a document that somebody wants to know something about: leniently where its meaning is open, else not at all.

Decision: what RAM may or may not accept but whose structure is clear (an operator that RAM does not document, a value
that cannot be read, `NotResource`) is read, and the analysis says what cannot be told. What has no clear structure,
also an entry that is neither an action nor a resource name, is refused with findings, as there is nothing to judge.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from policystudio.ram.document import Document
from policystudio.ram.finding import MAX_FINDINGS, Finding, Severity, found, in_order, shown
from policystudio.ram.parse import Parsed, parse
from policystudio.ram.patterns import normal
from policystudio.ram.placeholders import find
from policystudio.ram.resources import is_everything, split


def read_given(text: str) -> Parsed:
    """The document in `text`, or None and the findings that say why there is none. Never raises.

    The codes of the findings are those of validation, and so are their pages.
    """
    parsed = parse(text, any_operator=True)
    if parsed.document is None:
        return parsed
    findings = list(_malformed(parsed.document))[:MAX_FINDINGS]
    if not findings:
        return parsed
    return Parsed(None, in_order([*findings, *parsed.findings]), parsed.source)


class Warned(NamedTuple):
    """Something that keeps the document of this index from meaning what its author had in mind."""

    document: int
    code: str
    detail: str


def left_placeholders(documents: Sequence[Document]) -> list[Warned]:
    """Where a placeholder is left, which is compared as it stands; the first of each document."""
    warned = []
    for index, document in enumerate(documents):
        left = next((each for each in find(document.source.text) if each.is_known), None)
        if left is not None:
            detail = f"`${{{left.name}}}` is compared as it stands; render the document for a target first"
            warned.append(Warned(index, "unreplaced-placeholder", detail))
    return warned


def _malformed(document: Document) -> Iterator[Finding]:
    """Entries that are no action or no resource name. Source: RAM policy check, as named in the rules of validation."""
    for statement in document.statements:
        for entry in (*statement.actions, *statement.not_actions):
            if ":" not in entry.text.lstrip(":") and normal(entry.text) != "*":
                message = f"{shown(entry.text)} has no service; write `<service>:<name>`"
                yield found(
                    document.source,
                    "missing-service-prefix",
                    Severity.ERROR,
                    message,
                    offset=entry.start,
                    path=entry.path,
                )
        for entry in (*statement.resources, *statement.not_resources):
            if is_everything(entry.text) or split(entry.text) is not None:
                continue
            is_short = entry.text.startswith("acs:")
            yield found(
                document.source,
                "missing-resource-field" if is_short else "malformed-resource",
                Severity.ERROR,
                f"{shown(entry.text)} {'has fewer than five fields' if is_short else 'is no resource name'}; "
                "write `acs:kms:<region>:<account>:<type>/<name>`, or the lone star",
                offset=entry.start,
                path=entry.path,
            )
