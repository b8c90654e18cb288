"""A resource name has fewer than five fields.

Why it matters: RAM refuses the document.
What to do: write `acs:kms:<region>:<account>:<type>/<name>`, with `*` for a region or account that does not matter.

Source: RAM policy check, "Missing ARN field".
"""

from policystudio.ram.document import Kind, Statement, Text
from policystudio.ram.finding import Severity, shown
from policystudio.ram.patterns import fold
from policystudio.validation.choices.entries import drop
from policystudio.validation.choices.resources import well_formed
from policystudio.validation.context import Context
from policystudio.validation.rule import Notes, Rule

RULE = Rule(
    Severity.ERROR,
    triggers=[{"Resource": "acs:kms:key/*"}, {"Resource": "acs:*"}],
    clean=[{"Resource": "acs:kms:*:*:key/*"}],
    kinds=(Kind.IDENTITY, Kind.KEY_POLICY),
)


@RULE.for_each_resource_by_itself
def check(resource: Text, statement: Statement, context: Context) -> Notes:
    if fold(resource.text).startswith("acs:") and resource.text.count(":") < 4:
        text = f"{shown(resource.text)} has fewer than five fields; write `acs:kms:<region>:<account>:<type>/<name>`"
        choices = (*well_formed(resource, context.catalogue), drop(resource, "Remove the entry"))
        yield RULE.finding(at=resource, text=text, choices=choices)
