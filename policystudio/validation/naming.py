"""Judgements on resource names that several rules share."""

from __future__ import annotations

import re
from functools import lru_cache

from policystudio.catalog.lookup import nearest
from policystudio.catalog.model import Catalogue
from policystudio.ram import placeholders
from policystudio.ram.document import Statement, Text
from policystudio.ram.patterns import fold, has_wildcard, matches
from policystudio.ram.resources import Resource, split
from policystudio.validation.confidence import weakest
from policystudio.validation.context import Context
from policystudio.validation.repairs import Replace

_JOINT = re.compile(r"[ ]*[,;][ ]*(?=acs:)")
OTHER_CLOUDS = ("arn:", "qcs:", "//", "/subscriptions/", "projects/", "urn:", "hrn:")
"""How resource names of other clouds begin, in lower case."""

SHAPE_CODES = (
    "malformed-resource",
    "resource-of-another-cloud",
    "missing-resource-field",
    "resources-joined-by-comma",
    "resources-joined-by-comma-in-deny",
    "wrong-case-in-resource",
    "resource-of-other-service",
    "resource-of-other-service-in-deny",
    "unknown-resource-type",
    "unknown-resource-type-in-deny",
    "swapped-placeholders",
)
"""What is said of a resource whose name is wrong as such; that it fits no action would repeat it."""


def is_withholding(statement: Statement) -> bool:
    """Whether the resources that it lists take access away: named by a Deny, or left out of an Allow."""
    # A statement has either resources or exceptions, so no search for the entry is needed.
    return statement.is_allow == bool(statement.not_resources)


def has_placeholder(text: str) -> bool:
    """Whether something in `text` is, or was meant to be, a placeholder."""
    return next(placeholders.find(text), None) is not None


def kms_fields(text: str) -> Resource | None:
    """The fields of a well-formed resource name of KMS, and of no other service; None for all else."""
    fields = split(text)
    return fields if fields is not None and fields.service == "kms" else None


def empty_fields(resource: Text) -> tuple[str, ...]:
    """The names of the fields of a resource name that are empty."""
    fields = split(resource.text)
    if fields is None:
        return ()
    names = ("service", "region", "account", "name")
    return tuple(name for name, value in zip(names, fields, strict=True) if not value)


def joined_names(resource: Text) -> tuple[str, ...]:
    """The resource names that stand in one text, if there is more than one."""
    parts = _JOINT.split(resource.text)
    return tuple(filter(None, parts)) if len(parts) > 1 else ()


def doubled_alias(resource: Text) -> Replace | None:
    """The resource with the prefix of aliases written once, if it stands there twice."""
    fields = kms_fields(resource.text)
    if fields is None or not fields.relative_id.startswith("alias/alias/"):
        return None
    return Replace(resource, str(fields._replace(relative_id=fields.relative_id.removeprefix("alias/"))))


def object_part(fields: Resource) -> tuple[str, str]:
    """Type word and identifier of a relative id; the identifier is empty for a container."""
    word, _, identifier = fields.relative_id.partition("/")
    return word, identifier


def unknown_type(resource: Text, context: Context) -> tuple[str, str | None] | None:
    """The type word of a KMS resource that is none, and the word that was probably meant; None when all is well."""
    fields = kms_fields(resource.text)
    if fields is None or not fields.relative_id:
        return None
    word = fields.relative_id.partition("/")[0]
    words = _words(context.catalogue)
    if has_wildcard(word):
        known = any(matches(word, w) for w in words) or any(_may_begin(word, w) for w in words)
        return None if known else (word, None)
    if word in words:
        return None
    return word, nearest(word, words)


@lru_cache(maxsize=64)
def _words(catalogue: Catalogue) -> tuple[str, ...]:
    """The words with which the names of resources begin."""
    return tuple(sorted({kind.word for kind in catalogue.resource_types.values() if kind.word != "*"}))


def _may_begin(pattern: str, word: str) -> bool:
    """Whether `pattern` may reach beyond the type word, as `*` does."""
    head = pattern.partition("*")[0]
    return "*" in pattern and matches(head, word[: len(head)])


def of_other_service(resource: Text, statement: Statement, context: Context) -> bool:
    """Whether a statement of KMS actions alone names a resource of another service."""
    fields = split(resource.text)
    if (
        fields is None
        or not fields.service
        or matches(fields.service, "kms")
        or fold(fields.service) == "kms"
    ):
        return False
    return context.reach(statement).only_kms


def documented_case(text: str, catalogue: Catalogue) -> str:
    """`text` with prefix, service, region and type word as documented, where only letter case differs."""
    parts = text.split(":", 4)
    if len(parts) < 5 or fold(parts[0]) != "acs":
        return text
    if fold(parts[1]) == catalogue.service:
        word, slash, rest = parts[4].partition("/")
        if fold(word) in {kind.word for kind in catalogue.resource_types.values()}:
            parts[4] = fold(word) + slash + rest
        parts[1] = catalogue.service
        if fold(parts[2]) in catalogue.regions:
            parts[2] = fold(parts[2])
    parts[0] = "acs"
    return ":".join(parts)


def sure_of_case(text: str, catalogue: Catalogue) -> str | None:
    """How sure the documented form is; None where prefix or service alone is in the wrong case."""
    parts = text.split(":", 4)
    if len(parts) < 5:
        return None
    word = parts[4].partition("/")[0]
    words = [k.confidence for k in catalogue.resource_types.values() if k.word == fold(word) != word]
    region = catalogue.regions.get(fold(parts[2]))
    regions = [region.confidence] if region is not None and region.id != parts[2] else []
    return weakest(*words, *regions) if words or regions else None


def meant(word: str | None) -> str:
    """The end of a message: the word that was probably meant."""
    return f"; did you mean `{word}`?" if word else "; write `key`, `alias` or `secret`"


def type_fix(resource: Text, word: str | None) -> Replace | None:
    """The resource with its type word replaced."""
    fields = kms_fields(resource.text)
    if fields is None or word is None:
        return None
    _, slash, identifier = fields.relative_id.partition("/")
    return Replace(resource, str(fields._replace(relative_id=word + slash + identifier)))


def sibling_resource(statement: Statement, word: str, relative_id: str | None = None) -> str | None:
    """A resource beside those of type `word` in the statement: same region and account, another relative id."""
    for resource in statement.resources:
        fields = kms_fields(resource.text)
        if fields is not None and object_part(fields)[0] == word:
            return str(fields._replace(relative_id=relative_id or word))
    return None
