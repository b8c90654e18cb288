"""A resource has a type whose feature is no longer offered.

Why it matters: nothing can be done with it any more.
What to do: remove it.
"""

from policystudio.catalog.model import INFERRED
from policystudio.ram.document import Statement, Text
from policystudio.ram.finding import Severity
from policystudio.validation.context import Context
from policystudio.validation.naming import kms_fields
from policystudio.validation.rule import Notes, Rule

RULE = Rule(
    Severity.WARNING,
    triggers=[{"Action": "kms:*", "Resource": "acs:kms:${region}:${account}:certificate/*"}],
    clean=[{"Action": "kms:Decrypt"}],
    silenced_by=["unknown-resource-type"],
)


@RULE.for_each_resource_by_itself
def check(resource: Text, statement: Statement, context: Context) -> Notes:
    fields = kms_fields(resource.text)
    kinds = context.reach(statement).types_of(resource) if fields is not None else frozenset()
    if kinds and kinds <= context.withdrawn_types:
        text = "this type belongs to a feature that is probably gone, as the current SDK lacks it; remove it"
        yield RULE.finding(at=resource, text=text, confidence=INFERRED)
