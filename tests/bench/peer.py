"""The samples as their nearest kin in another cloud, for the linter that the validator is measured against.

Actions and resources are taken over name by name; what has no kin there becomes the nearest thing that the peer knows,
so that its checks have as much to look at.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any

ACCOUNT = "123456789012"
REGION = "us-east-1"
_RENAMED = {"acs:SourceIp": "aws:SourceIp", "kms:tag/": "aws:ResourceTag/"}


def analogues(texts: Iterable[str]) -> list[str]:
    """The documents of the peer's language that correspond to ours."""
    # Loaded by who measures alone: it is heavy and leaves files open, and tests import its neighbours.
    import parliament

    known = {
        service["prefix"]: {each["privilege"] for each in service["privileges"]}
        for service in parliament.iam_definition
    }
    return [_analogue(text, known) for text in texts]


def judge(text: str) -> list[Any]:
    """What the peer finds."""
    import parliament

    findings: list[Any] = parliament.analyze_policy_string(text).findings
    return findings


def _analogue(text: str, known: dict[str, set[str]]) -> str:
    document = json.loads(text)
    document["Version"] = "2012-10-17"
    for statement in document["Statement"]:
        statement["Action"] = _each(statement["Action"], lambda action: _action(action, known))
        statement["Resource"] = _each(statement["Resource"], _resource)
        if "Condition" in statement:
            block = json.dumps(statement["Condition"])
            for ours, theirs in _RENAMED.items():
                block = block.replace(ours, theirs)
            statement["Condition"] = json.loads(block)
    return json.dumps(document, indent=2)


def _each(value: str | list[str], change: Callable[[str], str]) -> list[str]:
    return [change(text) for text in ([value] if isinstance(value, str) else value)]


def _action(action: str, known: dict[str, set[str]]) -> str:
    name = action.partition(":")[2]
    service = next((each for each in ("kms", "secretsmanager") if name in known[each]), None)
    if "*" in name:
        return f"kms:{name}"
    return f"{service}:{name}" if service else "kms:DescribeKey"


def _resource(resource: str) -> str:
    kind, slash, name = resource.rpartition(":")[2].partition("/")
    if not slash:
        return "*"
    if kind == "secret":
        return f"arn:aws:secretsmanager:{REGION}:{ACCOUNT}:secret:{name}"
    return f"arn:aws:kms:{REGION}:{ACCOUNT}:{kind}/{name}"
