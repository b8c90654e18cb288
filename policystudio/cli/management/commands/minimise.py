"""Writes a document shorter; exit code 0 nothing can go, 1 a shorter one is printed, 2 not all was tried, 3 error."""

from __future__ import annotations

import json
import sys
from typing import Any

from django.core.management.base import CommandParser

from policystudio.analysis.minimising import Minimised, minimise
from policystudio.analysis.minimising.splitting import compact_bytes
from policystudio.analysis.minimising.words import step_text, told
from policystudio.analysis.sentences import Language
from policystudio.cli.documents import documents_in, shown_name
from policystudio.cli.judging import JudgingCommand
from policystudio.ram.document import Document

HELP = """Write FILE shorter: what changes nothing is left out, and statements that differ in one list are joined.
It is proved that the same is allowed and denied, with placeholders whatever they become.
Exit codes: 0 nothing can go, 1 the shorter document is printed, 2 the time was up before all was tried, 3 error."""
NOTHING_LEFT, SHORTER, CANNOT_TELL = 0, 1, 2


class Command(JudgingCommand):
    help = HELP

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE", help="`-` is standard input")
        parser.add_argument(
            "--alone",
            action="store_true",
            help="no other policy is attached beside it, so a Deny that denies nothing in it may go",
        )
        parser.add_argument("--format", choices=("text", "json"), default="text")

    def handle(self, *args: Any, **options: Any) -> None:
        (document,) = documents_in([options["file"]])
        found = minimise(document, alone=options["alone"])
        sizes = {"bytes_before": compact_bytes(document), "bytes_after": compact_bytes(found.document)}
        if options["format"] == "json":
            answer = {**told(found, document, Language.ENGLISH), **sizes}
            self.stdout.write(json.dumps(answer, ensure_ascii=False, indent=2))
        else:
            self._tell(found, document, sizes, shown_name(options["file"]))
        status = CANNOT_TELL if not found.complete else SHORTER if found.is_shorter else NOTHING_LEFT
        if status:
            sys.exit(status)

    def _tell(self, found: Minimised, document: Document, sizes: dict[str, int], name: str) -> None:
        """The document alone on standard output; what was done to it beside."""
        self.stdout.write(found.text, ending="")
        for step in found.steps:
            self.stderr.write(f"{name}{step.path}: {step_text(step, document, Language.ENGLISH)}")
        if found.is_shorter:
            size = f"{sizes['bytes_before']} bytes before, {sizes['bytes_after']} after"
            self.stderr.write(f"{name}: {size}; the same is allowed and denied, scope {found.proof.scope}")
        if found.reason is not None:
            self.stderr.write(f"{name}: more may go, but not all was tried: {found.reason.reason}")
