"""A resource is named as another cloud does it.

Why it matters: RAM refuses the document.
What to do: write `acs:kms:<region>:<account>:<type>/<name>`.

Source: RAM policy check, "Invalid ARN prefix".
"""

from policystudio.ram.document import Kind, Statement, Text
from policystudio.ram.finding import Severity
from policystudio.ram.patterns import fold
from policystudio.validation.choices.entries import drop
from policystudio.validation.choices.resources import well_formed
from policystudio.validation.context import Context
from policystudio.validation.naming import OTHER_CLOUDS
from policystudio.validation.rule import Notes, Rule

RULE = Rule(
    Severity.ERROR,
    triggers=[{"Resource": "arn:aws:kms:eu-west-1:123456789012:key/*"}],
    clean=[{"Resource": "acs:kms:*:*:key/*"}],
    kinds=(Kind.IDENTITY, Kind.KEY_POLICY),
)


@RULE.for_each_resource_by_itself
def check(resource: Text, statement: Statement, context: Context) -> Notes:
    if fold(resource.text).startswith(OTHER_CLOUDS):
        choices = (*well_formed(resource, context.catalogue), drop(resource, "Remove the entry"))
        text = "a resource name of another cloud; here it begins with `acs:kms:`"
        yield RULE.finding(at=resource, text=text, choices=choices)
