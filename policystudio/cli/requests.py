"""The request that a command is asked about: a file with JSON as the API takes it, options, or both."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.management.base import CommandError, CommandParser

from policystudio.analysis.request import Request, faults, text_of
from policystudio.cli.documents import FAILED, shown_name, text_in
from policystudio.ram.finding import shown
from policystudio.ram.position import pointer
from policystudio.ram.reader import Json, JsonObject, JsonString, plain, read


@dataclass(frozen=True, slots=True)
class _Asked:
    """A request in the making; `places` says for each pointer into it where that was written."""

    values: dict[str, str] = field(default_factory=dict)
    context: dict[str, str] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)


def add_request_arguments(parser: CommandParser) -> None:
    """The options that make up a request."""
    asked = parser.add_argument_group("the request", "options go before what the file says")
    asked.add_argument("--request", metavar="FILE", help="JSON with action, resource and context, or `-`")
    asked.add_argument("--action", metavar="CODE:NAME", help="such as kms:Decrypt")
    asked.add_argument("--resource", metavar="NAME", help="in full, or `*` for an operation without resource")
    asked.add_argument(
        "--context",
        metavar="KEY=VALUE",
        action="append",
        default=[],
        help="what the request carries for a condition key; may be given several times",
    )


def request_in(options: Mapping[str, Any]) -> Request:
    """The request that the options make up. Raises: CommandError with every fault and its place."""
    asked = _Asked()
    if options["request"] is not None:
        _add_file(asked, options["request"])
    _add_options(asked, options)
    missing = [f"--{name}" for name in ("action", "resource") if name not in asked.values]
    if missing:
        raise CommandError(
            f"a request is needed; give {' and '.join(missing)}, or --request", returncode=FAILED
        )
    request = Request(asked.values["action"], asked.values["resource"], asked.context)
    found = [f"{asked.places[fault.pointer]}: {fault.detail} [{fault.code}]" for fault in faults(request)]
    if found:
        raise CommandError("\n".join(found), returncode=FAILED)
    return request


def _add_options(asked: _Asked, options: Mapping[str, Any]) -> None:
    for name in ("action", "resource"):
        if options[name] is not None:
            asked.values[name] = options[name]
            asked.places[pointer(name)] = f"--{name}"
    seen = set()
    for pair in options["context"]:
        key, sign, value = pair.partition("=")
        if not sign:
            raise CommandError(f"--context: write KEY=VALUE, not {shown(pair)}", returncode=FAILED)
        if key in seen:
            raise CommandError(
                f"--context: {shown(key)} is given twice; a key has one value", returncode=FAILED
            )
        seen.add(key)
        asked.context[key] = value
        asked.places[pointer("context", key)] = "--context"


def _add_file(asked: _Asked, name: str) -> None:
    reading = read(text_in(name))
    if reading.value is None:
        lines = (f"{shown_name(name)}:{f.line}:{f.column}: {f.message} [{f.code}]" for f in reading.findings)
        raise CommandError("\n".join(lines), returncode=FAILED)

    def place(offset: int) -> str:
        found = reading.source.place(offset)
        return f"{shown_name(name)}:{found.line}:{found.column}"

    wrong = []
    for at, value, path, detail in _members(reading.value):
        asked.places[path] = place(at)
        if detail:
            wrong.append(f"{place(at)}: {detail}")
        elif path.startswith("/context/"):
            asked.context[value[0]] = value[1]
        else:
            asked.values[value[0]] = value[1]
    if wrong:
        raise CommandError("\n".join(wrong), returncode=FAILED)


def _members(value: Json) -> Iterator[tuple[int, tuple[str, str], str, str]]:
    """Offset, name with text, pointer and what is wrong, for each member of the request and of its context."""
    if not isinstance(value, JsonObject):
        yield value.start, ("", ""), "", "a request is an object with `action`, `resource` and `context`"
        return
    for member in value.members:
        at, path = member.value.start, pointer(member.name)
        if member.name in ("action", "resource"):
            text = member.value.text if isinstance(member.value, JsonString) else ""
            detail = "" if isinstance(member.value, JsonString) else f"`{member.name}` is a text"
            yield at, (member.name, text), path, detail
        elif member.name != "context":
            detail = f"a request has no {shown(member.name)}; it has `action`, `resource` and `context`"
            yield member.name_start, ("", ""), path, detail
        elif not isinstance(member.value, JsonObject):
            yield at, ("", ""), path, "`context` is an object of keys, each with its value"
        else:
            for key in member.value.members:
                given = text_of(plain(key.value))
                detail = "" if given is not None else "a key has one value: a text, a number or a boolean"
                yield key.value.start, (key.name, given or ""), path + pointer(key.name), detail
