"""Judgements on the region of a resource that rules for Allow and for Deny share."""

from __future__ import annotations

from policystudio.catalog.lookup import nearest
from policystudio.ram.document import Text
from policystudio.ram.finding import shown
from policystudio.ram.patterns import has_wildcard
from policystudio.validation.confidence import DERIVED
from policystudio.validation.context import Context
from policystudio.validation.naming import kms_fields
from policystudio.validation.repairs import Replace


def untargeted_region(resource: Text, context: Context) -> str | None:
    """The region of a resource when it is one that is no target's, and the targets are known."""
    fields = kms_fields(resource.text)
    if fields is None or not context.targets or not fields.region or has_wildcard(fields.region):
        return None
    if "$" in fields.region or fields.region in context.target_regions:
        return None
    return fields.region


def unknown_region(resource: Text, context: Context) -> tuple[str, Replace | None, str] | None:
    """What to say of a region that is none or is retired, the repair, and how sure it is; None when all is well.

    That a region is missing from the catalogue is as sure as the list of the SDK, which holds every region of KMS.
    """
    fields = kms_fields(resource.text)
    if fields is None or not fields.region or has_wildcard(fields.region) or "$" in fields.region:
        return None
    known = context.catalogue.regions.get(fields.region)
    if known is not None:
        if known.status != "retired":
            return None
        return f"the region `{known.id}` ({known.name}) is retired; name another", None, known.confidence
    current = [region.id for region in context.catalogue.regions.values() if region.status != "retired"]
    meant = nearest(fields.region, current)
    fix = Replace(resource, str(fields._replace(region=meant))) if meant else None
    advice = f"did you mean `{meant}`?" if meant else "name a region of KMS"
    return f"unknown region {shown(fields.region)}; {advice}", fix, DERIVED
