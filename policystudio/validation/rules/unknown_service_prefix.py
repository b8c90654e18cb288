"""An action belongs to a service whose code is not known.

Why it matters: RAM accepts any code, so a mistyped one grants nothing, and nobody is told.
What to do: write the code of the service, `kms` for keys and secrets; keep it if the service is newer than our list.
Decision: the list of codes is ours and not complete, so it is a warning and speaks of probability.
"""

from policystudio.catalog.model import INFERRED
from policystudio.ram.document import Statement, Text
from policystudio.ram.finding import Severity
from policystudio.validation.choices.entries import drop
from policystudio.validation.choices.widening import offer
from policystudio.validation.context import Context
from policystudio.validation.entries import is_restricting, unknown_service
from policystudio.validation.rule import Notes, Rule

RULE = Rule(
    Severity.WARNING,
    triggers=[{"Action": "kmss:Decrypt"}, {"Action": ["kms:Decrypt", "key-management:Encrypt"]}],
    clean=[
        {"Action": "oss:GetObject", "Resource": "*"},
        {"Action": "KMS:Decrypt"},
        {"Action": "*:Describe*"},
        {"Action": "yundun-waf:Describe*"},
        {"Effect": "Deny", "Action": "kmss:Decrypt"},
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
    found = None if is_restricting(statement) else unknown_service(entry)
    if found is not None:
        text, repair = found
        removals = (drop(entry, "Remove it, which removes no right"),) if statement.is_allow else ()
        offered = offer(repair, widens=True, beside=removals)
        yield RULE.finding(at=entry, text=text, confidence=INFERRED, **offered)
