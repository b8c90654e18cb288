"""Splits a document that is too long; exit code 0 it fits, 1 it was split, 2 it cannot be, 3 error."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser

from policystudio.analysis.minimising import MOST_ATTACHED, Split, split
from policystudio.analysis.minimising.splitting import LIMIT
from policystudio.cli.documents import FAILED, documents_in, shown_name
from policystudio.cli.judging import JudgingCommand

HELP = """Split FILE into documents that RAM accepts and that, attached together, allow and deny the same.
Sizes are counted without blanks, placeholders as they stand.
Exit codes: 0 it fits as it is, 1 it was split, 2 it cannot be split or the proof came to no end, 3 error."""
FITS, WAS_SPLIT, CANNOT_TELL = 0, 1, 2
_NAME = re.compile(r"[A-Za-z0-9-]{1,124}")


class Command(JudgingCommand):
    help = HELP

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE", help="`-` is standard input")
        parser.add_argument(
            "--name", metavar="NAME", required=True, help="the parts are called NAME-1, NAME-2, …"
        )
        parser.add_argument(
            "--max-bytes", metavar="N", type=int, default=LIMIT, help=f"of one part; {LIMIT} by default"
        )
        way = parser.add_mutually_exclusive_group()
        way.add_argument(
            "--directory", metavar="DIR", help="write each part to DIR, as NAME-1.json and so on"
        )
        way.add_argument("--format", choices=("text", "json"), default="text")

    def handle(self, *args: Any, **options: Any) -> None:
        if not _NAME.fullmatch(options["name"]):
            detail = "--name has 1 to 124 of the characters A-Z, a-z, 0-9 and -"
            raise CommandError(detail, returncode=FAILED)
        if not 100 <= options["max_bytes"] <= LIMIT:
            raise CommandError(f"--max-bytes is from 100 to {LIMIT}", returncode=FAILED)
        (document,) = documents_in([options["file"]])
        found = split(document, max_bytes=options["max_bytes"], name=options["name"])
        if options["format"] == "json":
            self.stdout.write(json.dumps(found.as_json(), ensure_ascii=False, indent=2))
        elif options["directory"] is None:
            for part in found.parts:
                self.stdout.write(f"{part.name}: {part.size} bytes")
                self.stdout.write(part.text, ending="")
        else:
            self._store(found, Path(options["directory"]))
        self._warn(found, shown_name(options["file"]))
        is_open = bool(found.too_long) or (found.proof is not None and not found.proof.holds)
        status = CANNOT_TELL if is_open else WAS_SPLIT if found.is_split else FITS
        if status:
            sys.exit(status)

    def _store(self, found: Split, directory: Path) -> None:
        """Raises: CommandError where a file cannot be written; one that is there is not overwritten."""
        for part in found.parts:
            path = directory / f"{part.name}.json"
            try:
                with path.open("x", encoding="utf-8", newline="\n") as file:
                    file.write(part.text)
            except OSError as error:
                raise CommandError(
                    f"{path}: cannot be written: {error.strerror}", returncode=FAILED
                ) from error
            self.stdout.write(f"{path}: {part.size} bytes")

    def _warn(self, found: Split, name: str) -> None:
        for path in found.too_long:
            self.stderr.write(f"{name}{path}: this statement cannot be cut to fit; shorten its entries")
        if found.is_too_many:
            count = len(found.parts)
            self.stderr.write(
                f"{name}: {count} parts, and RAM attaches {MOST_ATTACHED} to one user, group or role"
            )
        if found.is_split:
            self.stderr.write(
                f"{name}: attach all parts together; without one of them, something else is allowed"
            )
        if found.proof is not None and not found.proof.holds:
            reason = found.proof.reason.reason if found.proof.reason else "not proved"
            self.stderr.write(f"{name}: that the parts mean the same was not proved to the end: {reason}")
