"""A statement allows every KMS action on every resource.

The documentation prints this as its full-access sample, with a warning.

Why it matters: whoever has it can decrypt everything, read every secret and destroy every key.
What to do: use it for an emergency role only; otherwise name actions and resources.
"""

from policystudio.ram.document import Statement
from policystudio.ram.finding import Severity
from policystudio.validation.action_list import takes_every_action
from policystudio.validation.choices.actions import usual_sets
from policystudio.validation.choices.lists import Rewrite
from policystudio.validation.choices.resources import HERE
from policystudio.validation.context import Context
from policystudio.validation.expanse import is_everything
from policystudio.validation.rule import Notes, Rule
from policystudio.validation.shape import Only

RULE = Rule(
    Severity.SECURITY_WARNING,
    triggers=[{"Action": "kms:*", "Resource": "*"}, {"Action": "kms:*", "Resource": "acs:kms:*:*:*"}],
    clean=[
        {"Action": "kms:*"},
        {"Action": "kms:Decrypt", "Resource": "*"},
        {"Effect": "Deny", "Action": "kms:*", "Resource": "*"},
    ],
    silenced_in_statement_by=["every-action-of-every-service"],
    only=(Only.ALLOW, Only.WILDCARD_IN_ACTION),
)


@RULE.for_each_statement
def check(statement: Statement, context: Context) -> Notes:
    entries = [entry for entry in statement.actions if takes_every_action(entry.text)]
    if not statement.is_allow or not entries:
        return
    everything = [r for r in statement.resources if is_everything(r.text, context.catalogue)]
    if everything:
        here = Rewrite("Limit it to the target's region and account", tuple((r, (HERE,)) for r in everything))
        yield RULE.finding(
            at=statement,
            text="this allows everything in KMS on every key and secret; name what is needed",
            choices=(*usual_sets(statement, context, entries), here),
        )
