"""`/explain/`: what a document says, in sentences, as a matrix and line by line, and what it leaves out."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.urls import path
from rest_framework.request import Request

from policystudio.access import Access
from policystudio.analysis.comparing import Comparison, compare
from policystudio.analysis.expected import Lack, Unexpected, unexpected
from policystudio.analysis.expected_words import unexpected_text
from policystudio.analysis.given import read_given
from policystudio.analysis.matrix import Entry, Matrix, State, matrix
from policystudio.analysis.sentences import Language, Sentence, summary
from policystudio.api.endpoint import Endpoint
from policystudio.api.endpoints.compare import CHANGE, REASON
from policystudio.api.fields import Flag, Text
from policystudio.api.operation import Operation
from policystudio.api.structures import AnyObject, ListOf, Null, Shape
from policystudio.errors import InvalidInput, Problem
from policystudio.ram.finding import Severity
from policystudio.standards.selectors import standards_of
from policystudio.teams.permissions import Act

POINTER = Text(example="/Statement/0/Action/1", about="JSON Pointer into the document.")
EFFECT = Text(choices=["Allow", "Deny"])
REQUEST = Shape(
    name="ExplainRequest",
    about="Either `text` or `document`.",
    example={
        "text": '{"Version": "1", "Statement": [{"Effect": "Allow", "Action": "kms:Decrypt", "Resource": "*"}]}',
        "language": "zh-hans",
    },
    optional={
        "text": Text(about="The document or source as typed."),
        "document": AnyObject(about="The same as an object."),
        "language": Text(
            choices=[str(each) for each in Language], about="Of the sentences; `en` by default."
        ),
    },
)
PART = Shape(
    name="SentencePart",
    about="The parts of a sentence make up its text.",
    required={"text": Text(), "path": POINTER},
)
REACH = Shape(
    name="Reach",
    about="What a pattern stands for today: actions that the resources let through, and those that they cut off.",
    required={"pattern": Text(), "effective": ListOf(item=Text()), "cut_off": ListOf(item=Text())},
)
SENTENCE = Shape(
    name="Sentence",
    required={
        "path": POINTER,
        "effect": EFFECT,
        "text": Text(
            about="Values of the document stand between backticks; what cannot be seen is `\\u{…}`."
        ),
        "parts": ListOf(item=PART),
        "reaches": ListOf(item=REACH),
    },
)
ENTRY = Shape(
    name="MatrixEntry",
    required={
        "action": Text(example="kms:Decrypt"),
        "access_level": Text(example="Read"),
        "resource_type": Text(example="key"),
        "state": Text(choices=[str(state) for state in State]),
        "on_every": Flag(
            about="Whether no resource of the type is left out within the listed regions and accounts."
        ),
        "paths": ListOf(item=POINTER, about="The statements that say so."),
    },
)
LINE = Shape(
    name="UnexpectedLack",
    about="What is not allowed although one might expect it.",
    required={
        "code": Text(choices=[str(lack) for lack in Lack]),
        "text": Text(),
        "path": POINTER,
        "actions": ListOf(item=Text()),
        "needed": Text(about="The further action, type of resource or condition key."),
        "confidence": Text(about="Of the catalogue's fact."),
        "sources": ListOf(item=Text(about="Title of a source.")),
    },
)
ANSWER = Shape(
    name="Explanation",
    required={
        "summary": Text(
            about="A line for each sentence, those that deny first, and what holds for the rest."
        ),
        "sentences": ListOf(item=SENTENCE, about="In the document's order."),
        "matrix": ListOf(item=ENTRY, about="Every known action on each type of resource that it has."),
        "unexpected": ListOf(item=LINE),
        "allows": Shape(
            name="AllThatIsAllowed",
            about="Exactly what the document allows: actions, resources, conditions, and the statement of each line.",
            required={"lines": ListOf(item=CHANGE), "complete": Flag(), "reason": Null(of=REASON)},
        ),
    },
)


def show_sentence(sentence: Sentence) -> dict[str, Any]:
    return {
        "path": sentence.path,
        "effect": str(sentence.effect),
        "text": sentence.text,
        "parts": [{"text": part.text, "path": part.path} for part in sentence.parts],
        "reaches": [
            {"pattern": each.pattern, "effective": list(each.effective), "cut_off": list(each.cut_off)}
            for each in sentence.reaches
        ],
    }


def show_matrix(made: Matrix) -> list[dict[str, Any]]:
    return [
        _entry(entry, cell.level, cell.type)
        for row in made.rows
        for cell in row.cells
        for entry in cell.entries
    ]


def show_allowed(against_nothing: Comparison) -> dict[str, Any]:
    """What a document allows is what it adds to nothing."""
    shown = against_nothing.as_json()
    return {"lines": shown["added"], "complete": shown["complete"], "reason": shown["reason"]}


def _entry(entry: Entry, level: str, type: str) -> dict[str, Any]:
    return {
        "action": entry.action,
        "access_level": level,
        "resource_type": type,
        "state": str(entry.state),
        "on_every": entry.on_every,
        "paths": list(entry.paths),
    }


class Explain(Endpoint):
    """Explains one document. Nothing is stored."""

    access = {"POST": Access(Act.READ)}
    operations = {
        "POST": Operation(
            summary="Say what a document allows and denies",
            about="Sentences in English or Simplified Chinese, the permission matrix, and what one might miss.",
            body=REQUEST,
            answer=ANSWER,
        )
    }

    def post(self, request: Request) -> HttpResponse:
        body = self.body()
        if ("text" in body) == ("document" in body):
            problem = "ambiguous" if "text" in body else "required"
            raise InvalidInput([Problem("", "send either text or document", problem)])
        member = "text" if "text" in body else "document"
        text = body["text"] if member == "text" else self.document_text(body["document"], "document")
        parsed = read_given(text)
        if parsed.document is None:
            errors = [each for each in parsed.findings if each.severity is Severity.ERROR]
            raise InvalidInput([Problem(*_problem(member, each)) for each in errors])
        language = Language(body.get("language", Language.ENGLISH))
        catalogue = standards_of(self.viewer.team_id).catalogue
        whole, made = summary(parsed.document, catalogue, language), matrix(parsed.document, catalogue)

        def show_line(line: Unexpected) -> dict[str, Any]:
            return {
                "code": str(line.lack),
                "text": unexpected_text(line, language),
                "path": line.path,
                "actions": list(line.actions),
                "needed": line.needed,
                "confidence": line.confidence,
                "sources": [
                    catalogue.sources[each].title for each in line.sources if each in catalogue.sources
                ],
            }

        return self.show(
            {
                "summary": whole.text,
                "sentences": [show_sentence(s) for s in sorted(whole.sentences, key=lambda s: s.index)],
                "matrix": show_matrix(made),
                "unexpected": [show_line(line) for line in unexpected(parsed.document, catalogue, made)],
                "allows": show_allowed(compare([], [parsed.document], catalogue=catalogue)),
            }
        )


def _problem(member: str, finding: Any) -> tuple[str, str, str]:
    """Pointer, words and code; what is wrong in a text is said with its place there."""
    if member == "text":
        place = f", at line {finding.line}, column {finding.column}" if finding.line else ""
        return "/text", f"{finding.message}{place}", finding.code
    return f"/document{finding.path or ''}", finding.message, finding.code


urlpatterns = [path("explain/", Explain.as_view(), name="explain")]
