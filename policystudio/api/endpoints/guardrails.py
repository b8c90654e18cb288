"""`/guardrails/`: rules of the team that no release may break, what each would stop, and switching them on and off."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse
from django.urls import path, reverse
from django.utils.translation import override
from rest_framework.request import Request

from policystudio.access import Access
from policystudio.api.answers import timestamp
from policystudio.api.endpoint import Endpoint
from policystudio.api.endpoints.reviews import NOTHING
from policystudio.api.fields import Flag, Integer, Text
from policystudio.api.operation import Operation
from policystudio.api.pagination import Order
from policystudio.api.shapes import COUNT, ID, MOMENT, NULL_MOMENT, TARGET, USERNAME
from policystudio.api.structures import AnyObject, ListOf, Null, Shape
from policystudio.guardrails.breaking import Broken
from policystudio.guardrails.definition import Kind
from policystudio.guardrails.models import Guardrail
from policystudio.guardrails.preview import MAX_TOKEN, Stop, preview
from policystudio.guardrails.reading import MAX_CHARACTERS, MAX_ENTRIES, MAX_UNLESS
from policystudio.guardrails.ready import ready_guardrails
from policystudio.guardrails.selectors import guardrail_get, guardrails
from policystudio.guardrails.services.switch_guardrail import remove_guardrail, switch_off, switch_on
from policystudio.guardrails.services.write_guardrail import (
    MAX_NAME,
    MAX_WHY,
    change_guardrail,
    create_guardrail,
)
from policystudio.guardrails.void import unknown_actions
from policystudio.guardrails.words import broken_words, sentence
from policystudio.teams.permissions import Act

TEXTS = ListOf(item=Text(is_judged_elsewhere=True), max_items=MAX_ENTRIES)
SHAPE = Shape(
    name="GuardrailShape",
    about="A set of requests, as a statement names it. No actions, or no resources, stand for all.",
    optional={
        "actions": TEXTS,
        "resources": TEXTS,
        "conditions": ListOf(
            item=Shape(
                name="GuardrailCondition",
                required={
                    "operator": Text(is_judged_elsewhere=True, example="IpAddress"),
                    "key": Text(is_judged_elsewhere=True, example="acs:SourceIp"),
                    "values": TEXTS,
                },
            ),
            max_items=MAX_ENTRIES,
        ),
    },
)
KIND = Text(
    choices=[str(kind) for kind in Kind],
    about="`never`: nothing of `never` is allowed, unless `unless` matches it too; `separation`: nothing of `never` "
    "beside something of `other`; `deny-floor`: all of `never` is denied; `exact-actions`: no wildcard in an action; "
    "`long-names`: resources for `never` begin with so many `characters` before a wildcard.",
)
DEFINITION = Shape(
    name="GuardrailDefinition",
    about="`${account}` and `${region}` stand for those of each target, `${today+30}` in a date for a later day.",
    optional={
        "kind": KIND,
        "scope": Shape(
            name="GuardrailScope",
            about="Where it applies; an empty list is no limit. `except_policies` are patterns of policy names.",
            optional={"environments": TEXTS, "accounts": TEXTS, "regions": TEXTS, "except_policies": TEXTS},
        ),
        "never": SHAPE,
        "unless": ListOf(item=SHAPE, max_items=MAX_UNLESS),
        "other": SHAPE,
        "characters": Integer(minimum=0, maximum=MAX_CHARACTERS),
    },
)
SHOWN = Shape(
    name="Guardrail",
    about="`definition` is the newest wording, `in_force` the one that releases are held to, null while it is off.",
    required={
        "id": ID,
        "name": Text(),
        "why": Text(),
        "sentence": Text(about="The definition in words."),
        "unknown_actions": ListOf(
            item=Text(), about="Actions of the newest wording for which the catalogue knows none."
        ),
        "definition": DEFINITION,
        "is_on": Flag(),
        "is_changed": Flag(about="It is on, and the newest wording is not in force yet."),
        "in_force": Null(of=DEFINITION),
        "changed_by": USERNAME,
        "changed_at": MOMENT,
        "switched_by": Null(of=USERNAME),
        "switched_at": NULL_MOMENT,
    },
)
NEW = Shape(
    name="GuardrailNew",
    example={
        "name": "Known networks",
        "why": "the auditors ask for it",
        "definition": {
            "kind": "never",
            "scope": {"environments": ["production"]},
            "never": {"actions": ["kms:Decrypt"]},
            "unless": [
                {
                    "conditions": [
                        {"operator": "IpAddress", "key": "acs:SourceIp", "values": ["203.0.113.0/24"]}
                    ]
                }
            ],
        },
    },
    required={
        "name": Text(min_characters=1, max_characters=MAX_NAME, is_judged_elsewhere=True),
        "definition": DEFINITION,
    },
    optional={"why": Text(max_characters=MAX_WHY, is_judged_elsewhere=True)},
)
CHANGES = Shape(name="GuardrailChanges", optional={**NEW.required, **NEW.optional})
BROKEN = Shape(
    name="GuardrailBroken",
    about="`answer` is `unknown` where it cannot be told, which counts as broken. `requests` can be sent to simulate.",
    required={
        "answer": Text(choices=["yes", "unknown"]),
        "text": Text(),
        "paths": ListOf(item=Text(), about="JSON Pointers of what is to blame."),
        "requests": ListOf(item=AnyObject()),
        "reason": Text(),
        "targets": ListOf(item=TARGET),
    },
)
STOP = Shape(
    name="GuardrailStop",
    required={
        "policy": ID,
        "name": Text(),
        "revision": ID,
        "newest": ListOf(item=BROKEN, about="How the newest revision breaks it."),
        "released_revision": Null(of=ID),
        "released": ListOf(item=BROKEN, about="How what is exported now breaks it; it stays out, in breach."),
        "repair": Null(of=Text(), about="The smallest repair of the newest revision that was found."),
        "repaired_source": Null(of=Text()),
    },
)
PREVIEW = Shape(
    name="GuardrailPreview",
    about="`preview` is what switching on asks for; it stands for exactly what was looked at. While `unjudged` is not "
    "0, there was not enough time: look again, as what was judged is remembered.",
    required={"preview": Text(), "judged": COUNT, "unjudged": COUNT, "stops": ListOf(item=STOP)},
)
SWITCH = Shape(
    name="GuardrailSwitch", required={"preview": Text(max_characters=MAX_TOKEN, is_judged_elsewhere=True)}
)
READY = Shape(
    name="ReadyGuardrail",
    about="`blanks`: JSON Pointers of lists that have to be filled → what belongs there.",
    required={
        "slug": Text(),
        "title": Text(),
        "about": Text(),
        "definition": DEFINITION,
        "blanks": AnyObject(),
    },
)


def show_guardrail(guardrail: Guardrail) -> dict[str, Any]:
    with override("en"):
        said = sentence(guardrail.definition)
    enforced = guardrail.enforced
    return {
        "id": guardrail.pk,
        "name": guardrail.name,
        "why": guardrail.why,
        "sentence": said,
        "unknown_actions": list(unknown_actions(guardrail.definition)),
        # Written anew: PostgreSQL keeps the members of an object in an order of its own, and the ETag is of the bytes.
        "definition": guardrail.definition.as_json(),
        "is_on": guardrail.is_on,
        "is_changed": guardrail.is_changed,
        "in_force": enforced.as_json() if enforced else None,
        "changed_by": guardrail.changed_by_name,
        "changed_at": timestamp(guardrail.changed_at),
        "switched_by": guardrail.switched_by_name or None,
        "switched_at": timestamp(guardrail.switched_at),
    }


def show_broken(kind: Kind, found: Sequence[Broken]) -> list[dict[str, Any]]:
    return [
        {
            "answer": str(each.outcome.answer),
            "text": broken_words(kind, each),
            "paths": list(each.outcome.paths),
            "requests": [request.as_json() for request in each.outcome.requests],
            "reason": each.outcome.reason,
            "targets": [target._asdict() for target in each.targets],
        }
        for each in found
    ]


def show_stop(kind: Kind, stop: Stop) -> dict[str, Any]:
    return {
        "policy": stop.policy.pk,
        "name": stop.policy.name,
        "revision": stop.policy.newest_number,
        "newest": show_broken(kind, stop.newest),
        "released_revision": stop.released_number,
        "released": show_broken(kind, stop.released),
        "repair": stop.repair.text if stop.repair else None,
        "repaired_source": stop.repair.source if stop.repair else None,
    }


class Guardrails(Endpoint):
    """The guardrails of the team, and writing one."""

    access = {"GET": Access(Act.READ), "POST": Access(Act.MANAGE_GUARDRAILS)}
    operations = {
        "GET": Operation(summary="List the guardrails", answer=SHOWN, is_paged=True),
        "POST": Operation(
            summary="Write a guardrail",
            about="It is off: look at its preview, then switch it on.",
            body=NEW,
            answer=SHOWN,
            creates=True,
            has_etag=True,
            errors=(409,),
        ),
    }

    def get(self, request: Request) -> HttpResponse:
        return self.page(guardrails(self.viewer), show_guardrail, Order("pk"))

    def post(self, request: Request) -> HttpResponse:
        return self.create(self._made)

    def _made(self) -> HttpResponse:
        guardrail = create_guardrail(by=self.viewer, **self.body())
        location = reverse("api:guardrail", kwargs={"guardrail_id": guardrail.pk})
        return self.show(show_guardrail(guardrail), version=guardrail.version, status=201, location=location)


class OneGuardrail(Endpoint):
    """One guardrail; a new wording of one that is on counts once it is switched on too."""

    access = {
        "GET": Access(Act.READ),
        "PATCH": Access(Act.MANAGE_GUARDRAILS),
        "DELETE": Access(Act.MANAGE_GUARDRAILS),
    }
    operations = {
        "GET": Operation(summary="Show a guardrail", answer=SHOWN, has_etag=True, errors=(404,)),
        "PATCH": Operation(
            summary="Reword a guardrail",
            about="A definition is replaced as a whole. What is in force stays so until it is switched on again.",
            body=CHANGES,
            answer=SHOWN,
            has_etag=True,
            needs_match=True,
            errors=(404, 409),
        ),
        "DELETE": Operation(
            summary="Remove a guardrail that is off", status=204, needs_match=True, errors=(404, 409)
        ),
    }

    def get(self, request: Request, guardrail_id: int) -> HttpResponse:
        return self._shown(guardrail_get(self.viewer, guardrail_id))

    def patch(self, request: Request, guardrail_id: int) -> HttpResponse:
        guardrail, body = guardrail_get(self.viewer, guardrail_id), self.body()
        expected = self.expected_version(show_guardrail(guardrail), guardrail.version)
        stored = {"name": guardrail.name, "why": guardrail.why, "definition": guardrail.wording}
        changed = change_guardrail(
            by=self.viewer, guardrail=guardrail, expected_version=expected, **{**stored, **body}
        )
        return self._shown(changed)

    def delete(self, request: Request, guardrail_id: int) -> HttpResponse:
        guardrail = guardrail_get(self.viewer, guardrail_id)
        return self.remove(
            show_guardrail(guardrail), guardrail.version, remove_guardrail, guardrail=guardrail
        )

    def _shown(self, guardrail: Guardrail) -> HttpResponse:
        return self.show(show_guardrail(guardrail), version=guardrail.version)


class GuardrailPreview(Endpoint):
    """What the newest wording would stop if it were in force."""

    access = {"GET": Access(Act.READ)}
    operations = {
        "GET": Operation(
            summary="Show what a guardrail would stop",
            about="Every stored policy that breaks the newest wording, with a request and the smallest repair.",
            answer=PREVIEW,
            errors=(404,),
        )
    }

    def get(self, request: Request, guardrail_id: int) -> HttpResponse:
        guardrail = guardrail_get(self.viewer, guardrail_id)
        with override("en"):
            found = preview(self.viewer.team_id, guardrail.definition)
            stops = [show_stop(guardrail.definition.kind, stop) for stop in found.stops]
        shown = {"preview": found.token, "judged": found.judged, "unjudged": found.unjudged, "stops": stops}
        return self.show(shown)


class SwitchOn(Endpoint):
    """The newest wording is in force from now on."""

    access = {"POST": Access(Act.MANAGE_GUARDRAILS)}
    operations = {
        "POST": Operation(
            summary="Switch a guardrail on",
            about="409 when the preview is not of what is there now, or had not enough time. What is released stays "
            "out, in breach.",
            body=SWITCH,
            answer=SHOWN,
            has_etag=True,
            errors=(404, 409),
        )
    }

    def post(self, request: Request, guardrail_id: int) -> HttpResponse:
        guardrail, body = guardrail_get(self.viewer, guardrail_id), self.body()
        guardrail = switch_on(by=self.viewer, guardrail=guardrail, preview=body["preview"])
        return self.show(show_guardrail(guardrail), version=guardrail.version)


class SwitchOff(Endpoint):
    """It stops nothing any more."""

    access = {"POST": Access(Act.MANAGE_GUARDRAILS)}
    operations = {
        "POST": Operation(
            summary="Switch a guardrail off",
            body=NOTHING,
            body_may_be_empty=True,
            answer=SHOWN,
            has_etag=True,
            errors=(404, 409),
        )
    }

    def post(self, request: Request, guardrail_id: int) -> HttpResponse:
        self.body()
        guardrail = switch_off(by=self.viewer, guardrail=guardrail_get(self.viewer, guardrail_id))
        return self.show(show_guardrail(guardrail), version=guardrail.version)


class ReadyGuardrails(Endpoint):
    """Ready-made guardrails with blanks."""

    access = {"GET": Access(Act.READ)}
    operations = {"GET": Operation(summary="List the ready-made guardrails", answer=READY, is_paged=True)}

    def get(self, request: Request) -> HttpResponse:
        return self.page(tuple(ready_guardrails().items()), lambda one: show_ready(*one))


def show_ready(slug: str, ready: Any) -> dict[str, Any]:
    return {
        "slug": slug,
        "title": ready.title,
        "about": ready.about,
        "definition": ready.definition,
        "blanks": dict(ready.blanks),
    }


urlpatterns = [
    path("guardrails/", Guardrails.as_view(), name="guardrails"),
    path("guardrails/ready/", ReadyGuardrails.as_view(), name="ready-guardrails"),
    path("guardrails/<id_:guardrail_id>/", OneGuardrail.as_view(), name="guardrail"),
    path("guardrails/<id_:guardrail_id>/preview/", GuardrailPreview.as_view(), name="guardrail-preview"),
    path("guardrails/<id_:guardrail_id>/switch-on/", SwitchOn.as_view(), name="guardrail-switch-on"),
    path("guardrails/<id_:guardrail_id>/switch-off/", SwitchOff.as_view(), name="guardrail-switch-off"),
]
