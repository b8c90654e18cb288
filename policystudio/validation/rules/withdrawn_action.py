"""An action belongs to a feature that is no longer offered.

Why it matters: the entry grants nothing that can still be called.
What to do: remove it. In a Deny it does no harm and may stay.
"""

from policystudio.catalog.model import INFERRED
from policystudio.ram.document import Kind, Statement, Text
from policystudio.ram.finding import Severity, shown
from policystudio.validation.context import Context
from policystudio.validation.entries import is_restricting
from policystudio.validation.repairs import Remove
from policystudio.validation.rule import Notes, Rule

RULE = Rule(
    Severity.WARNING,
    triggers=[{"Action": ["kms:UploadCertificate", "kms:DescribeKey"]}],
    clean=[{"Action": "kms:DescribeKey"}],
    kinds=tuple(Kind),
)


@RULE.for_each_action_by_itself
def check(entry: Text, statement: Statement, context: Context) -> Notes:
    action = context.catalogue.action(entry.text)
    if action is not None and action.status == "legacy":
        yield RULE.finding(
            at=entry,
            text=f"{shown(entry.text)} is probably gone, as the current SDK has no such operation; remove it",
            fix=None if is_restricting(statement) else Remove(entry),
            confidence=INFERRED,
        )
