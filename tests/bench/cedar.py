"""The samples and requests in Cedar, the language of the peer that decisions are measured against.

What Cedar has not is taken over as close as can be: a name with a wildcard is compared with `like` in the context, as
Cedar's actions and entities know no patterns; `like` lets a star cross colons; letter case always counts, so requests
carry their tags as the samples write them; an address has a type of its own and is parsed when the request is read.
"""

from __future__ import annotations

import json
from typing import Any

from policystudio.analysis.request import Request

SOURCE_IP = "acs:SourceIp"


def policies_of(document: Any) -> str:
    """The statements of a rendered sample as Cedar policies, in one text."""
    return "\n".join(_policy(statement) for statement in document["Statement"])


def request_of(request: Request) -> dict[str, Any]:
    """The request in the form that costs the peer least: structured names, and the context as text."""
    context: dict[str, Any] = {"action": request.action, "resource": request.resource}
    for key, value in request.context.items():
        context[key] = {"__extn": {"fn": "ip", "arg": value}} if key == SOURCE_IP else value
    return {
        "principal": {"type": "User", "id": "ada"},
        "action": {"type": "Action", "id": request.action},
        "resource": {"type": "Resource", "id": "r"},
        "context": json.dumps(context),
    }


def _policy(statement: Any) -> str:
    actions = _listed(statement["Action"])
    exact = [f'Action::"{action}"' for action in actions if "*" not in action]
    is_exact = len(exact) == len(actions)
    scope = f"action in [{', '.join(exact)}]" if is_exact else "action"
    tests = [_likes("resource", _listed(statement["Resource"]))]
    if not is_exact:
        tests.insert(0, _likes("action", actions))
    for operator, keys in statement.get("Condition", {}).items():
        for key, values in keys.items():
            tests.append(_condition(operator, key, _listed(values)))
    when = " && ".join(test for test in tests if test)
    effect = "permit" if statement["Effect"] == "Allow" else "forbid"
    return f"{effect}(principal, {scope}, resource){' when { ' + when + ' }' if when else ''};"


def _likes(name: str, patterns: list[str]) -> str:
    if "*" in patterns:
        return ""
    return "(" + " || ".join(f'context.{name} like "{pattern}"' for pattern in patterns) + ")"


def _condition(operator: str, key: str, values: list[str]) -> str:
    if operator == "IpAddress":
        tests = [f'context["{key}"].isInRange(ip("{value}"))' for value in values]
    else:
        tests = [f'context["{key}"] == "{value}"' for value in values]
    return f'(context has "{key}" && ({" || ".join(tests)}))'


def _listed(value: str | list[str]) -> list[str]:
    return value if isinstance(value, list) else [value]
