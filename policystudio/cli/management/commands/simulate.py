"""Decides one request; exit code 0 it is allowed, 1 it is denied, 2 it cannot be told, 3 nothing to decide."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from typing import Any

from django.core.management.base import CommandError, CommandParser

from policystudio.analysis.deciding import NOT_CONSIDERED, Decision, Evaluation, evaluate
from policystudio.analysis.given import left_placeholders
from policystudio.analysis.request import cautions
from policystudio.cli.documents import (
    FAILED,
    STANDARD_INPUT,
    add_stored_arguments,
    documents_in,
    shown_name,
    stored_documents,
)
from policystudio.cli.judging import JudgingCommand
from policystudio.cli.requests import add_request_arguments, request_in

HELP = """Say what a request gets from documents that are attached together, and why.
Exit codes: 0 allowed, 1 denied, 2 that cannot be told, 3 error."""
_EXITS = {Decision.ALLOW: 0, Decision.EXPLICIT_DENY: 1, Decision.IMPLICIT_DENY: 1, Decision.UNKNOWN: 2}


class Command(JudgingCommand):
    help = HELP

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("documents", nargs="*", metavar="FILE", help="documents, `-` is standard input")
        parser.add_argument("--format", choices=("text", "json"), default="text")
        add_request_arguments(parser)
        add_stored_arguments(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        if [*options["documents"], options["request"]].count(STANDARD_INPUT) > 1:
            raise CommandError("standard input can be read once; give `-` once", returncode=FAILED)
        request = request_in(options)
        documents = [*documents_in(options["documents"]), *stored_documents(options)]
        if not documents:
            raise CommandError("give files, `-` or --policy", returncode=FAILED)
        decided, warned = evaluate(documents, request), left_placeholders(documents)
        if options["format"] == "json":
            answer = {
                **decided.as_json(),
                "warnings": [each._asdict() for each in warned],
                "request_warnings": [each._asdict() for each in cautions(request)],
                "not_considered": list(NOT_CONSIDERED),
            }
            self.stdout.write(json.dumps(answer, ensure_ascii=False, indent=2))
        else:
            names = [*map(shown_name, options["documents"]), *filter(None, [options["policy"]])]
            for each in warned:
                self.stderr.write(f"{names[each.document]}: {each.detail} [{each.code}]")
            for caution in cautions(request):
                self.stderr.write(f"request{caution.pointer}: {caution.detail} [{caution.code}]")
            for line in as_text(decided, names):
                self.stdout.write(line)
        status = _EXITS[decided.decision]
        if status:
            sys.exit(status)


def as_text(decided: Evaluation, names: Sequence[str]) -> Iterator[str]:
    """The decision and its reasons as lines for people; `names` are those of the documents."""
    yield f"decision: {decided.decision}"
    if decided.reason is not None:
        yield f"  {names[decided.reason.document]} {decided.reason.path}: {decided.reason.detail}"
    for each in decided.matched:
        yield f"  {each.effect} of {names[each.document]} {each.path} matches"
    if decided.near:
        yield "near misses:"
    for near in decided.near:
        yield f"  {names[near.document]} {near.path}: {near.text}"
    yield "every statement:"
    for each in decided.trace:
        sid = "" if each.sid is None else f" ({each.sid})"
        yield f"  {names[each.document]} {each.path}{sid}, {each.effect}: {each.outcome}"
        for element in each.elements:
            key = "" if element.key is None else f"{element.key}: "
            yield f"    {element.outcome}: {key}{element.detail}"
    yield "not considered:"
    for left in NOT_CONSIDERED:
        yield f"  {left}"
