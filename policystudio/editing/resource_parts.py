"""A resource as its parts, as a form takes them: type, region, account, name; read, checked and written.

What has another shape (another service, a wildcard across types) is no parts and stays a text.
Source: ram-language, section 3; the types come from the catalogue.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

from policystudio.catalog.model import ALL_TYPES, Catalogue, ResourceType
from policystudio.ram.placeholders import normalise
from policystudio.ram.resources import Resource, split

EVERYTHING = "everything"
"""Beside the catalogue's types: every KMS resource of a region and account, `acs:kms:…:*`."""
OWN_REGION, OWN_ACCOUNT, ANY = "${region}", "${account}", "*"

_REGION = re.compile(r"[a-z0-9*?-]{1,64}")
_ACCOUNT = re.compile(r"[0-9*?]{1,32}")
# What would end the name, or make two names of it, and what nobody sees.
_NOT_IN_A_NAME = re.compile(r"[\s,:\"'<>]|[^\x20-\x7e]")


@dataclass(frozen=True, slots=True)
class Parts:
    """`type` is an id of the catalogue, or EVERYTHING. A container and EVERYTHING have no name, `all` nothing else."""

    type: str
    region: str = OWN_REGION
    account: str = OWN_ACCOUNT
    name: str = ANY


class PartProblem(NamedTuple):
    """What is wrong with one part, named by its field."""

    part: str
    code: str
    message: str


def has_name(catalogue: Catalogue, type_id: str) -> bool:
    """Whether resources of this type carry a name of their own."""
    kind = catalogue.resource_types.get(type_id)
    return kind is not None and kind.kind == "object"


def parts_of(catalogue: Catalogue, text: str) -> Parts | None:
    """The parts of a resource, or None for a shape that only the text can show."""
    if text == "*":
        return Parts(ALL_TYPES)
    fields = split(normalise(text))
    if fields is None or fields.service != catalogue.service:
        return None
    kind, name = _type_and_name(catalogue, fields.relative_id)
    if kind is None:
        return None
    parts = Parts(kind, fields.region, fields.account, name)
    return None if problems(catalogue, parts) else parts


def text_of(catalogue: Catalogue, parts: Parts) -> str:
    """The resource that the parts write; they must have no problems."""
    if parts.type == ALL_TYPES:
        return "*"
    kind = catalogue.resource_types.get(parts.type)
    return str(Resource(catalogue.service, parts.region, parts.account, _relative_id(kind, parts.name)))


def problems(catalogue: Catalogue, parts: Parts) -> tuple[PartProblem, ...]:
    """What keeps the parts from being a resource; wildcards and the two placeholders are fine."""
    if parts.type != EVERYTHING and parts.type not in catalogue.resource_types:
        return (PartProblem("type", "unknown-type", "choose a type of resource"),)
    if parts.type == ALL_TYPES:
        return ()
    found = []
    if parts.region != OWN_REGION and not _REGION.fullmatch(parts.region):
        message = "a region is small letters, digits and hyphens, such as `cn-hangzhou`"
        found.append(PartProblem("region", "bad-region", message))
    if parts.account != OWN_ACCOUNT and not _ACCOUNT.fullmatch(parts.account):
        message = "an account is its number, such as `1234567890123456`"
        found.append(PartProblem("account", "bad-account", message))
    if has_name(catalogue, parts.type):
        if not parts.name:
            message = "write the name, or `*` for all of them"
            found.append(PartProblem("name", "no-name", message))
        elif _NOT_IN_A_NAME.search(parts.name):
            message = "a name has no blanks, commas, colons or quotes; add several names one by one"
            found.append(PartProblem("name", "bad-name", message))
    return tuple(found)


def _relative_id(kind: ResourceType | None, name: str) -> str:
    if kind is None:
        return "*"
    return kind.word if kind.kind == "container" else f"{kind.word}/{name}"


def _type_and_name(catalogue: Catalogue, relative_id: str) -> tuple[str | None, str]:
    """The type of a relative id, and the name in it."""
    if relative_id == "*":
        return EVERYTHING, ANY
    word, slash, name = relative_id.partition("/")
    wanted = "object" if slash else "container"
    for kind in catalogue.resource_types.values():
        if kind.kind == wanted and kind.word == word:
            return kind.id, name if slash else ANY
    return None, ANY
