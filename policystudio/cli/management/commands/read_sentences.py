"""Reads sentences back into a document; exit code 0 the document is printed, 1 the problems are, 3 error."""

from __future__ import annotations

import json
import re
import sys
from typing import Any

from django.core.management.base import CommandParser

from policystudio.analysis.sentences import Language
from policystudio.analysis.sentences.reading import Choice, problem_text, read
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
                    "start": each.start,
                    "end": each.end,
                    "choices": [
                        {"text": choice.text, "start": choice.start, "end": choice.end}
                        for choice in each.choices
                    ],
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
                    self.stderr.write(f"  did you mean: {_line_after(choice, text)}")
        if found.problems:
            sys.exit(PROBLEMS)


def _line_after(choice: Choice, text: str) -> str:
    """The line that a choice changes, as it is then. Choices hold no ends of lines."""
    begin = max(text.rfind(end, 0, choice.start) for end in "\n\r") + 1
    rest = re.split(r"[\n\r]", text[choice.end :], maxsplit=1)[0]
    return f"{text[begin : choice.start]}{choice.text}{rest}"
