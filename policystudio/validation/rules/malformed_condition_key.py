"""A condition key is not of the form `<service>:<name>`.

Why it matters: RAM refuses the document.
What to do: write the key as documented, such as `acs:SourceIp` or `kms:tag/Project`.

Source: RAM policy check, "Invalid condition key format".
"""

import re

from policystudio.ram.document import Condition, Kind, Statement
from policystudio.ram.finding import Severity, shown
from policystudio.validation.context import Context
from policystudio.validation.rule import Notes, Rule

RULE = Rule(
    Severity.ERROR,
    triggers=[
        {"Condition": {"StringEquals": {"Project": "Billing"}}},
        {"Condition": {"StringEquals": {"acs:": "a"}}},
    ],
    clean=[{"Condition": {"StringEquals": {"kms:tag/acs:rds:instance-encryption": "true"}}}],
    silenced_by=[
        "placeholder-out-of-place",
        "condition-key-of-another-cloud",
        "missing-tag-key",
        "space-around-value",
    ],
    kinds=tuple(Kind),
)

_FORM = re.compile(r"[A-Za-z][A-Za-z0-9_-]*:[^\s].*", re.DOTALL)


@RULE.for_each_condition
def check(condition: Condition, statement: Statement, context: Context) -> Notes:
    if not _FORM.fullmatch(condition.key.text):
        yield RULE.finding(
            at=condition, text=f"{shown(condition.key.text)} is no condition key; write `<service>:<name>`"
        )
