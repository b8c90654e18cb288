"""A resource is not of the form `acs:<service>:<region>:<account>:<type>/<name>`.

Why it matters: RAM refuses the document.
What to do: write the full name, or the lone star; what is meant by a text without a known type only its author knows.

Source: RAM policy check, "Invalid ARN prefix".
"""

from policystudio.ram.document import Kind, Statement, Text
from policystudio.ram.finding import Severity, shown
from policystudio.ram.patterns import fold
from policystudio.validation.choices.resources import well_formed
from policystudio.validation.context import Context
from policystudio.validation.rule import Notes, Rule

RULE = Rule(
    Severity.ERROR,
    triggers=[
        {"Resource": "key/*"},
        {"Resource": ["kms:cn-hangzhou:1234567890123456:key/*"]},
        {"Resource": "**"},
    ],
    clean=[{"Resource": "acs:kms:*:*:key/*"}, {"Resource": "*"}],
    silenced_by=[
        "resource-of-another-cloud",
        "space-around-value",
        "unknown-placeholder",
        "unclosed-placeholder",
        "empty-placeholder",
    ],
    kinds=(Kind.IDENTITY, Kind.KEY_POLICY),
)


@RULE.for_each_resource_by_itself
def check(resource: Text, statement: Statement, context: Context) -> Notes:
    if resource.text != "*" and not fold(resource.text).startswith("acs:"):
        text = f"{shown(resource.text)} is no resource name; write `acs:kms:<region>:<account>:<type>/<name>`"
        yield RULE.finding(at=resource, text=text, choices=tuple(well_formed(resource, context.catalogue)))
