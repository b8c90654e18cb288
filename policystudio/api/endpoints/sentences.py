"""`/sentences/`: sentences of the controlled grammar as the document that they say, and what may come next."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.urls import path
from rest_framework.request import Request

from policystudio.access import Access
from policystudio.analysis.sentences import Language
from policystudio.analysis.sentences.reading import (
    MAX_CHARACTERS,
    Fault,
    Problem,
    ReadBack,
    complete,
    expected_text,
    problem_text,
    read,
    said_back,
)
from policystudio.api.endpoint import Endpoint
from policystudio.api.fields import Integer, Text
from policystudio.api.operation import Operation
from policystudio.api.structures import ListOf, Null, Shape
from policystudio.catalog.model import Catalogue
from policystudio.errors import InvalidInput
from policystudio.errors import Problem as Refusal
from policystudio.standards.selectors import standards_of
from policystudio.teams.permissions import Act

OFFSET = Integer(minimum=0, about="Of the text, in characters (code points), from 0.")
TEXT = Text(
    max_characters=MAX_CHARACTERS,
    about="One sentence on each line, or one behind the other. What ends a summary may stand there too.",
)
LANGUAGE = Text(choices=[str(each) for each in Language], about="Of the sentences; `en` by default.")
SAMPLE = "Allows decrypting with every key in the target's region and account, if the key's tag `Project` is `Apollo`."
REQUEST = Shape(
    name="SentencesRequest",
    example={"text": SAMPLE},
    required={"text": TEXT},
    optional={"language": LANGUAGE},
)
CHOICE = Shape(
    name="SentenceChoice",
    about="What may be meant: `text` in place of what stands from `start` to `end`.",
    required={"text": Text(), "start": OFFSET, "end": OFFSET},
)
PROBLEM = Shape(
    name="SentenceProblem",
    required={
        "code": Text(choices=[str(each) for each in Fault]),
        "detail": Text(about="What is wrong and what would be right, in English."),
        "line": Integer(minimum=1),
        "column": Integer(minimum=1),
        "start": OFFSET,
        "end": OFFSET,
        "expected": ListOf(item=Text(), about="What may stand there, in the language of the sentences."),
        "choices": ListOf(item=CHOICE),
    },
)
STATEMENT = Shape(
    name="ReadSentence",
    required={
        "text": Text(about="The statement as canonical JSON."),
        "sentence": Text(about="The statement said back, in the grammar's own wording."),
        "line": Integer(minimum=1),
        "start": OFFSET,
        "end": OFFSET,
    },
)
ANSWER = Shape(
    name="Sentences",
    required={
        "source": Null(of=Text(), about="The document as canonical text; null when there is a problem."),
        "statements": ListOf(item=STATEMENT, about="What could be read, in the order of the sentences."),
        "problems": ListOf(item=PROBLEM),
    },
)
COMPLETING = Shape(
    name="CompletionsRequest",
    example={"text": "Allows decr"},
    required={"text": TEXT},
    optional={
        "cursor": Integer(
            minimum=0, maximum=MAX_CHARACTERS, about="Offset of the cursor; by default the end."
        ),
        "language": LANGUAGE,
    },
)
COMPLETION = Shape(
    name="SentenceCompletion",
    about="`text` takes the place of what stands from `start` to `end`.",
    required={
        "text": Text(),
        "start": OFFSET,
        "end": OFFSET,
        "about": Text(about="What it stands for, such as the name of an action; may be empty."),
    },
)
COMPLETIONS = Shape(name="SentenceCompletions", required={"completions": ListOf(item=COMPLETION)})


def show_problem(problem: Problem, language: Language) -> dict[str, Any]:
    return {
        "code": str(problem.fault),
        "detail": problem_text(problem),
        "line": problem.line,
        "column": problem.column,
        "start": problem.start,
        "end": problem.end,
        "expected": [expected_text(each, language) for each in problem.expected],
        "choices": [{"text": each.text, "start": each.start, "end": each.end} for each in problem.choices],
    }


def show_read(found: ReadBack, catalogue: Catalogue, language: Language) -> dict[str, Any]:
    said = said_back(found, language, catalogue)
    return {
        "source": found.source,
        "statements": [
            {
                "text": each.text,
                "sentence": sentence,
                "line": each.line,
                "start": each.start,
                "end": each.end,
            }
            for each, sentence in zip(found.statements, said, strict=True)
        ],
        "problems": [show_problem(each, language) for each in found.problems],
    }


class Sentences(Endpoint):
    """Reads sentences back. Nothing is stored."""

    access = {"POST": Access(Act.READ)}
    operations = {
        "POST": Operation(
            summary="Read sentences back into a document",
            about="Sentences as `/explain/` says them, in English or Simplified Chinese, also edited by hand. What is "
            "ambiguous is refused with the choices.",
            body=REQUEST,
            answer=ANSWER,
        )
    }

    def post(self, request: Request) -> HttpResponse:
        body = self.body()
        language = Language(body.get("language", Language.ENGLISH))
        catalogue = standards_of(self.viewer.team_id).catalogue
        return self.show(show_read(read(body["text"], language, catalogue), catalogue, language))


class Completions(Endpoint):
    """Says what may come next. Nothing is stored."""

    access = {"POST": Access(Act.READ)}
    operations = {
        "POST": Operation(
            summary="Complete a sentence",
            about="What may stand at the cursor; everything offered leads on to a sentence that can be read.",
            body=COMPLETING,
            answer=COMPLETIONS,
        )
    }

    def post(self, request: Request) -> HttpResponse:
        body = self.body()
        text = body["text"]
        cursor = body.get("cursor", len(text))
        if cursor > len(text):
            raise InvalidInput([Refusal("/cursor", f"the text has {len(text)} characters", "out-of-range")])
        language = Language(body.get("language", Language.ENGLISH))
        found = complete(text, cursor, language, standards_of(self.viewer.team_id).catalogue)
        return self.show(
            {
                "completions": [
                    {"text": each.text, "start": each.start, "end": each.end, "about": each.about}
                    for each in found
                ]
            }
        )


urlpatterns = [
    path("sentences/", Sentences.as_view(), name="sentences"),
    path("sentences/completions/", Completions.as_view(), name="sentences_completions"),
]
