"""A statement allows every action of every service.

Why it matters: it is the whole account, not KMS.
What to do: name the actions that are needed.
"""

from policystudio.ram.document import Statement
from policystudio.ram.finding import Severity
from policystudio.ram.patterns import normal
from policystudio.validation.choices.actions import usual_sets
from policystudio.validation.context import Context
from policystudio.validation.repairs import Replace
from policystudio.validation.rule import Notes, Rule
from policystudio.validation.shape import Only

RULE = Rule(
    Severity.SECURITY_WARNING,
    triggers=[{"Action": "*"}],
    clean=[{"Action": "kms:Describe*"}, {"Effect": "Deny", "Action": "*"}],
    only=(Only.ALLOW, Only.WILDCARD_IN_ACTION),
)


@RULE.for_each_statement
def check(statement: Statement, context: Context) -> Notes:
    for entry in statement.actions:
        if statement.is_allow and normal(entry.text) in ("*", "*:*"):
            text = "this allows every action of every service; name the actions needed"
            kms_alone = Replace(entry, "kms:*", "Grant only the actions of KMS, all of them")
            yield RULE.finding(
                at=entry, text=text, choices=(kms_alone, *usual_sets(statement, context, [entry]))
            )
