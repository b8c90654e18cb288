"""Fills in a source for one target or for all regions of one account: values are replaced, never text.

A placeholder may stand in `Resource`, `NotResource` and in the values of a condition; anywhere else, or with another
name, it is an error and nothing is rendered. The result is read and parsed again before it is given out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from policystudio.ram import placeholders
from policystudio.ram.canonical import canonical
from policystudio.ram.document import Document, Statement, Text
from policystudio.ram.position import pointer
from policystudio.ram.reader import Json, JsonArray, JsonObject, JsonString, Limits, read

_RESOURCE_ELEMENTS = ("Resource", "NotResource")
_REGION = re.compile(r"[a-z0-9-]+")
_ACCOUNT = re.compile(r"[0-9]+")
RENDERED_LIMITS = Limits(max_bytes=64 * 1024 * 1024, max_values=10_000_000)
"""What rendering gives is read again; a source within the limits, repeated for every region, may be beyond them."""

Fill = Callable[[str], list[str]]
"""One text of the source → the texts that take its place, in order."""

Fillable = Callable[[Json], Json]
"""One text or a list of the source → what takes its place."""


class RegionMode(StrEnum):
    """How a policy with targets in several regions of one account becomes RAM policies."""

    SEPARATE = "separate"
    COMBINED = "combined"


class Target(NamedTuple):
    """One account and one region; sorts by account, then region."""

    account: str
    region: str


@dataclass(frozen=True, slots=True)
class Rendered:
    """The document of one target and the name that the RAM policy has there."""

    target: Target
    ram_name: str
    text: str


class RenderError(ValueError):
    """A placeholder is unknown, misplaced or left over at `path`; the validator says the same as a finding."""

    def __init__(self, message: str, path: str) -> None:
        super().__init__(message)
        self.path = path


def source_text(document: Document) -> str:
    """The canonical text of a source, `$<region>` written as `${region}`; what is stored, hashed and reviewed."""
    return canonical(_fill_in(document.value, _normalised))


def render(document: Document, target: Target) -> str:
    """The canonical text for one target.

    Raises: RenderError when a placeholder is left over.
    """
    return _render(document, target.account, [target.region])


def render_combined(document: Document, account: str, regions: Sequence[str]) -> str:
    """The canonical text for all `regions` of one account.

    A value with the region placeholder is repeated for each region, in the given order; what comes out equal, be it to
    a value without a placeholder, is kept once, at its first place. Raises: RenderError, as `render`.
    """
    return _render(document, account, regions)


def render_for(document: Document, targets: Iterable[Target], mode: RegionMode, name: str) -> list[Rendered]:
    """The document of every target, sorted; in the combined mode targets of one account share one text.

    Raises: RenderError, as `render`.
    """
    ordered = sorted(set(targets))
    if mode is RegionMode.SEPARATE:
        return [
            Rendered(target, ram_name(name, mode, target.region), render(document, target))
            for target in ordered
        ]
    regions: dict[str, list[str]] = {}
    for target in ordered:
        regions.setdefault(target.account, []).append(target.region)
    texts = {account: render_combined(document, account, those) for account, those in regions.items()}
    return [Rendered(target, name, texts[target.account]) for target in ordered]


def ram_name(name: str, mode: RegionMode, region: str) -> str:
    """The name of the RAM policy in an account: `<name>-<region>` when each region has its own, else `<name>`."""
    return f"{name}-{region}" if mode is RegionMode.SEPARATE else name


def _render(document: Document, account: str, regions: Sequence[str]) -> str:
    if not _ACCOUNT.fullmatch(account) or not regions or not all(map(_REGION.fullmatch, regions)):
        raise RenderError(f"not a target: account {account!r}, regions {list(regions)!r}", "")

    def fill(text: str) -> list[str]:
        several = regions if placeholders.mentions_region(text) else regions[:1]
        return [placeholders.substitute(text, {"region": region, "account": account}) for region in several]

    text = canonical(_fill_in(document.value, lambda value: _texts(value, fill)))
    _refuse_leftovers(text)
    return text


def surely_renders(document: Document, targets: Iterable[Target]) -> bool:
    """Whether every target can be rendered, where that is plain from the source as it is written."""
    text = document.source.text
    if not all(_ACCOUNT.fullmatch(account) and _REGION.fullmatch(region) for account, region in targets):
        return False
    if "\\" in text:
        return False  # a placeholder may be written with escapes
    if "$" not in text:
        return True
    return text.count("$") == placeholders.count_known(text) and not any(
        "$" in fixed.text for statement in document.statements for fixed in _never_filled(statement)
    )


def _never_filled(statement: Statement) -> Iterator[Text]:
    """The texts in which no placeholder is replaced."""
    yield from statement.actions
    yield from statement.not_actions
    for condition in statement.conditions:
        yield condition.key
    if statement.sid is not None:
        yield statement.sid


def with_texts(value: JsonObject, change: Callable[[str], str]) -> JsonObject:
    """The document with every text changed that stands where a placeholder may; a list stays a list."""

    def changed(inner: Json) -> Json:
        if isinstance(inner, JsonString):
            return inner._replace(text=change(inner.text))
        if isinstance(inner, JsonArray):
            return inner._replace(items=tuple(map(changed, inner.items)))
        return inner

    return _fill_in(value, changed)


def with_texts_once(value: JsonObject, change: Callable[[str], str]) -> JsonObject:
    """The same, but of entries of one list that come out equal by the change the first alone is kept."""
    return _fill_in(value, lambda inner: _texts(inner, lambda text: [change(text)]))


def _fill_in(value: JsonObject, fill: Fillable) -> JsonObject:
    """The document with `fill` applied wherever a placeholder may stand."""
    members = []
    for member in value.members:
        if member.name == "Statement" and isinstance(member.value, JsonArray):
            items = tuple(
                _statement(item, fill) if isinstance(item, JsonObject) else item
                for item in member.value.items
            )
            member = member._replace(value=member.value._replace(items=items))
        members.append(member)
    return value._replace(members=tuple(members))


def _statement(statement: JsonObject, fill: Fillable) -> JsonObject:
    members = []
    for member in statement.members:
        if member.name in _RESOURCE_ELEMENTS:
            member = member._replace(value=fill(member.value))
        elif member.name == "Condition" and isinstance(member.value, JsonObject):
            member = member._replace(value=_condition(member.value, fill))
        members.append(member)
    return statement._replace(members=tuple(members))


def _condition(block: JsonObject, fill: Fillable) -> JsonObject:
    operators = []
    for operator in block.members:
        if isinstance(operator.value, JsonObject):
            keys = tuple(key._replace(value=fill(key.value)) for key in operator.value.members)
            operator = operator._replace(value=operator.value._replace(members=keys))
        operators.append(operator)
    return block._replace(members=tuple(operators))


def _texts(value: Json, fill: Fill) -> Json:
    """One text or a list, filled in; what did not change keeps its form, a text that became several is a list."""
    if isinstance(value, JsonString):
        filled = list(dict.fromkeys(fill(value.text)))
        if len(filled) == 1:
            return value._replace(text=filled[0])
        return JsonArray(value.start, value.end, tuple(value._replace(text=text) for text in filled))
    if not isinstance(value, JsonArray):
        return value
    made = {
        text
        for item in value.items
        if isinstance(item, JsonString)
        for text in fill(item.text)
        if text != item.text
    }
    items: list[Json] = []
    seen: set[str] = set()
    for item in value.items:
        if not isinstance(item, JsonString):
            items.append(item)
            continue
        for text in fill(item.text):
            # An entry that the author wrote twice stays twice, a finding tells of it; only our own repeats are dropped.
            if text not in made or text not in seen:
                items.append(item._replace(text=text))
            seen.add(text)
    return value._replace(items=tuple(items))


def _normalised(value: Json) -> Json:
    """One text or a list with its placeholders in the stored form; every entry stays, equal ones too."""
    if isinstance(value, JsonString):
        return value._replace(text=placeholders.normalise(value.text))
    if isinstance(value, JsonArray):
        return value._replace(items=tuple(map(_normalised, value.items)))
    return value


def _refuse_leftovers(text: str) -> None:
    if "${" not in text and "$<" not in text:
        return  # JSON may write these characters as escapes, `canonical` never does
    value = read(text, RENDERED_LIMITS).value
    assert value is not None  # what `canonical` writes can be read
    for path, found in _strings(value, ()):
        if "${" in found or "$<" in found:
            raise RenderError(f"a placeholder is left over at {path}", path)


def _strings(value: Json, parts: tuple[str | int, ...]) -> Iterable[tuple[str, str]]:
    """Every text of the value, names of members included, with its JSON Pointer."""
    match value:
        case JsonString():
            yield pointer(*parts), value.text
        case JsonArray():
            for index, item in enumerate(value.items):
                yield from _strings(item, (*parts, index))
        case JsonObject():
            for member in value.members:
                yield pointer(*parts, member.name), member.name
                yield from _strings(member.value, (*parts, member.name))
