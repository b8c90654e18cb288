"""Takes policies out of Terraform's JSON: configuration, the output of `terraform show -json`, and state files.

Source: the alicloud provider, resource `alicloud_ram_policy` and data source `alicloud_ram_policy_document`; Terraform,
JSON configuration syntax, JSON output format.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from policystudio.ram.position import pointer
from policystudio.ram.reader import plain, read
from policystudio.ram.unpacking.found import WRAPPED_LIMITS
from policystudio.ram.unpacking.letter import Letter
from policystudio.ram.unpacking.terraform_statements import document_of

POLICY = "alicloud_ram_policy"
DOCUMENT = "alicloud_ram_policy_document"
_REFERENCE = re.compile(r"\$\{\s*data\.alicloud_ram_policy_document\.([\w-]+)\.document\s*\}")
_EXPRESSION = re.compile(r"(?<!\$)\$\{(?!region\}|account\})[^}]*\}?|%\{")
_NOTE = "expressions of Terraform are left in the document, such as `{}`; RAM knows none of them"

Parts = tuple[str | int, ...]
Kinded = tuple[str, Letter]
"""What Terraform calls it, and the document."""


def letters(value: Any) -> list[Letter] | None:
    """The policies in a plain value, or None when it is nothing of Terraform's."""
    if not isinstance(value, dict):
        return None
    if "format_version" in value and ("values" in value or "planned_values" in value):
        return _unique(_shown(value))
    if "terraform_version" in value and isinstance(value.get("resources"), list):
        return _unique(_state(value["resources"]))
    found = [name for name in ("resource", "data") if _is_ours(value.get(name))]
    return _configured(value) if found else None


def _is_ours(blocks: Any) -> bool:
    return any(POLICY in block or DOCUMENT in block for block in _blocks(blocks))


def _blocks(value: Any) -> list[dict[str, Any]]:
    """The bodies of a block type: one object, or a list of them."""
    return [item for item in (value if isinstance(value, list) else [value]) if isinstance(item, dict)]


def _labelled(
    value: dict[str, Any], kind: str, block_type: str
) -> Iterator[tuple[str, dict[str, Any], Parts]]:
    for block in _blocks(value.get(kind)):
        for labels in _blocks(block.get(block_type)):
            for label, bodies in labels.items():
                for body in _blocks(bodies):
                    yield label, body, (kind, block_type, label)


def _configured(value: dict[str, Any]) -> list[Letter]:
    """From configuration; a policy that only refers to a document of this file lends it its name."""
    found: list[Letter] = []
    named: dict[str, tuple[str, str]] = {}
    for label, body, parts in _labelled(value, "resource", POLICY):
        name, description = _first(body, "policy_name", "name") or label, _first(body, "description")
        text = _first(body, "policy_document", "document")
        reference = _REFERENCE.fullmatch(text.strip())
        if reference is not None:
            named.setdefault(reference.group(1), (name, description))
        elif text:
            found.append(_noted(Letter(_unescaped(text), pointer(*parts), name, description=description)))
        elif "statement" in body:
            found.append(_translated(body, pointer(*parts), name, description, is_configuration=True))
    for label, body, parts in _labelled(value, "data", DOCUMENT):
        name, description = named.get(label, (label, ""))
        found.append(_translated(body, pointer(*parts), name, description, is_configuration=True))
    return found


def _shown(value: dict[str, Any]) -> Iterator[Kinded]:
    """From `terraform show -json`: what will be, else what is; documents that were read before come from the latter."""
    planned = value.get("planned_values")
    if isinstance(planned, dict):
        yield from _module(planned.get("root_module"), ("planned_values", "root_module"), {POLICY, DOCUMENT})
        prior = value.get("prior_state")
        before = prior.get("values") if isinstance(prior, dict) else None
        if isinstance(before, dict):
            yield from _module(
                before.get("root_module"), ("prior_state", "values", "root_module"), {DOCUMENT}
            )
    elif isinstance(value.get("values"), dict):
        yield from _module(value["values"].get("root_module"), ("values", "root_module"), {POLICY, DOCUMENT})


def _module(module: Any, parts: Parts, kinds: set[str]) -> Iterator[Kinded]:
    if not isinstance(module, dict):
        return
    for index, resource in enumerate(_listed(module, "resources")):
        if isinstance(resource, dict) and resource.get("type") in kinds:
            values, where = resource.get("values"), (*parts, "resources", index)
            if isinstance(values, dict):
                yield from _stored(str(resource["type"]), str(resource.get("name", "")), values, where)
    for index, child in enumerate(_listed(module, "child_modules")):
        yield from _module(child, (*parts, "child_modules", index), kinds)


def _state(resources: list[Any]) -> Iterator[Kinded]:
    for index, resource in enumerate(resources):
        if not isinstance(resource, dict) or resource.get("type") not in (POLICY, DOCUMENT):
            continue
        for turn, instance in enumerate(_listed(resource, "instances")):
            attributes = instance.get("attributes") if isinstance(instance, dict) else None
            if isinstance(attributes, dict):
                where = ("resources", index, "instances", turn)
                yield from _stored(str(resource["type"]), str(resource.get("name", "")), attributes, where)


def _listed(value: dict[str, Any], name: str) -> list[Any]:
    found = value.get(name)
    return found if isinstance(found, list) else []


def _stored(kind: str, label: str, values: dict[str, Any], parts: Parts) -> Iterator[Kinded]:
    name = (_first(values, "policy_name", "name") if kind == POLICY else "") or label
    text = _first(values, "policy_document", "document")
    if text:
        yield kind, Letter(text, pointer(*parts), name, description=_first(values, "description"))
    elif values.get("statement"):
        description = _first(values, "description")
        yield kind, _translated(values, pointer(*parts), name, description, is_configuration=False)


def _translated(
    body: dict[str, Any], path: str, name: str, description: str, *, is_configuration: bool
) -> Letter:
    """The document that statement blocks stand for."""
    text, notes = document_of(body, _unescaped if is_configuration else str)
    return _noted(Letter(text, path, name, description=description, notes=notes))


def _noted(letter: Letter) -> Letter:
    expression = _EXPRESSION.search(letter.text)
    if expression is None:
        return letter
    return letter._replace(notes=(*letter.notes, _NOTE.format(expression.group()[:60].replace("`", "'"))))


def _unescaped(text: str) -> str:
    """A text of the configuration as Terraform reads it, where two signs keep it from filling in."""
    return text.replace("$${", "${").replace("%%{", "%{")


def _first(body: dict[str, Any], *names: str) -> str:
    """The first of the members that is a text with something in it."""
    return next((body[name] for name in names if isinstance(body.get(name), str) and body[name]), "")


def _unique(found: Iterable[Kinded]) -> list[Letter]:
    """Without the documents that stand there once more as the data source which a policy was made from."""
    kept: list[Letter] = []
    of_policies: list[Any] = []
    # Policies first, and otherwise in their order.
    for kind, letter in sorted(found, key=lambda pair: pair[0] != POLICY):
        value = read(letter.text, WRAPPED_LIMITS).value
        meaning = letter.text if value is None else plain(value)
        if kind == POLICY:
            of_policies.append(meaning)
        if kind == POLICY or meaning not in of_policies:
            kept.append(letter)
    return kept
