"""Compares two sets of documents; exit code 0 nothing new, 1 new access, 2 it cannot be told, 3 nothing to compare."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from typing import Any

from django.core.management.base import CommandError, CommandParser

from policystudio.analysis.comparing import Answer, Certainty, Change, Comparison, Witness, compare
from policystudio.analysis.deciding import NOT_CONSIDERED
from policystudio.analysis.given import left_placeholders
from policystudio.cli.documents import (
    FAILED,
    add_stored_arguments,
    documents_in,
    shown_name,
    stored_documents,
)
from policystudio.cli.judging import JudgingCommand

HELP = """Say exactly what AFTER allows that BEFORE does not, and the other way round.
Exit codes: 0 nothing new is allowed, 1 new access is granted, 2 that cannot be told, 3 error."""
_EXITS = {Answer.NO: 0, Answer.YES: 1, Answer.UNKNOWN: 2}


class Command(JudgingCommand):
    help = HELP

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("before", nargs="*", metavar="BEFORE", help="files, `-` is standard input")
        parser.add_argument("--after", nargs="+", required=True, metavar="AFTER", help="files, or `-`")
        parser.add_argument("--format", choices=("text", "json"), default="text")
        add_stored_arguments(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        if [*options["before"], *options["after"]].count("-") > 1:
            raise CommandError("standard input can be read once; give `-` once", returncode=FAILED)
        before = [*documents_in(options["before"]), *stored_documents(options)]
        if not before:
            raise CommandError("give files to compare with, or --policy", returncode=FAILED)
        after = documents_in(options["after"])
        compared = compare(before, after)
        warned = [
            (side, each)
            for side, documents in (("before", before), ("after", after))
            for each in left_placeholders(documents)
        ]
        if options["format"] == "json":
            answer = {
                **compared.as_json(),
                "warnings": [{"side": side, **each._asdict()} for side, each in warned],
                "not_considered": list(NOT_CONSIDERED),
            }
            self.stdout.write(json.dumps(answer, ensure_ascii=False, indent=2))
        else:
            names = {
                "before": [*map(shown_name, options["before"]), *filter(None, [options["policy"]])],
                "after": [*map(shown_name, options["after"])],
            }
            for side, each in warned:
                self.stderr.write(f"{names[side][each.document]}: {each.detail} [{each.code}]")
            for line in as_text(compared):
                self.stdout.write(line)
        status = _EXITS[compared.grants_new_access]
        if status:
            sys.exit(status)


def as_text(compared: Comparison) -> Iterator[str]:
    """The comparison as lines for people."""
    yield f"grants new access: {compared.grants_new_access}"
    yield from _changes("+", compared.added, compared.witness)
    yield f"revokes access: {compared.revokes_access}"
    yield from _changes("-", compared.removed, compared.lost)
    reason = compared.reason
    if reason is not None:
        patterns = f": {', '.join(reason.patterns)}" if reason.patterns else ""
        is_open = Answer.UNKNOWN in (compared.grants_new_access, compared.revokes_access)
        yield "cannot be told" if is_open and not (compared.added or compared.removed) else "not all is told"
        yield f"  {reason.reason}, {reason.dimension}{patterns}"


def _changes(sign: str, changes: Sequence[Change], witness: Witness | None) -> Iterator[str]:
    for change in changes:
        unlisted = " (no known action)" if change.certainty is Certainty.ONLY_UNLISTED else ""
        yield f"  {sign} {change.actions}{unlisted}"
        yield f"    on {change.resources}"
        for limit in change.conditions:
            yield f"    if {limit}"
        causes = (f"{cause.side} {cause.place.document}{cause.place.path}" for cause in change.causes)
        yield f"    by {', '.join(causes)}"
    if witness is not None:
        yield f"    for example {json.dumps(witness.request.as_json(), ensure_ascii=False)}"
