"""Choices for faults of structure, where more than one edit may be what the author meant.

Decision: RAM refuses such a document, so it grants nothing that one could compare with; a choice is marked as widening
where the wider of the possible readings is written. What only the author knows, such as a missing action, has none.
"""

from __future__ import annotations

from dataclasses import replace

from policystudio.ram.document import Effect, Kind
from policystudio.ram.finding import Edit, Fix, shown
from policystudio.ram.operators import all_operators
from policystudio.ram.patterns import fold
from policystudio.ram.reader import Json, JsonArray, JsonObject, JsonString
from policystudio.ram.repair import insert_first, one, remove_item, remove_member, rename
from policystudio.ram.schema.site import Site

_KEYS_HERE = "acs:kms:${region}:${account}:key/*"


def denies(site: Site) -> bool:
    """Whether the statement around the value surely denies."""
    statement = site.statement
    effect = statement.get("Effect") if statement else None
    return isinstance(effect, JsonString) and effect.text == Effect.DENY


def effects(site: Site, value: JsonObject) -> tuple[Fix, ...]:
    """Both effects for a statement without one; the one that allows nothing comes first."""
    source = site.source.text
    deny = one('add "Effect": "Deny"', insert_first(value, '"Effect": "Deny"', source))
    allow = one(
        'add "Effect": "Allow", which allows what is listed',
        insert_first(value, '"Effect": "Allow"', source),
    )
    return deny, replace(allow, widens=True)


def resources(site: Site, value: JsonObject) -> tuple[Fix, ...]:
    """All keys of the target, or everything, for a statement without resources."""
    if not value.members:
        return ()
    at = value.members[-1].value.end
    listed = ["*"] if site.kind is Kind.KEY_POLICY else [_KEYS_HERE, "*"]
    widens = not denies(site)
    effect = "which allows it on all of them" if widens else "which forbids it on all of them"
    return tuple(
        Fix(f'add "Resource": "{text}", {effect}', (Edit(at, at, f', "Resource": "{text}"'),), widens)
        for text in listed
    )


def one_of_two(site: Site, value: JsonObject, plain: str, negated: str) -> tuple[Fix, ...]:
    """One of an element and its negation; the negation of an Allow takes in everything else."""
    keep_plain = one(f"keep `{plain}`", remove_member(value, negated))
    if denies(site):
        return keep_plain, one(f"keep `{negated}`", remove_member(value, plain))
    widening = one(f"keep `{negated}`, which allows everything else", remove_member(value, plain))
    return keep_plain, replace(widening, widens=True)


def spellings(value: JsonObject, name: str, twin: str, documented: str | None) -> tuple[Fix, ...]:
    """One of two members that differ in letter case only, spelt as documented."""
    keep_twin = _keeping(value, twin, name, remove_member(value, name))
    if documented is None:
        return (keep_twin,)
    member = next(member for member in value.members if member.name == name)
    return keep_twin, _keeping(value, name, twin, remove_member(value, twin), rename(member, documented))


def _keeping(value: JsonObject, kept: str, dropped: str, *edits: Edit) -> Fix:
    """The choice to keep one of two; of two effects the one that denies less allows more."""
    title = f"keep the value of {shown(kept)}"
    if fold(kept) == fold("Effect") and _openness(value.get(kept)) > _openness(value.get(dropped)):
        return replace(one(f"{title}, which allows more", *edits), widens=True)
    return one(title, *edits)


def _openness(effect: Json | None) -> int:
    """0 for what surely denies, 2 for what surely allows, 1 for what could be either."""
    said = effect.text if isinstance(effect, JsonString) else ""
    return {str(Effect.DENY): 0, str(Effect.ALLOW): 2}.get(said, 1)


def without_item(site: Site) -> tuple[Fix, ...]:
    """The list without an item that does not belong there, when others are in it."""
    holder, last = site.holder, site.path[-1]
    if not isinstance(holder, JsonArray) or not isinstance(last, int) or len(holder.items) < 2:
        return ()
    return (one("remove it from the list", remove_item(holder, last)),)


def operators(site: Site, block: JsonObject, name: str) -> tuple[Fix, ...]:
    """The nearest operator of RAM for one of another cloud, or the condition without it."""
    choices = []
    instead = _counterpart(name)
    if instead is not None and block.get(instead) is None:
        member = next(member for member in block.members if member.name == name)
        choices.append(one(f"write `{instead}`", rename(member, instead)))
    removal = remove_member(block, name)
    if denies(site):
        choices.append(one("remove it, so that it is denied in any case", removal))
    else:
        choices.append(replace(one("remove it, so that it is allowed in any case", removal), widens=True))
    return tuple(choices)


def _counterpart(name: str) -> str | None:
    """RAM's operator of the same meaning for a request that carries the key."""
    plain = name.rpartition(":")[2].removesuffix("IfExists")
    for family in ("ArnEquals", "ArnLike"):
        plain = plain.replace(family, "StringLike")
    plain = plain.replace("ArnNotEquals", "StringNotLike").replace("ArnNotLike", "StringNotLike")
    return plain if plain in all_operators() else None
