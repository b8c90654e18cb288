"""What of a listed resource belongs to one resource type: of `*`, the keys are `acs:kms:*:*:key/*`."""

from __future__ import annotations

from collections.abc import Iterator

from policystudio.catalog.model import ResourceType
from policystudio.ram.patterns import covers, matches
from policystudio.ram.resources import Resource, split
from policystudio.validation.reach import Grant, Reach


def shares(grant: Grant, reach: Reach, kind: str) -> Iterator[str]:
    """The part of each resource of the grant's statement that is of the type with the id `kind`.

    Under `NotResource` all of that type, whatever is left out.
    """
    of = reach.catalogue.resource_types[kind]
    if grant.statement.not_resources:
        yield share("*", of)
    for resource in grant.statement.resources:
        if kind in reach.types_of(resource):
            yield share(resource.text, of)


def share(resource: str, kind: ResourceType) -> str:
    """The part of a resource that is of `kind`; where that is not easily said, the whole."""
    fields = Resource("kms", "*", "*", "*") if resource == "*" else split(resource)
    if fields is None or kind.kind == "any":
        return resource
    form = kind.word if kind.kind == "container" else f"{kind.word}/*"
    service = "kms" if matches(fields.service, "kms") else fields.service
    relative_id = form if covers(fields.relative_id, form) else fields.relative_id
    return str(fields._replace(service=service, relative_id=relative_id))
