"""A condition on the private network stands beside an action that does not begin with `kms:`.

Why it matters: `acs:SourceVpc` is documented to count only where every action begins with `kms:` in full.
What to do: name KMS actions alone in the statement. In a Deny the others need a statement of their own.

Source: catalogue, `acs:SourceVpc`.
"""

from policystudio.ram.document import Condition, Statement
from policystudio.ram.finding import Severity, shown
from policystudio.ram.patterns import fold, matches, normal
from policystudio.validation.choices.lists import Rewrite
from policystudio.validation.context import Context
from policystudio.validation.rule import Notes, Rule
from policystudio.validation.shape import Only
from policystudio.validation.terms import sure_of_key

RULE = Rule(
    Severity.WARNING,
    triggers=[
        {
            "Action": ["kms:Decrypt", "*"],
            "Condition": {"StringEquals": {"acs:SourceVpc": "vpc-bp1717bgs34gj0001"}},
        }
    ],
    clean=[
        {"Action": "kms:*", "Condition": {"StringEquals": {"acs:SourceVpc": "vpc-bp1717bgs34gj0001"}}},
        {
            "Action": "log:PostLogStoreLogs",
            "Resource": "*",
            "Condition": {"StringEquals": {"acs:SourceVpc": "vpc-bp1717bgs34gj0001"}},
        },
    ],
    only=(Only.OTHER_SERVICE,),
)


@RULE.for_each_condition
def check(condition: Condition, statement: Statement, context: Context) -> Notes:
    if condition.key.text != "acs:SourceVpc" or not context.reach(statement).speaks_of_kms:
        return
    foreign = next((entry for entry in statement.actions if not entry.text.startswith("kms:")), None)
    if foreign is not None:
        text = f"this counts only where every action begins with `kms:`; {shown(foreign.text)} does not"
        changes = tuple((e, _of_kms(e.text)) for e in statement.actions if not e.text.startswith("kms:"))
        choices = [Rewrite("Keep only the actions of KMS", changes)] if statement.is_allow else []
        yield RULE.finding(
            at=condition, text=text, choices=choices, confidence=sure_of_key(condition, context)
        )


def _of_kms(action: str) -> tuple[str, ...]:
    """What of an entry belongs to KMS, with its prefix in full."""
    service, _, name = action.partition(":")
    if normal(action) == "*":
        return ("kms:*",)
    return (f"kms:{name}",) if name and matches(fold(service), "kms") else ()
