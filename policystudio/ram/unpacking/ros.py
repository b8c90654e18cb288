"""Reads documents of ROS templates, whose values may be functions that ROS fills in.

Decision: `Fn::Sub` and `Ref` with nothing but the account and region of the deployment mean what our placeholders
mean, so they are written as these. Every other function stays as it is and is told; RAM knows none.
Source: ROS, pseudo parameters `ALIYUN::AccountId` and `ALIYUN::Region`.
"""

from __future__ import annotations

import re

from policystudio.ram.canonical import canonical
from policystudio.ram.reader import Json, JsonArray, JsonObject, JsonString

_PSEUDO = {"ALIYUN::AccountId": "${account}", "ALIYUN::Region": "${region}"}
_VARIABLE = re.compile(r"\$\{([^{}]*)\}")


def is_resource(value: Json) -> bool:
    """Whether this is a resource of a template that may hold policies."""
    kind = value.get("Type") if isinstance(value, JsonObject) else None
    return isinstance(kind, JsonString) and kind.text.startswith("ALIYUN::RAM::")


def plain_text(value: JsonObject, text: str) -> tuple[str, tuple[str, ...]]:
    """`text`, or a text without the functions that placeholders can stand for; and notes on functions."""
    if not _has_function(value):
        return text, ()
    counted: list[str] = []
    written = _written(value, counted)
    notes: tuple[str, ...] = ()
    if counted:
        text = canonical(written)
        notes += (f"{len(counted)} functions of ROS for account and region are written as placeholders",)
    if _has_function(written):
        notes += ("functions of ROS are left in the document (`Ref`, `Fn::…`); RAM knows none of them",)
    return text, notes


def _has_function(value: Json) -> bool:
    match value:
        case JsonObject():
            return any(_is_function(member.name) or _has_function(member.value) for member in value.members)
        case JsonArray():
            return any(map(_has_function, value.items))
        case _:
            return False


def _is_function(name: str) -> bool:
    return name == "Ref" or name.startswith("Fn::")


def _written(value: Json, counted: list[str]) -> Json:
    match value:
        case JsonArray():
            return value._replace(items=tuple(_written(item, counted) for item in value.items))
        case JsonObject():
            filled = _filled(value)
            if filled is not None:
                counted.append(filled)
                return JsonString(value.start, value.end, filled)
            members = (member._replace(value=_written(member.value, counted)) for member in value.members)
            return value._replace(members=tuple(members))
        case _:
            return value


def _filled(value: JsonObject) -> str | None:
    """The text that a function stands for, when it asks for account and region only."""
    if len(value.members) != 1 or not isinstance(value.members[0].value, JsonString):
        return None
    name, argument = value.members[0].name, value.members[0].value.text
    if name == "Ref":
        return _PSEUDO.get(argument)
    if name != "Fn::Sub" or any(found not in _PSEUDO for found in _VARIABLE.findall(argument)):
        return None
    return _VARIABLE.sub(lambda found: _PSEUDO[found.group(1)], argument)
