"""The descriptions that several endpoints share; each other shape stands beside its endpoint."""

from __future__ import annotations

from typing import Any

from policystudio.api.converters import AccountNumber, Part
from policystudio.api.fields import Flag, Integer, Text
from policystudio.api.structures import AnyObject, Either, ListOf, Null, Shape
from policystudio.errors import Problem
from policystudio.ram.finding import Finding, Severity
from policystudio.ram.render import Target
from policystudio.validation.pipeline import Validation

ID = Integer(minimum=1, maximum=2**63 - 1)
"""What fits the big integer of every database."""
COUNT = Integer(minimum=0)
MOMENT = Text(format="date-time", example="2026-01-31T09:30:00Z")
NULL_MOMENT = Null(of=MOMENT)
SHA256 = Text(pattern="[0-9a-f]{64}", about="SHA-256 in hexadecimal.")
USERNAME = Text(max_characters=150, example="ada")
ACCOUNT = Text(
    pattern=AccountNumber.regex, example="1234567890123456", about="Alibaba Cloud's number of the account."
)
REGION = Text(pattern=Part.regex, example="cn-hangzhou")
REGION_MODE = Text(
    choices=["separate", "combined"],
    about="One RAM policy per region, or one per account with all its regions.",
)
SOURCE_TEXT = Text(
    about="A document that may hold the placeholders `${region}` and `${account}`, as canonical text."
)
SOURCE_SENT = Either(
    kinds=[Text(), AnyObject()],
    about="The source as text, judged exactly as typed; an object is written as canonical text first.",
)
MESSAGE = Text(max_characters=10_000, is_judged_elsewhere=True)

TARGET = Shape(name="Target", required={"account": ACCOUNT, "region": REGION})
SENT_TARGET = Shape(
    name="TargetSent",
    required={
        "account": Text(pattern=AccountNumber.regex, is_judged_elsewhere=True),
        "region": Text(pattern=Part.regex, is_judged_elsewhere=True),
    },
)
TARGETS_SENT = ListOf(
    item=SENT_TARGET, about="Accounts of the team, and regions that are enabled there; at most 600."
)

EDIT = Shape(
    name="Edit",
    about="Replace the code points from `start` up to `end` of the judged text.",
    required={"start": COUNT, "end": COUNT, "text": Text()},
)
FIX = Shape(
    name="Fix",
    about="A repair, named by its effect; `widens` says that the document allows more afterwards.",
    required={"title": Text(), "edits": ListOf(item=EDIT), "widens": Flag()},
)
SEVERITY = Text(choices=[str(severity) for severity in Severity])
FINDING = Shape(
    name="Finding",
    about="One thing that the validator says; `code` is stable and documented at `/api/v1/rules/{code}/`.",
    required={
        "code": Text(),
        "severity": SEVERITY,
        "default_severity": Text(
            choices=SEVERITY.choices, about="What it would be had the team set no severity of its own."
        ),
        "message": Text(),
        "path": Null(of=Text(about="JSON Pointer into the document.")),
        "line": Null(of=ID),
        "column": Null(of=ID),
        "fix": Null(of=FIX),
        "choices": ListOf(item=FIX, about="Repairs of which a person has to choose one."),
        "confidence": Null(of=Text()),
        "catalogue_date": Null(of=Text(format="date", example="2026-01-31")),
    },
)
FINDINGS = ListOf(item=FINDING)
SIZE = Shape(
    name="Size",
    about="UTF-8 bytes of the document for the largest target, and RAM's limit.",
    required={"bytes_compact": COUNT, "bytes_formatted": COUNT, "limit": COUNT},
)
BLOCK = Shape(
    name="Problem",
    about="One thing that is wrong or in the way; `pointer` is a JSON Pointer into what was sent.",
    required={"pointer": Text(), "detail": Text(), "code": Text()},
)


def show_target(target: Target) -> dict[str, str]:
    return {"account": target.account, "region": target.region}


def show_problem(problem: Problem) -> dict[str, str]:
    return {"pointer": problem.pointer, "detail": problem.detail, "code": problem.code}


def show_findings(findings: tuple[Finding, ...]) -> list[dict[str, Any]]:
    return [finding.as_json() for finding in findings]


def show_size(validation: Validation) -> dict[str, int]:
    size = validation.size
    return {"bytes_compact": size.bytes_compact, "bytes_formatted": size.bytes_formatted, "limit": size.limit}
