"""An Allow has a negated condition on a key that a request may lack.

Why it matters: the condition holds for every request without the key, so more is allowed than it seems.
What to do: say which values are allowed instead.

Decision: a negated operator holds when the key is absent, as documented for OSS and SLS; for KMS it is inferred.
"""

from policystudio.catalog.model import INFERRED
from policystudio.ram.document import Condition, Statement
from policystudio.ram.finding import Severity, shown
from policystudio.validation.context import Context
from policystudio.validation.rule import Notes, Rule
from policystudio.validation.shape import Only
from policystudio.validation.terms import is_negated

RULE = Rule(
    Severity.WARNING,
    triggers=[{"Condition": {"StringNotEquals": {"kms:tag/Stage": "production"}}}],
    clean=[
        {"Condition": {"StringEquals": {"kms:tag/Stage": "test"}}},
        {"Effect": "Deny", "Condition": {"StringNotEquals": {"kms:tag/Stage": "test"}}},
    ],
    silenced_by=["condition-always-true"],
    only=(Only.ALLOW,),
)

_OPTIONAL = (
    "kms:tag/",
    "kms:EncryptionContext:",
    "acs:ResourceTag/",
    "acs:RequestTag/",
    "acs:SourceVpc",
    "acs:VpcSourceIp",
)


@RULE.for_each_condition
def check(condition: Condition, statement: Statement, context: Context) -> Notes:
    if statement.is_allow and is_negated(condition) and condition.key.text.startswith(_OPTIONAL):
        text = f"this probably holds too when {shown(condition.key.text)} is absent; say which values are allowed"
        yield RULE.finding(at=condition, text=text, confidence=INFERRED)
