"""An entry of a list changes nothing, as other statements say or deny all of it.

Why it matters: whoever removes it believes that access is gone, and whoever reads it that there is some.
What to do: remove the entry.
"""

from policystudio.analysis.idle import Part, Why
from policystudio.ram.document import Statement, Text
from policystudio.ram.finding import Severity, shown
from policystudio.validation.context import Context
from policystudio.validation.entries import without_all
from policystudio.validation.rule import Notes, Rule
from policystudio.validation.shape import Only

RULE = Rule(
    Severity.SUGGESTION,
    triggers=[
        [
            {"Action": ["kms:Decrypt", "kms:Encrypt"]},
            {"Effect": "Deny", "Action": "kms:Encrypt", "Resource": "*"},
        ]
    ],
    clean=[
        [
            {"Action": ["kms:Decrypt", "kms:Encrypt"]},
            {
                "Effect": "Deny",
                "Action": "kms:Encrypt",
                "Resource": "*",
                "Condition": {"Bool": {"acs:SecureTransport": "false"}},
            },
        ]
    ],
    silenced_by=[
        "action-covered-by-pattern",
        "repeated-action",
        "repeated-resource",
        "resource-covered-by-pattern",
    ],
    only=(Only.SEVERAL_STATEMENTS,),
)
_WORDS = {
    Why.DENIED: ("denies all that this entry allows", "deny all that this entry allows"),
    Why.SHADOWED: ("says all of this entry", "say all of this entry"),
}


@RULE.for_each_statement
def check(statement: Statement, context: Context) -> Notes:
    for idle in context.idle:
        if idle.statement != statement.index or idle.part not in (Part.ACTION, Part.RESOURCE):
            continue
        words = _WORDS.get(idle.why)
        # What the statement itself says again is told by rules about its lists.
        if words is None or idle.blame == statement.index:
            continue
        entry = _entry(statement, idle.path)
        who = (
            f"statement {idle.blame + 1} {words[0]}"
            if idle.blame is not None
            else f"other statements {words[1]}"
        )
        fix = without_all((entry,), "Remove the entry, which changes nothing")
        yield RULE.finding(at=entry, text=f"{who}, {shown(entry.text)}; remove it or correct those", fix=fix)


def _entry(statement: Statement, path: str) -> Text:
    return next(each for each in (*statement.actions, *statement.resources) if each.path == path)
