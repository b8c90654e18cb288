"""A part of a resource name becomes a star: any region, any account, any name of the type."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from policystudio.analysis.mutants.mutant import Edit, Mutation, other
from policystudio.catalog.model import Catalogue
from policystudio.ram.document import Statement
from policystudio.ram.resources import Resource, split


def edits(statement: Statement, catalogue: Catalogue) -> Iterator[Edit]:
    for at, resource in enumerate(statement.resources):
        fields = split(resource.text)
        for wider in _wider(fields) if fields is not None else ():
            changed = (
                *statement.resources[:at],
                other(resource, str(wider)),
                *statement.resources[at + 1 :],
            )
            yield Edit(resource.path, replace(statement, resources=changed), resource.text, str(wider))


def _wider(fields: Resource) -> Iterator[Resource]:
    if fields.region != "*":
        yield fields._replace(region="*")
    if fields.account != "*":
        yield fields._replace(account="*")
    kind, slash, name = fields.relative_id.partition("/")
    if slash and name != "*":
        yield fields._replace(relative_id=f"{kind}/*")
    elif not slash and fields.relative_id != "*":
        yield fields._replace(relative_id="*")


MUTATION = Mutation("the resource {before} becomes {after}", edits)
