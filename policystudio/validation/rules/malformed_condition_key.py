"""A condition key is not of the form `<service>:<name>`.

Why it matters: RAM refuses the document.
What to do: write the key as documented, such as `acs:SourceIp` or `kms:tag/Project`.

Source: RAM policy check, "Invalid condition key format".
"""

import re
from collections.abc import Iterator

from policystudio.ram.document import Condition, Kind, Statement
from policystudio.ram.finding import Severity, shown
from policystudio.ram.patterns import fold
from policystudio.validation.context import Context
from policystudio.validation.repairs import Replace
from policystudio.validation.rule import Notes, Rule
from policystudio.validation.terms import TAG_PREFIX

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
        text = f"{shown(condition.key.text)} is no condition key; write `<service>:<name>`"
        choices = [Replace(condition.key, key) for key in _meant(condition.key.text, context)]
        yield RULE.finding(at=condition, text=text, choices=choices)


def _meant(name: str, context: Context) -> Iterator[str]:
    """A general or KMS key of that name, and the tag of that name."""
    by_name = {fold(key.partition(":")[2]): key for key in sorted(context.catalogue.condition_keys)}
    known = by_name.get(fold(name))
    if known is not None:
        yield known
    elif re.fullmatch(r"[A-Za-z][A-Za-z0-9_-]*", name):
        yield TAG_PREFIX + name
