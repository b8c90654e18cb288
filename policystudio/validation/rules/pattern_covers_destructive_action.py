"""A pattern reaches the deletion of keys, key material or secrets without naming it.

Why it matters: a reader of the policy does not see that it can destroy.
What to do: name the actions that are meant; list the deletion by name if it is.
"""

from policystudio.ram.document import Statement, Text
from policystudio.ram.finding import Severity, shown
from policystudio.ram.patterns import has_wildcard
from policystudio.validation.choices.actions import named
from policystudio.validation.confidence import surest
from policystudio.validation.context import Context
from policystudio.validation.reach import BLANKET_CODES, names
from policystudio.validation.rule import Notes, Rule

RULE = Rule(
    Severity.SECURITY_WARNING,
    triggers=[{"Action": "kms:Delete*"}],
    clean=[
        {"Action": "kms:DeleteKeyMaterial"},
        {"Action": "kms:Delete*", "Resource": "acs:kms:${region}:${account}:alias/*"},
        {"Effect": "Deny", "Action": "kms:Delete*"},
    ],
    silenced_in_statement_by=BLANKET_CODES,
)


@RULE.for_each_action_by_itself
def check(entry: Text, statement: Statement, context: Context) -> Notes:
    if not statement.is_allow or statement.not_actions or not has_wildcard(entry.text):
        return
    destructive = [action for action in context.reach(statement).usable(entry) if action.is_destructive]
    if destructive:
        yield RULE.finding(
            at=entry,
            text=f"{shown(entry.text)} reaches {names(destructive)}; name the actions that are meant",
            choices=(
                *named(entry, statement, context, lambda a: not a.is_destructive, "that destroy nothing"),
                *named(entry, statement, context),
            ),
            confidence=surest(destructive),
        )
