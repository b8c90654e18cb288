"""A condition key with an empty list of values undoes a Deny, or the limit of an Allow.

Decision: RAM does not document empty lists. Read as alternatives, no value fits: a plain operator never holds, so a
Deny never bites; a negated one always holds, so an Allow is not limited by it.

Why it matters: more is allowed than the statement seems to say.
What to do: write the values that were meant, or remove the key.
"""

from policystudio.ram.document import Condition, Statement
from policystudio.ram.finding import Severity
from policystudio.ram.operators import family_of
from policystudio.validation.choices.conditions import DropCondition
from policystudio.validation.context import Context
from policystudio.validation.rule import Notes, Rule

RULE = Rule(
    Severity.SECURITY_WARNING,
    triggers=[
        {"Effect": "Deny", "Condition": {"StringEquals": {"kms:tag/Project": []}}},
        {"Condition": {"NotIpAddress": {"acs:SourceIp": []}}},
    ],
    clean=[
        {"Effect": "Deny", "Condition": {"StringEquals": {"kms:tag/Project": "Apollo"}}},
        {"Condition": {"StringEquals": {"kms:tag/Project": []}}},
    ],
)


@RULE.for_each_condition
def check(condition: Condition, statement: Statement, context: Context) -> Notes:
    family = family_of(condition.operator.text)
    if condition.values or family is None:
        return
    if not statement.is_allow and not family.is_negated(condition.operator.text):
        text = "no value fits an empty list, so the statement probably never denies; write the values"
        removal = DropCondition(condition, "Deny without the condition")
        yield RULE.finding(at=condition, text=text, choices=(removal,))
    elif statement.is_allow and family.is_negated(condition.operator.text):
        text = "no value fits an empty list, so the condition probably limits nothing; write the values"
        openly = DropCondition(condition, "Remove the condition, which limits nothing")
        yield RULE.finding(at=condition, text=text, choices=(openly,))
