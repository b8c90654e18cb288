"""`/builders/`: the documented samples as forms, and what they make of parameters."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.urls import path
from django.utils import timezone
from rest_framework.request import Request

from policystudio.access import Access
from policystudio.api.endpoint import Endpoint
from policystudio.api.fields import Text
from policystudio.api.operation import Operation
from policystudio.api.places import PLACE, target_of
from policystudio.api.shapes import FINDINGS, SIZE, SOURCE_TEXT, show_findings, show_size
from policystudio.api.structures import AnyObject, ListOf, Null, Shape
from policystudio.builders.builder import Builder, Built, Tone, all_builders, get
from policystudio.errors import InvalidInput, NotFound, Problem
from policystudio.policies.circumstances import circumstances_of
from policystudio.ram.render import render
from policystudio.standards.selectors import standards_of
from policystudio.teams.permissions import Act

NOTE = Shape(
    name="BuilderNote",
    required={"text": Text(), "tone": Text(choices=[str(tone) for tone in Tone]), "source": Text()},
)
SHOWN = Shape(
    name="Builder",
    required={
        "slug": Text(),
        "title": Text(),
        "summary": Text(),
        "notes": ListOf(item=NOTE),
        "schema": AnyObject(about="JSON Schema (draft 2020-12) of the parameters."),
        "defaults": AnyObject(about="Parameters that make the documented sample."),
    },
)
RENDERED = Shape(
    name="Rendered",
    required={
        "source": SOURCE_TEXT,
        "document": Null(of=Text(about="The source rendered for the account and region; null without them.")),
        "findings": FINDINGS,
        "size": SIZE,
        "parameters": AnyObject(about="The parameters complete, with defaults filled in."),
    },
)
RENDER = Shape(
    name="RenderRequest",
    example={"parameters": {}, "account": "1234567890123456", "region": "cn-hangzhou"},
    optional={
        "parameters": AnyObject(about="As the builder's `schema` says; what is left out takes its default."),
        **PLACE,
    },
)


def builder_get(slug: str) -> Builder:
    """Raises: NotFound."""
    builder = get(slug)
    if builder is None:
        raise NotFound("there is no such builder")
    return builder


def build(builder: Builder, parameters: Mapping[str, Any]) -> Built:
    """What the builder makes. Raises: InvalidInput with pointers into a body that holds `parameters`."""
    try:
        return builder.build(parameters)
    except InvalidInput as error:
        problems = [Problem(f"/parameters{p.pointer}", p.detail, p.code) for p in error.problems]
        raise InvalidInput(problems, advice=error.advice) from None


def show_builder(builder: Builder) -> dict[str, Any]:
    return {
        "slug": builder.slug,
        "title": builder.title,
        "summary": builder.summary,
        "notes": [{"text": n.text, "tone": str(n.tone), "source": n.source} for n in builder.notes],
        "schema": builder.json_schema(),
        "defaults": builder.defaults(),
    }


class Builders(Endpoint):
    """All builders, in the order of the documentation."""

    access = {"GET": Access(Act.READ)}
    operations = {"GET": Operation(summary="List the builders", answer=SHOWN, is_paged=True)}

    def get(self, request: Request) -> HttpResponse:
        return self.page(tuple(all_builders().values()), show_builder)


class OneBuilder(Endpoint):
    """One builder."""

    access = {"GET": Access(Act.READ)}
    operations = {"GET": Operation(summary="Show a builder", answer=SHOWN, errors=(404,))}

    def get(self, request: Request, slug: str) -> HttpResponse:
        return self.show(show_builder(builder_get(slug)))


class Render(Endpoint):
    """Makes a source, and nothing is stored."""

    access = {"POST": Access(Act.READ)}
    operations = {
        "POST": Operation(
            summary="Make a source from parameters",
            about="With account and region also the document for that target. Nothing is stored.",
            body=RENDER,
            body_may_be_empty=True,
            answer=RENDERED,
            errors=(404,),
        )
    }

    def post(self, request: Request, slug: str) -> HttpResponse:
        builder, body = builder_get(slug), self.body()
        target = target_of(body)
        parameters = body.get("parameters", {})
        built = build(builder, parameters)
        judged = standards_of(self.viewer.team_id).validate(
            built.source,
            now=timezone.now(),
            **circumstances_of(self.viewer.team_id),
            targets=() if target is None else (target,),
            **builder.facts(parameters),
        )
        document = None
        if target is not None:
            assert judged.document is not None  # what a builder makes has structure
            document = render(judged.document, target)
        return self.show(
            {
                "source": built.source,
                "document": document,
                "findings": show_findings(judged.findings),
                "size": show_size(judged),
                "parameters": built.parameters,
            }
        )


urlpatterns = [
    path("builders/", Builders.as_view(), name="builders"),
    path("builders/<slug_:slug>/", OneBuilder.as_view(), name="builder"),
    path("builders/<slug_:slug>/render/", Render.as_view(), name="render"),
]
