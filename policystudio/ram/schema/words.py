"""What an error of the schema is called and what a person is told: code, sentence, place and offered edit.

One function for each keyword of JSON Schema that ours use; the codes name the bad pattern, as everywhere.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from jsonschema.exceptions import ValidationError

from policystudio.ram.finding import Finding, Fix, Severity, found, shown
from policystudio.ram.patterns import fold
from policystudio.ram.position import Source
from policystudio.ram.reader import Json, JsonArray, JsonLiteral, JsonNumber, JsonObject, JsonString
from policystudio.ram.repair import (
    insert_first,
    one,
    remove_item,
    remove_member,
    rename,
    replace,
    replace_text,
    wrap_in_list,
)
from policystudio.ram.schema import choices
from policystudio.ram.schema.names import STATEMENT_ELEMENTS, is_lone_statement, misnamed, strangers
from policystudio.ram.schema.site import Role, Site

BLANKS = " \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000"
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


def explain(error: ValidationError, site: Site) -> list[Finding]:
    """The findings that say what `error` means; none when another finding says it already."""
    return _EXPLAIN[error.validator](error, site)


def statement_not_in_list(source: Source, document: JsonObject) -> Finding:
    """Source: ram-language, section 1: whether RAM takes a lone statement is not documented, so it is refused."""
    statement = document.get("Statement")
    assert statement is not None  # the caller has just looked at it
    return found(
        source,
        "statement-not-in-list",
        Severity.ERROR,
        "`Statement` is a list, also for a single statement; put brackets around it",
        offset=statement.start,
        path="/Statement",
        fix=one("put brackets around the statement", *wrap_in_list(statement)),
    )


def _type(error: ValidationError, site: Site) -> list[Finding]:
    value = site.value
    if site.role is Role.CONDITION:
        message = f"`Condition` is an object of operators, not {_named(value)}"
        return [site.finding("condition-not-an-object", message)]
    if site.role is Role.VALUE and isinstance(value, (JsonNumber, JsonLiteral)) and site.typed != "null":
        fix = one("put the value in quotes", replace_text(value, site.typed))
        message = f'condition values are text; write `"{site.typed}"` in double quotes'
        return [site.finding("unquoted-condition-value", message, fix)]
    expected = {
        Role.STATEMENTS: "`Statement` is a list of statements",
        Role.STATEMENT: "a statement is an object",
        Role.PRINCIPAL: '`Principal` is an object such as `{"RAM": […]}`',
        Role.OPERATOR: "an operator holds an object of condition keys",
        Role.VALUE: "a condition value is text",
        Role.SID: "`Sid` is text",
    }.get(site.role, f"`{site.element}` is a text or a list of text")
    message = f"{expected}, not {_named(value)}"
    return [site.finding("value-of-wrong-type", message, choices=choices.without_item(site))]


def _const(error: ValidationError, site: Site) -> list[Finding]:
    if site.role is Role.VERSION:
        fix = one('write "1"', replace(site.value, '"1"'))
        message = f'the version is the text `"1"`, not {shown(site.typed)}; there is no other'
        return [site.finding("wrong-version", message, fix)]
    message = "the only resource of a key or secret policy is `*`, the key or secret that it is kept with"
    return [site.finding("resource-in-key-policy", message, one('write "*"', replace(site.value, '"*"')))]


def _enum(error: ValidationError, site: Site) -> list[Finding]:
    wanted = {"allow": "Allow", "deny": "Deny"}.get(fold(site.text.strip()))
    fix = one(f'write "{wanted}"', replace_text(site.value, wanted)) if wanted else None
    message = f"an effect is exactly `Allow` or `Deny`, not {shown(site.typed)}"
    return [site.finding("unknown-effect", message, fix)]


def _required(error: ValidationError, site: Site) -> list[Finding]:
    value = site.value
    assert isinstance(value, JsonObject)  # `required` speaks of objects only
    present = {member.name for member in value.members} | misnamed(value, tuple(error.schema["properties"]))
    if site.role is Role.DOCUMENT and is_lone_statement(value):
        present.add("Statement")
    missing = [name for name in error.validator_value if name not in present]
    return [_missing(site, value, name) for name in missing]


def _missing(site: Site, value: JsonObject, name: str) -> Finding:
    if name == "Version":
        fix = one("add the version", insert_first(value, '"Version": "1"', site.source.text))
        return site.finding("missing-version", 'there is no `Version`; add `"Version": "1"`', fix)
    code, message = {
        "Statement": (
            "missing-statement-list",
            "there is no `Statement`; add a list with at least one statement",
        ),
        "Effect": ("missing-effect", "this statement has no `Effect`; say `Allow` or `Deny`"),
        "Action": ("missing-action", "this statement has no `Action`; list what it is about"),
        "Resource": ("missing-resource", "this statement has no `Resource`; list what it applies to"),
        "Principal": ("missing-principal", "this statement has no `Principal`; say whom it speaks of"),
        "RAM": ("missing-principal", "this `Principal` has no `RAM`; list accounts, users or roles there"),
    }[name]
    offered = {"Effect": choices.effects, "Resource": choices.resources}.get(name)
    return site.finding(code, message, choices=offered(site, value) if offered else ())


def _one_of(error: ValidationError, site: Site) -> list[Finding]:
    """Exactly one of an element and its negation."""
    value = site.value
    if not isinstance(value, JsonObject):
        return []
    plain_name, negated = (option["required"][0] for option in error.validator_value)
    names = {member.name for member in value.members}
    if {plain_name, negated} <= names:
        code = "action-and-not-action" if plain_name == "Action" else "resource-and-not-resource"
        message = f"`{plain_name}` and `{negated}` exclude each other; keep one"
        offered = choices.one_of_two(site, value, plain_name, negated)
        return [site.finding_at_name(negated, code, message, choices=offered)]
    if not {plain_name, negated}.isdisjoint(misnamed(value, STATEMENT_ELEMENTS)):
        return []
    if plain_name == "Action":
        return [
            site.finding(
                "missing-action", "this statement has neither `Action` nor `NotAction`; list what it is about"
            )
        ]
    return [_missing(site, value, "Resource")]


def _min_items(error: ValidationError, site: Site) -> list[Finding]:
    if site.role is Role.STATEMENTS:
        return [site.finding("empty-statement-list", "there is no statement in the list; add at least one")]
    code = {
        "Action": "empty-action-list",
        "NotAction": "empty-action-list",
        "Resource": "empty-resource-list",
        "NotResource": "empty-resource-list",
    }.get(site.element, "empty-principal-list")
    return [
        site.finding(code, f"this list of `{site.element}` is empty, so the statement does nothing; fill it")
    ]


def _min_length(error: ValidationError, site: Site) -> list[Finding]:
    holder, last = site.holder, site.path[-1]
    fix: Fix | None = None
    if isinstance(holder, JsonArray) and isinstance(last, int) and len(holder.items) > 1:
        fix = one("remove the empty text", remove_item(holder, last))
    elif isinstance(holder, JsonObject) and site.role is Role.SID:
        fix = one("remove the empty `Sid`", remove_member(holder, "Sid"))
    return [
        site.finding("empty-text-in-list", f"an empty text in `{site.element}` fits nothing; remove it", fix)
    ]


def _not(error: ValidationError, site: Site) -> list[Finding]:
    """A control character, or a blank at either end, in a text or in the name of a condition key."""
    text = error.instance
    is_name = isinstance(site.value, JsonObject)
    findings = []
    control = _CONTROL.search(text)
    if control:
        cleaned = _CONTROL.sub("", text)
        message = f"{shown(text)} holds a control character (U+{ord(control.group()):04X}); remove it"
        findings.append(_odd_text(site, text, is_name, "control-character-in-string", message, cleaned))
    if site.role not in (Role.VALUE, Role.SID) and text != text.strip(BLANKS):
        message = f"{shown(text)} starts or ends with a blank, which counts as a part of it; remove the blank"
        findings.append(_odd_text(site, text, is_name, "space-around-value", message, text.strip(BLANKS)))
    return findings


def _odd_text(site: Site, text: str, is_name: bool, code: str, message: str, better: str) -> Finding:
    if not is_name:
        return site.finding(code, message, one("remove it", replace_text(site.value, better)))
    value = site.value
    assert isinstance(value, JsonObject)  # said by `is_name`
    member = next(m for m in value.members if m.name == text)
    fix = None if value.get(better) is not None else one("remove it", rename(member, better))
    return site.finding_at_name(text, code, message, fix)


def _additional_properties(error: ValidationError, site: Site) -> list[Finding]:
    return strangers(site, tuple(error.schema.get("properties", ())))


def _max_length(error: ValidationError, site: Site) -> list[Finding]:
    message = f"a `Sid` has at most {error.validator_value} characters; this one has {len(site.text)}"
    return [site.finding("statement-id-too-long", message)]


def _pattern(error: ValidationError, site: Site) -> list[Finding]:
    message = f"a key or secret policy speaks of `kms:` actions only, not of {shown(site.text)}"
    return [site.finding("action-outside-kms", message)]


def _min_properties(error: ValidationError, site: Site) -> list[Finding]:
    return [
        site.finding(
            "missing-principal", "this `Principal` names nobody; add `RAM`, `Service` or `Federated`"
        )
    ]


_EXPLAIN: dict[Any, Callable[[ValidationError, Site], list[Finding]]] = {
    "type": _type,
    "const": _const,
    "enum": _enum,
    "required": _required,
    "oneOf": _one_of,
    "minItems": _min_items,
    "minLength": _min_length,
    "maxLength": _max_length,
    "minProperties": _min_properties,
    "not": _not,
    "pattern": _pattern,
    "additionalProperties": _additional_properties,
}


def _named(value: Json) -> str:
    match value:
        case JsonObject():
            return "an object"
        case JsonArray():
            return "a list"
        case JsonString():
            return "a text"
        case JsonNumber():
            return "a number"
        case JsonLiteral():
            return "null" if value.value is None else "a boolean"
