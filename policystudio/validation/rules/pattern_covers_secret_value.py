"""A pattern reaches the reading of secret values, and the resources include secrets.

Why it matters: a reader of the policy does not see that it gives away passwords.
What to do: name the actions that are meant; list `kms:GetSecretValue` by name if it is.
"""

from policystudio.ram.document import Statement, Text
from policystudio.ram.finding import Severity, shown
from policystudio.ram.patterns import has_wildcard
from policystudio.validation.choices.actions import named
from policystudio.validation.confidence import surest
from policystudio.validation.context import Context
from policystudio.validation.reach import BLANKET_CODES
from policystudio.validation.rule import Notes, Rule

RULE = Rule(
    Severity.SECURITY_WARNING,
    triggers=[{"Action": "kms:Get*", "Resource": "acs:kms:${region}:${account}:secret/app"}],
    clean=[
        {"Action": "kms:Get*"},
        {"Action": "kms:GetSecretValue", "Resource": "acs:kms:${region}:${account}:secret/app"},
    ],
    silenced_in_statement_by=BLANKET_CODES,
)


_READING = "kms:GetSecretValue"


@RULE.for_each_action_by_itself
def check(entry: Text, statement: Statement, context: Context) -> Notes:
    if not statement.is_allow or statement.not_actions or not has_wildcard(entry.text):
        return
    reading = [action for action in context.reach(statement).usable(entry) if action.name == _READING]
    if reading:
        yield RULE.finding(
            at=entry,
            text=f"{shown(entry.text)} reads secret values too; name the actions that are meant",
            choices=(
                *named(entry, statement, context, lambda a: a.name != _READING, "that read no secret value"),
                *named(entry, statement, context),
            ),
            confidence=surest(reading),
        )
