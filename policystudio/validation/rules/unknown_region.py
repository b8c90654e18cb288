"""A resource names a region that does not exist or is retired.

Why it matters: no key or secret is there, so nothing is granted.
What to do: correct the region, or use `${region}`.
"""

from policystudio.catalog.lookup import nearest
from policystudio.ram.document import Statement, Text
from policystudio.ram.finding import Severity, shown
from policystudio.ram.patterns import has_wildcard
from policystudio.validation.context import Context
from policystudio.validation.naming import kms_fields
from policystudio.validation.repairs import Replace
from policystudio.validation.rule import Notes, Rule

RULE = Rule(
    Severity.WARNING,
    triggers=[
        {"Resource": "acs:kms:cn-hangzou:1234567890123456:key/*"},
        {"Resource": "acs:kms:ap-south-1:*:key/*"},
    ],
    clean=[{"Resource": "acs:kms:cn-hangzhou:1234567890123456:key/*"}, {"Resource": "acs:kms:cn-*:*:key/*"}],
    silenced_by=["bare-placeholder-word", "wrong-case-in-resource"],
)


@RULE.for_each_resource
def check(resource: Text, statement: Statement, context: Context) -> Notes:
    fields = kms_fields(resource.text)
    if fields is None or not fields.region or has_wildcard(fields.region) or "$" in fields.region:
        return
    known = context.catalogue.regions.get(fields.region)
    if known is not None and known.status != "retired":
        return
    if known is not None:
        text = f"the region `{known.id}` ({known.name}) is retired; name another"
        yield RULE.finding(at=resource, text=text, confidence=known.confidence)
        return
    current = [region.id for region in context.catalogue.regions.values() if region.status != "retired"]
    meant = nearest(fields.region, current)
    fix = Replace(resource, str(fields._replace(region=meant))) if meant else None
    advice = f"did you mean `{meant}`?" if meant else "name a region of KMS"
    yield RULE.finding(at=resource, text=f"unknown region {shown(fields.region)}; {advice}", fix=fix)
