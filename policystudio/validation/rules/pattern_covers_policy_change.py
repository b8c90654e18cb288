"""A pattern reaches the right to set the policy of a key or secret.

Why it matters: whoever sets the policy of a key can let anyone use it.
What to do: name the actions that are meant.
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
    triggers=[{"Action": "kms:Set*"}],
    clean=[{"Action": "kms:SetDeletionProtection"}, {"Action": "kms:SetKeyPolicy"}],
    silenced_in_statement_by=BLANKET_CODES,
)

_POLICIES = ("kms:SetKeyPolicy", "kms:SetSecretPolicy")


@RULE.for_each_action_by_itself
def check(entry: Text, statement: Statement, context: Context) -> Notes:
    if not statement.is_allow or statement.not_actions or not has_wildcard(entry.text):
        return
    reached = [action for action in context.reach(statement).usable(entry) if action.name in _POLICIES]
    if reached:
        yield RULE.finding(
            at=entry,
            text=f"{shown(entry.text)} reaches {names(reached)}; name the actions that are meant",
            choices=(
                *named(entry, statement, context, lambda a: a.name not in _POLICIES, "that set no policy"),
                *named(entry, statement, context),
            ),
            confidence=surest(reached),
        )
