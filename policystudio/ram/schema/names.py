"""Names that do not belong where they stand: which name was meant, and what the finding is called.

Source: ram-language, section 1: element names are taken exactly as spelt, everything else is refused.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from difflib import get_close_matches
from itertools import islice

from policystudio.ram import placeholders
from policystudio.ram.document import Kind
from policystudio.ram.finding import MAX_FINDINGS, Finding, Fix, shown
from policystudio.ram.operators import all_operators
from policystudio.ram.patterns import fold
from policystudio.ram.reader import JsonArray, JsonObject
from policystudio.ram.repair import one, remove_member, rename, replace, wrap_in_statement
from policystudio.ram.schema import choices
from policystudio.ram.schema.site import Role, Site

ROOT_ELEMENTS = ("Version", "Statement")
STATEMENT_ELEMENTS = (
    "Sid",
    "Effect",
    "Principal",
    "Action",
    "NotAction",
    "Resource",
    "NotResource",
    "Condition",
)
_PRINCIPALS = ("Principal", "NotPrincipal")
_EXCLUDED_BY = {
    "Action": "NotAction",
    "NotAction": "Action",
    "Resource": "NotResource",
    "NotResource": "Resource",
}
"""A statement has one of each pair; the other beside it would be another fault."""
_Spellings = dict[str, list[str]]
"""A name in small letters → how it is spelt in an object."""

# Shorter names are near to anything: `Id`, which other clouds have, is no slip for `Sid`.
_LEAST_LENGTH = 4
_KIND = {Kind.IDENTITY: "a custom policy", Kind.TRUST: "a trust policy", Kind.KEY_POLICY: "a key policy"}


def meant(name: str, known: Collection[str]) -> str | None:
    """The one of `known` that `name` probably stands for, or None."""
    same = next((k for k in known if fold(k) == fold(name)), None)
    if same is not None:
        return same
    if len(name) < _LEAST_LENGTH:
        return None
    close = get_close_matches(fold(name), [fold(k) for k in known], n=1, cutoff=0.72)
    return next((k for k in known if fold(k) == close[0]), None) if close else None


def misnamed(value: JsonObject, known: Collection[str]) -> set[str]:
    """The elements that some wrongly named member of `value` was meant to be; they are not missing besides."""
    guesses = (meant(name, known) for name in _unknown(value, known))
    return {guess for guess in guesses if guess is not None}


def _unknown(value: JsonObject, known: Collection[str]) -> list[str]:
    """The names of `value` that are not among `known`, as many as are shown and one more."""
    return list(islice((m.name for m in value.members if m.name not in known), MAX_FINDINGS + 1))


def strangers(site: Site, known: Collection[str]) -> list[Finding]:
    """A finding for each member of the object at `site` whose name is not among `known`."""
    value = site.value
    assert isinstance(value, JsonObject)  # `additionalProperties` speaks of objects only
    extra = _unknown(value, known)
    if site.role is Role.CONDITION:
        return [_operator(site, value, name) for name in extra]
    spellings: _Spellings = defaultdict(list)
    for member in value.members:
        spellings[fold(member.name)].append(member.name)
    if site.role is Role.DOCUMENT and is_lone_statement(value):
        lone = [name for name in extra if name in STATEMENT_ELEMENTS]
        rest = [name for name in extra if name not in STATEMENT_ELEMENTS]
        return [
            _lone_statement(site, value, lone),
            *(_element(site, value, name, known, spellings) for name in rest),
        ]
    return [_element(site, value, name, known, spellings) for name in extra]


def is_lone_statement(document: JsonObject) -> bool:
    """Whether somebody left out the list of statements and wrote the elements of one straight into the document."""
    names = {member.name for member in document.members}
    return "Statement" not in names and not names.isdisjoint(STATEMENT_ELEMENTS)


def _lone_statement(site: Site, value: JsonObject, names: list[str]) -> Finding:
    order = [member.name for member in value.members]
    first, last = names[0], names[-1]
    are_neighbours = order.index(last) - order.index(first) == len(names) - 1
    fix = (
        one("put them into a list of statements", *wrap_in_statement(value, first, last))
        if are_neighbours
        else None
    )
    message = (
        f"{shown(first)} stands outside a statement; put it and its like into `Statement`, a list of objects"
    )
    return site.finding_at_name(first, "element-at-wrong-level", message, fix)


def _element(
    site: Site, value: JsonObject, name: str, known: Collection[str], spellings: _Spellings
) -> Finding:
    is_root = site.role is Role.DOCUMENT
    removal = one(f"remove {shown(name)}", remove_member(value, name))
    if not is_root and site.kind is Kind.IDENTITY and name in _PRINCIPALS and site.role is Role.STATEMENT:
        message = (
            f"{shown(name)} belongs to trust, key and secret policies; a custom policy is attached instead"
        )
        return site.finding_at_name(name, "principal-in-identity-policy", message, removal)
    if site.role in (Role.DOCUMENT, Role.STATEMENT) and name in (
        STATEMENT_ELEMENTS if is_root else ROOT_ELEMENTS
    ):
        return _wrong_level(site, value, name, is_root)
    twin = next((other for other in spellings[fold(name)] if other != name), None)
    if twin is not None:
        message = f"{shown(name)} and {shown(twin)} differ only in letter case; keep one of them, spelt as documented"
        offered = choices.spellings(value, name, twin, meant(name, known))
        return site.finding_at_name(name, "members-differ-only-in-case", message, choices=offered)
    guess = meant(name, known)
    if guess is None:
        message = f"{_KIND[site.kind]} has no element {shown(name)} here; remove it, RAM refuses it"
        return site.finding_at_name(name, "unknown-element", message, removal)
    code = "wrong-case-in-element" if fold(guess) == fold(name) else "misspelt-element"
    fix = _renaming(value, name, guess)
    message = f"there is no element {shown(name)}; write `{guess}`, letter case counts"
    return site.finding_at_name(name, code, message, fix)


def _wrong_level(site: Site, value: JsonObject, name: str, is_root: bool) -> Finding:
    if is_root:
        message = f"{shown(name)} belongs inside a statement, not beside `Statement`"
        return site.finding_at_name(
            name, "element-at-wrong-level", message, _move_into_statement(site, value, name)
        )
    message = f"{shown(name)} belongs to the document, not inside a statement; remove it here"
    fix = one(f"remove {shown(name)} from the statement", remove_member(value, name))
    return site.finding_at_name(name, "element-at-wrong-level", message, fix)


def _move_into_statement(site: Site, value: JsonObject, name: str) -> Fix | None:
    """Offered when there is one statement and it lacks the element, so that nothing is guessed.

    Where every statement has its own already, the element is taken out.
    """
    statements = value.get("Statement")
    if (
        isinstance(statements, JsonArray)
        and statements.items
        and all(isinstance(item, JsonObject) and item.get(name) is not None for item in statements.items)
    ):
        return one(f"remove {shown(name)}, as every statement has its own", remove_member(value, name))
    if not isinstance(statements, JsonArray) or len(statements.items) != 1:
        return None
    statement = statements.items[0]
    if not isinstance(statement, JsonObject) or not statement.members:
        return None
    if statement.get(name) is not None or statement.get(_EXCLUDED_BY.get(name, name)) is not None:
        return None
    member = next(m for m in value.members if m.name == name)
    last = statement.members[-1].value
    text = ", " + site.source.text[member.name_start : member.value.end]
    insertion = replace(last._replace(start=last.end), text)
    return one(f"move {shown(name)} into the statement", remove_member(value, name), insertion)


def _operator(site: Site, value: JsonObject, name: str) -> Finding:
    if next(placeholders.find(name), None) is not None:
        message = f"nothing is replaced in {shown(name)}; write the operator itself"
        return site.finding_at_name(name, "placeholder-out-of-place", message)
    known = all_operators()
    same = next((operator for operator in known if fold(operator) == fold(name)), None)
    if same is not None:
        message = f"{shown(name)} is not spelt as RAM spells it; write `{same}`"
        return site.finding_at_name(name, "wrong-case-in-operator", message, _renaming(value, name, same))
    if _is_of_another_cloud(name):
        message = f"RAM has no operator {shown(name)}, another cloud has; RAM refuses the document"
        offered = choices.operators(site, value, name)
        return site.finding_at_name(name, "operator-of-another-cloud", message, choices=offered)
    guess = meant(name, known)
    if guess is None:
        message = (
            f"there is no condition operator {shown(name)}; an operator such as `StringEquals` belongs here"
        )
        return site.finding_at_name(name, "unknown-operator", message)
    message = f"there is no condition operator {shown(name)}; did you mean `{guess}`?"
    return site.finding_at_name(name, "unknown-operator", message, _renaming(value, name, guess))


def _is_of_another_cloud(name: str) -> bool:
    """Source: ram-language, section 4: RAM refuses existence tests; it has no operators on names or binary values."""
    proper = fold(name.rpartition(":")[2])
    return proper == "null" or proper.endswith("ifexists") or proper.startswith(("arn", "binary"))


def _renaming(value: JsonObject, name: str, new: str) -> Fix | None:
    """A change of name, unless the new name is taken, or the object has one that excludes it."""
    other = _EXCLUDED_BY.get(new, new)
    if value.get(new) is not None or (other != name and value.get(other) is not None):
        return None
    return one(f"write `{new}`", rename(next(m for m in value.members if m.name == name), new))
