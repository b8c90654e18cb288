"""Diagnoses a refusal; exit code 0 the cause lies outside, 1 denied here, 2 that cannot be told, 3 error."""

from __future__ import annotations

import codecs
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.core.management.base import CommandError, CommandParser

from policystudio.analysis.deciding import NOT_CONSIDERED
from policystudio.analysis.given import left_placeholders
from policystudio.analysis.repairing import Cause, Diagnosis, diagnose
from policystudio.analysis.reported import Kind, Read, Reported, read_reported
from policystudio.analysis.request import Request
from policystudio.catalog import load
from policystudio.cli.documents import (
    FAILED,
    STANDARD_INPUT,
    add_stored_arguments,
    bytes_in,
    documents_in,
    shown_name,
    stored_documents,
)
from policystudio.cli.judging import JudgingCommand
from policystudio.cli.management.commands.compare import as_text as changes_as_text
from policystudio.cli.requests import add_request_arguments, request_in

HELP = """Say why a request was refused, and the smallest change of DOCUMENT that would allow exactly it.
REFUSAL holds an error message, a decoded diagnostic, a trail event, or a line `kms:Decrypt acs:kms:…`.
Exit codes: 0 these documents allow it, so the cause lies outside, 1 they deny it, 2 that cannot be told, 3 error."""
MAX_BYTES = 1024 * 1024
_EXITS = {Cause.OUTSIDE: 0, Cause.UNKNOWN: 2}


class Command(JudgingCommand):
    help = HELP

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("refusal", metavar="REFUSAL", help="a file, `-` is standard input")
        parser.add_argument("documents", nargs="*", metavar="DOCUMENT", help="documents, attached together")
        parser.add_argument("--format", choices=("text", "json"), default="text")
        add_request_arguments(parser)
        add_stored_arguments(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        inputs = [options["refusal"], *options["documents"], options["request"]]
        if inputs.count(STANDARD_INPUT) > 1:
            raise CommandError("standard input can be read once; give `-` once", returncode=FAILED)
        data = bytes_in(options["refusal"], max_bytes=MAX_BYTES)
        read = read_reported(_text(data), catalogue=load())
        which = read.likeliest
        reported = None if which is None else read.reported[which]
        documents = [*documents_in(options["documents"]), *stored_documents(options)]
        names = [*map(shown_name, options["documents"]), *filter(None, [options["policy"]])]
        for each in left_placeholders(documents):
            self.stderr.write(f"{names[each.document]}: {each.detail} [{each.code}]")
        request = _request(options, reported)
        found = None if request is None else diagnose(documents, request, reported)
        if options["format"] == "json":
            self.stdout.write(json.dumps(_as_json(read, which, found), ensure_ascii=False, indent=2))
        else:
            for line in (*_understood(read, reported), *(_diagnosed(found, names) if found else ())):
                self.stdout.write(line)
        status = 2 if found is None else _EXITS.get(found.cause, 1)
        if status:
            sys.exit(status)


def _text(data: bytes) -> str:
    """The text in any encoding: names of the cloud are the same letters in all of them, the rest may be lost."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", "replace")
    return data.decode("utf-8-sig", "replace")


def _request(options: Mapping[str, Any], reported: Reported | None) -> Request | None:
    """The request of the refusal, the options going before it; None where neither says enough.

    Raises: CommandError for options that are wrong.
    """
    said = (reported or Reported(Kind.REQUEST)).dated
    carried = [f"{key}={value}" for key, value in said.context.items()]
    own = {pair.partition("=")[0] for pair in options["context"]}
    merged = {
        **options,
        "action": options["action"] or said.action or None,
        "resource": options["resource"] or said.resource or None,
        "context": [pair for pair in carried if pair.partition("=")[0] not in own] + options["context"],
    }
    if options["request"] is None and not (merged["action"] and merged["resource"]):
        return None
    return request_in(merged)


def _as_json(read: Read, which: int | None, found: Diagnosis | None) -> dict[str, Any]:
    return {
        "understood": [each.as_json() for each in read.reported],
        "left": [each._asdict() for each in read.left],
        "which": which,
        "diagnosis": None if found is None else found.as_json(),
        "not_considered": list(NOT_CONSIDERED),
    }


def _understood(read: Read, reported: Reported | None) -> Iterator[str]:
    yield "understood:"
    if reported is None:
        yield "  nothing; paste the error, its decoded diagnostic, or a line `kms:Decrypt acs:kms:…`"
    else:
        resource = reported.resource or reported.relative_id or "(no resource)"
        yield f"  {reported.kind}: {reported.action or '(no action)'} on {resource}"
        yield from (f"  {key} = {value}" for key, value in reported.context.items())
        yield from (f"  note: {note.detail} [{note.code}]" for note in reported.notes)
    if len(read.reported) > 1:
        yield f"  and {len(read.reported) - 1} more; this is the likeliest"
    for left in read.left:
        yield f"  left, characters {left.start} to {left.end}: {left.detail} [{left.code}]"


def _diagnosed(found: Diagnosis, names: Sequence[str]) -> Iterator[str]:
    yield f"cause: {found.cause}"
    if found.evaluation.reason is not None:
        yield f"  {found.evaluation.reason.detail}"
    for each in found.denying:
        yield f"  Deny of {names[each.document]} {each.path} matches"
    for near in found.near:
        yield f"  {names[near.document]} {near.path}: {near.text}"
    for key in found.untold:
        yield f"  {key} is asked for and not told; say it with --context {key}=…"
    if found.suspects:
        yield "outside these documents:"
    for suspected in found.suspects:
        yield f"  {'said: ' if suspected.is_said else ''}{suspected.detail}"
    if found.obstacle:
        yield f"no change: {found.obstacle}"
    for index, repair in enumerate(found.repairs):
        name = "a new document" if repair.document is None else names[repair.document]
        first = "smallest change" if found.is_smallest else "a small change (not every one could be compared)"
        yield f"{first if not index else 'another way'}: {name}: {repair.edit.detail}"
        if not index:
            yield from (f"  {line}" for line in changes_as_text(repair.comparison))
            yield repair.text.rstrip("\n")
