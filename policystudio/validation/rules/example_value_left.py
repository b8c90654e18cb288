"""A value of the documentation's examples is still there.

Why it matters: nobody has a key, secret or network of that name, or somebody else has.
What to do: write your own, which nobody else knows.

A telltale name, such as `example-secret`, is told wherever it stands. The tag `Project` `Apollo` may be your own, so
it is told only where the whole statement is still as the sample has it.
Source: KMS, Custom policies, the sample for keys with a tag.
"""

from policystudio.ram.document import Condition, Statement, Text
from policystudio.ram.finding import Severity, shown
from policystudio.ram.patterns import fold
from policystudio.ram.resources import split
from policystudio.validation.addresses import is_printed_example, ranges
from policystudio.validation.blanks import looks_like_example
from policystudio.validation.choices.conditions import without_value
from policystudio.validation.choices.resources import corrections
from policystudio.validation.context import Context
from policystudio.validation.rule import Notes, Rule

RULE = Rule(
    Severity.WARNING,
    triggers=[
        {"Action": "kms:DescribeSecret", "Resource": "acs:kms:${region}:${account}:secret/example-secret"},
        {"Resource": "acs:kms:${region}:${account}:key/keyId-example"},
        {
            "Action": ["kms:Encrypt", "kms:Decrypt", "kms:GenerateDataKey"],
            "Resource": "acs:kms:cn-hangzhou:1234567890123456:key/*",
            "Condition": {"StringEqualsIgnoreCase": {"kms:tag/Project": ["Apollo"]}},
        },
        {"Condition": {"IpAddress": {"acs:SourceIp": "192.0.2.0/24"}}},
        {"Action": "kms:DescribeSecret", "Resource": "acs:kms:${region}:${account}:secret/your-secret"},
    ],
    clean=[
        {"Action": "kms:DescribeSecret", "Resource": "acs:kms:${region}:${account}:secret/app"},
        {"Condition": {"StringEquals": {"kms:tag/Project": "Apollo"}}},
        {
            "Action": ["kms:Encrypt", "kms:Decrypt", "kms:GenerateDataKey"],
            "Resource": "acs:kms:${region}:${account}:key/*",
            "Condition": {
                "StringEqualsIgnoreCase": {"kms:tag/Project": ["Apollo"]},
                "Bool": {"acs:SecureTransport": "true"},
            },
        },
        {"Condition": {"IpAddress": {"acs:SourceIp": ["203.0.113.0/24"]}}},
        {"Condition": {"IpAddress": {"acs:SourceIp": "8.8.8.0/24"}}},
    ],
)

_ACTIONS = frozenset(("kms:encrypt", "kms:decrypt", "kms:generatedatakey"))
_CONDITION = ("StringEqualsIgnoreCase", "kms:tag/Project", ("Apollo",))


@RULE.for_each_resource_by_itself
def check_resource(resource: Text, statement: Statement, context: Context) -> Notes:
    fields = split(resource.text)
    if fields is not None and looks_like_example(fields.relative_id):
        text = f"{shown(fields.relative_id)} is an example's name; write your own"
        yield RULE.finding(at=resource, text=text, choices=corrections((), resource, statement))


@RULE.for_each_condition
def check_condition(condition: Condition, statement: Statement, context: Context) -> Notes:
    for value in condition.values:
        if looks_like_example(value.text) or is_tag_sample(statement):
            text = f"{shown(value.text)} is an example's value; write your own"
            yield RULE.finding(at=value, text=text, choices=without_value(value, condition, statement))
    for value, found in ranges(condition):
        if is_printed_example(found.network):
            text = f"{shown(value.text)} is set aside for examples; write your own range"
            yield RULE.finding(at=value, text=text, choices=without_value(value, condition, statement))


def is_tag_sample(statement: Statement) -> bool:
    """Whether the statement is the documented sample for keys with a tag, for whatever region and account."""
    if not statement.is_allow or len(statement.resources) != 1 or len(statement.conditions) != 1:
        return False
    fields, (condition,) = split(statement.resources[0].text), statement.conditions
    written = (condition.operator.text, condition.key.text, tuple(value.text for value in condition.values))
    return (
        fields is not None
        and (fields.service, fields.relative_id) == ("kms", "key/*")
        and frozenset(fold(entry.text) for entry in statement.actions) == _ACTIONS
        and written == _CONDITION
    )
