"""An action pattern begins with a wildcard.

Why it matters: `kms:*Key` reaches across reading, changing and deleting.
What to do: name the actions, or begin with the verb. In a Deny only its author knows which actions are to stay out.
"""

from policystudio.catalog.lookup import expand
from policystudio.ram.document import Statement, Text
from policystudio.ram.finding import Severity, shown
from policystudio.ram.patterns import normal
from policystudio.validation.choices.actions import narrowed
from policystudio.validation.confidence import surest
from policystudio.validation.context import Context
from policystudio.validation.entries import is_kms_entry, is_restricting
from policystudio.validation.reach import names
from policystudio.validation.rule import Notes, Rule

RULE = Rule(
    Severity.WARNING,
    triggers=[{"Action": "kms:*Key"}],
    clean=[{"Action": "kms:Describe*"}, {"Action": "kms:*", "Resource": "*"}],
    silenced_by=["action-pattern-without-match", "action-pattern-without-match-in-deny"],
)


@RULE.for_each_action_by_itself
def check(entry: Text, statement: Statement, context: Context) -> Notes:
    name = normal(entry.text.partition(":")[2])
    if is_kms_entry(entry) and name.startswith("*") and name != "*":
        reached = expand(context.catalogue, entry.text)
        text = f"{shown(entry.text)} reaches {names(reached)}, whatever they do; name the actions"
        choices = () if is_restricting(statement) else narrowed(entry, statement, context)
        yield RULE.finding(at=entry, text=text, choices=choices, confidence=surest(reached))
