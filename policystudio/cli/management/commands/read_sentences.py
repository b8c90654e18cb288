"""Reads sentences back into a document; exit code 0 the document is printed, 1 the problems are, 3 error."""

from __future__ import annotations

import json
import sys
from typing import Any

from django.core.management.base import CommandParser

from policystudio.analysis.sentences import Language
from policystudio.analysis.sentences.reading import problem_text, read
from policystudio.catalog import load
from policystudio.cli.documents import STANDARD_INPUT, shown_name, text_in
from policystudio.cli.judging import JudgingCommand

HELP = """Read sentences, one on each line, back into the document that they say.
Exit codes: 0 the document is printed, 1 there are problems, 3 error."""
PROBLEMS = 1


class Command(JudgingCommand):
    help = HELP

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "file",
            nargs="?",
            default=STANDARD_INPUT,
            metavar="FILE",
            help="`-`, also by default, is standard input",
        )
        parser.add_argument("--language", choices=[str(each) for each in Language], default="en")
        parser.add_argument("--format", choices=("text", "json"), default="text")

    def handle(self, *args: Any, **options: Any) -> None:
        language = Language(options["language"])
        text = text_in(options["file"]).removeprefix("\ufeff")
        found = read(text, language, load())
        if options["format"] == "json":
            problems = [
                {
                    "code": str(each.fault),
                    "detail": problem_text(each),
                    "line": each.line,
                    "column": each.column,
                    "choices": [choice.applied(text) for choice in each.choices],
                }
                for each in found.problems
            ]
            answer = {"source": found.source, "problems": problems}
            self.stdout.write(json.dumps(answer, ensure_ascii=False, indent=2))
        elif found.source is not None:
            self.stdout.write(found.source, ending="")
        else:
            for each in found.problems:
                place = f"{shown_name(options['file'])}:{each.line}:{each.column}"
                self.stderr.write(f"{place}: {problem_text(each)} [{each.fault}]")
                for choice in each.choices:
                    line = choice.applied(text).splitlines()[each.line - 1 : each.line]
                    self.stderr.write(f"  did you mean: {''.join(line)}")
        if found.problems:
            sys.exit(PROBLEMS)
