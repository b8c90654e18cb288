"""Tells what is reached in several steps; exit code 0 nothing, 1 something, 2 it cannot be told, 3 nothing to judge."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from typing import Any

from django.core.management.base import CommandError, CommandParser

from policystudio.analysis.escalation import LEFT_OUT, Answer, Escalation, Reach, escalate
from policystudio.analysis.escalation.writing import found_text, grant_text, step_text
from policystudio.analysis.given import left_placeholders
from policystudio.cli.documents import (
    FAILED,
    add_stored_arguments,
    documents_in,
    shown_name,
    stored_documents,
)
from policystudio.cli.judging import JudgingCommand

HELP = """Say which keys and secrets somebody with these documents reaches, and by which steps.
Exit codes: 0 nothing is reached in several steps only, 1 something is, 2 that cannot be told, 3 error."""
_EXITS = {Answer.NO: 0, Answer.DIRECT: 0, Answer.STEPS: 1, Answer.UNKNOWN: 2}
_HEADINGS = {
    Answer.STEPS: "in several steps",
    Answer.UNKNOWN: "cannot be told; if what is in doubt goes the holder's way",
    Answer.DIRECT: "directly",
    Answer.NO: "not reachable in this model",
}


class Command(JudgingCommand):
    help = HELP

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("documents", nargs="*", metavar="FILE", help="files, `-` is standard input")
        parser.add_argument("--format", choices=("text", "json"), default="text")
        add_stored_arguments(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        documents = [*documents_in(options["documents"]), *stored_documents(options)]
        if not documents:
            raise CommandError("give files, or --policy", returncode=FAILED)
        found = escalate(documents)
        warned = left_placeholders(documents)
        if options["format"] == "json":
            answer = {
                **found.as_json(),
                "warnings": [each._asdict() for each in warned],
                "left_out": list(LEFT_OUT),
            }
            self.stdout.write(json.dumps(answer, ensure_ascii=False, indent=2))
        else:
            names = [*map(shown_name, options["documents"]), *filter(None, [options["policy"]])]
            for each in warned:
                self.stderr.write(f"{names[each.document]}: {each.detail} [{each.code}]")
            for line in as_text(found):
                self.stdout.write(line)
        status = _EXITS[found.answer]
        if status:
            sys.exit(status)


def as_text(found: Escalation) -> Iterator[str]:
    """The answer as lines for people."""
    for answer, heading in _HEADINGS.items():
        reaches = found.of(answer)
        if reaches:
            yield heading
            for reach in reaches:
                yield from _lines(reach)
    if found.reason is not None:
        yield f"the search came to no end: {found.reason.reason}, {found.reason.dimension}"
    yield "the model leaves out"
    yield from (f"  {each}" for each in LEFT_OUT)


def _lines(reach: Reach) -> Iterator[str]:
    more = f" and {len(reach.on) - 1} alike" if len(reach.on) > 1 else ""
    yield f"  {str(reach.goal).replace('_', ' ')}: {found_text(reach.on[0])}{more}"
    for number, step in enumerate(reach.path or (), 1):
        yield f"    {number}. {step_text(step)}"
        yield from (f"       {grant_text(grant)}" for grant in step.grants)
