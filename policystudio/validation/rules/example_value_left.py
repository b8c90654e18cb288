"""A value of the documentation's examples is still there.

Why it matters: nobody has a key, secret or network of that name, or somebody else has.
What to do: write your own.
"""

from policystudio.ram.document import Condition, Statement, Text
from policystudio.ram.finding import Severity, shown
from policystudio.ram.patterns import fold
from policystudio.ram.resources import split
from policystudio.validation.addresses import is_documentation, ranges
from policystudio.validation.blanks import looks_like_example
from policystudio.validation.context import Context
from policystudio.validation.rule import Notes, Rule

RULE = Rule(
    Severity.WARNING,
    triggers=[
        {"Action": "kms:DescribeSecret", "Resource": "acs:kms:${region}:${account}:secret/example-secret"},
        {"Resource": "acs:kms:${region}:${account}:key/keyId-example"},
        {"Condition": {"StringEquals": {"kms:tag/Project": "Apollo"}}},
        {"Condition": {"IpAddress": {"acs:SourceIp": "192.0.2.0/24"}}},
        {"Action": "kms:DescribeSecret", "Resource": "acs:kms:${region}:${account}:secret/your-secret"},
    ],
    clean=[
        {"Action": "kms:DescribeSecret", "Resource": "acs:kms:${region}:${account}:secret/app"},
        {"Condition": {"StringEquals": {"kms:tag/Project": "Billing"}}},
        {"Condition": {"IpAddress": {"acs:SourceIp": "8.8.8.0/24"}}},
    ],
)


@RULE.for_each_resource
def check_resource(resource: Text, statement: Statement, context: Context) -> Notes:
    fields = split(resource.text)
    if fields is not None and looks_like_example(fields.relative_id):
        yield RULE.finding(
            at=resource, text=f"{shown(fields.relative_id)} is an example's name; write your own"
        )


@RULE.for_each_condition
def check_condition(condition: Condition, statement: Statement, context: Context) -> Notes:
    # The documentation's sample for tags says Project=Apollo.
    is_tag = condition.key.text.partition("/")[0] in ("kms:tag", "acs:ResourceTag", "acs:RequestTag")
    for value in condition.values:
        if (is_tag and fold(value.text) == "apollo") or looks_like_example(value.text):
            yield RULE.finding(at=value, text=f"{shown(value.text)} is an example's value; write your own")
    for value, found in ranges(condition):
        if is_documentation(found.network):
            yield RULE.finding(
                at=value, text=f"{shown(value.text)} is set aside for examples; write your own range"
            )
