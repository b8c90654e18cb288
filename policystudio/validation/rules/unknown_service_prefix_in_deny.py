"""A Deny, or the exception of an Allow, names an action of a service whose code is not known.

Why it matters: RAM accepts any code, so a mistyped one forbids nothing, and the call that was meant stays possible.
What to do: write the code of the service, `kms` for keys and secrets; keep it if the service is newer than our list.

Decision: the list of codes is ours and not complete, so it is a warning, even in a Deny, and speaks of probability.
"""

from policystudio.catalog.model import INFERRED
from policystudio.ram.document import Statement, Text
from policystudio.ram.finding import Severity
from policystudio.validation.context import Context
from policystudio.validation.entries import is_restricting, unknown_service
from policystudio.validation.rule import Notes, Rule

RULE = Rule(
    Severity.WARNING,
    triggers=[
        {"Effect": "Deny", "Action": "kmss:Decrypt"},
        {"NotAction": ["key-management:ScheduleKeyDeletion", "kms:Decrypt"]},
    ],
    clean=[
        {"Effect": "Deny", "Action": "kms:Decrypt"},
        {"Effect": "Deny", "Action": "yundun-waf:Describe*", "Resource": "*"},
        {"Action": "kmss:Decrypt"},
    ],
    silenced_by=[
        "placeholder-out-of-place",
        "malformed-action",
        "space-around-value",
        "lookalike-letter",
        "invisible-character-in-value",
    ],
)


@RULE.for_each_action_by_itself
def check(entry: Text, statement: Statement, context: Context) -> Notes:
    found = unknown_service(entry) if is_restricting(statement) else None
    if found is not None:
        text, repair = found
        yield RULE.finding(at=entry, text=f"this may forbid nothing: {text}", fix=repair, confidence=INFERRED)
