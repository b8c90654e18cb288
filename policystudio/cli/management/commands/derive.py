"""Derives a document from requests; exit code 0 it allows all of them, 1 some are left out, 3 nothing to derive."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from typing import Any

from django.core.management.base import CommandError, CommandParser

from policystudio.analysis.comparing import Answer as Compared
from policystudio.analysis.requirements import Answer, Offer, State, answered, read_pasted, unless_refused
from policystudio.catalog import load
from policystudio.cli.documents import FAILED, STANDARD_INPUT, shown_name, text_in
from policystudio.cli.judging import JudgingCommand

HELP = """Write the smallest document that allows the requests in FILE and nothing else.
FILE holds lines such as `kms:Decrypt acs:kms:…:key/… acs:SourceIp=203.0.113.9`, JSON, or trail events.
Exit codes: 0 all are allowed, 1 some are left out, 3 error."""
MAX_BYTES = 8 * 1024 * 1024
"""Trail events are long: some thousands of them."""


class Command(JudgingCommand):
    help = HELP

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "file", nargs="?", default=STANDARD_INPUT, metavar="FILE", help="`-` is standard input"
        )
        parser.add_argument(
            "--accept",
            action="append",
            default=[],
            metavar="ID",
            help="widen by this; may be given several times",
        )
        parser.add_argument(
            "--offers", action="store_true", help="say on standard error what could be accepted"
        )
        parser.add_argument(
            "--with-refused", action="store_true", help="allow what was refused every time too"
        )
        parser.add_argument("--format", choices=("text", "json"), default="text")

    def handle(self, *args: Any, **options: Any) -> None:
        catalogue = load()
        pasted = read_pasted(text_in(options["file"], max_bytes=MAX_BYTES), catalogue)
        answer = answered(
            pasted,
            (lambda _seen: True) if options["with_refused"] else unless_refused,
            catalogue=catalogue,
            accepted=options["accept"],
        )
        derived = answer.derived
        if derived.unused:
            ids = ", ".join(f"`{each}`" for each in derived.unused)
            raise CommandError(
                f"--accept: {ids}: nothing like this is offered; see --offers", returncode=FAILED
            )
        for line in left_out(answer, shown_name(options["file"])):
            self.stderr.write(printable(line))
        if not derived.source:
            raise CommandError("no request can be written, so there is no document", returncode=FAILED)
        if options["offers"]:
            for each in derived.offers:
                self.stderr.write(printable(said(each)))
        if options["format"] == "json":
            self.stdout.write(json.dumps(answer.as_json(), ensure_ascii=False, indent=2))
        else:
            self.stdout.write(derived.source, ending="")
        if not answer.is_whole:
            sys.exit(1)


def printable(line: str) -> str:
    """A line without anything that moves or colours a terminal, as names in a pasted record may."""
    return "".join(each if each.isprintable() else f"U+{ord(each):04X}" for each in line)


def left_out(answer: Answer, name: str) -> Iterator[str]:
    """What the document does not allow although it was given, a line each; and what was assumed of the others."""
    for gap in answer.gaps:
        yield f"{name}: characters {gap.start} to {gap.end}: {gap.detail} [{gap.code}]"
    for line in answer.lines:
        asked = json.dumps(line.seen.request.as_json(), ensure_ascii=False)
        if line.why is not None:
            yield f"left out: {asked}: {line.why.detail} [{line.why.code}]"
        elif line.state is State.NOT_CHOSEN:
            yield f"left out: {asked}: refused every time; --with-refused allows it too [refused]"
        for note in line.notes:
            yield f"note: {asked}: {note.detail} [{note.code}]"
    for each in answer.derived.dependents:
        yield f"note: {each.text} [dependent-action]"


def said(offer: Offer) -> str:
    """An offer in a line."""
    adds, made = offer.adds, offer.generalisation
    if adds.answer is Compared.NO:
        return f"{made.id}: {made.text}; adds nothing in the regions and accounts asked from"
    exactly = "adds" if adds.is_exact else "adds at most"
    names = ", ".join(f"`{name}`" for name in adds.known) or "names that the catalogue does not list"
    return f"{made.id}: {made.text}; {exactly} {names}, gravest risk {adds.risk}"
