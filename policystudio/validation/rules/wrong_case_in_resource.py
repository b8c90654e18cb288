"""A resource name differs from the documented form by letter case.

Why it matters: resources are compared exactly, so it probably fits nothing.
What to do: write it as documented.

Decision: whether RAM minds the case of resources is not documented; we compare exactly.
"""

from policystudio.ram.document import Statement, Text
from policystudio.ram.finding import Severity, shown
from policystudio.validation.choices.widening import offer
from policystudio.validation.context import Context
from policystudio.validation.naming import documented_case, sure_of_case
from policystudio.validation.repairs import Replace
from policystudio.validation.rule import Notes, Rule

RULE = Rule(
    Severity.WARNING,
    triggers=[{"Resource": "ACS:KMS:cn-hangzhou:1234567890123456:key/*"}, {"Resource": "acs:kms:*:*:Key/*"}],
    clean=[{"Resource": "acs:kms:cn-hangzhou:1234567890123456:secret/Production"}],
    silenced_by=["unknown-resource-type-in-deny"],
)


@RULE.for_each_resource_by_itself
def check(resource: Text, statement: Statement, context: Context) -> Notes:
    written = documented_case(resource.text, context.catalogue)
    if written != resource.text:
        text = (
            f"{shown(resource.text)} differs from the documented form by case; resources are compared exactly"
        )
        yield RULE.finding(
            at=resource,
            text=text,
            **offer(Replace(resource, written), widens=statement.is_allow),
            confidence=sure_of_case(resource.text, context.catalogue),
        )
