"""No request can be allowed by the statement.

Why it matters: whoever reads it believes that something is allowed.
What to do: correct what stands in the way, or remove the statement.

Told only where no other finding names the cause, as when several Deny statements together take all of it back.
"""

from policystudio.ram.document import Statement
from policystudio.ram.finding import Severity
from policystudio.validation.choices.statements import RemoveStatements
from policystudio.validation.context import Context
from policystudio.validation.naming import SHAPE_CODES
from policystudio.validation.nothing import grants_nothing, sure_of_nothing, taken_back
from policystudio.validation.rule import Notes, Rule
from policystudio.validation.shape import Only

RULE = Rule(
    Severity.WARNING,
    triggers=[
        [
            {"Action": ["kms:Decrypt", "kms:Encrypt"]},
            {"Effect": "Deny", "Action": "kms:Decrypt", "Resource": "*"},
            {"Effect": "Deny", "Action": "kms:Encrypt", "Resource": "*"},
        ],
        {"NotResource": "*"},
    ],
    clean=[
        [
            {"Action": ["kms:Decrypt", "kms:Encrypt"]},
            {"Effect": "Deny", "Action": "kms:Decrypt", "Resource": "*"},
        ],
        {"Action": "kms:Encypt"},
        {"Action": ["kms:Decrypt", "oss:GetObject"], "Resource": "acs:kms:*:1234567890123456:secret/app"},
    ],
    silenced_in_statement_by=[
        *SHAPE_CODES,
        "malformed-account-number",
        "action-pattern-without-match",
        "action-without-usable-resource",
        "alias-change-without-key",
        "api-name-instead-of-action",
        "allow-cancelled-by-deny",
        "condition-key-of-another-cloud",
        "condition-key-of-other-service",
        "container-instead-of-items",
        "contradictory-conditions",
        "empty-condition-values",
        "end-in-the-past",
        "missing-container-resource",
        "unknown-action",
        "window-never-open",
        "withdrawn-action",
        "withdrawn-resource-type",
    ],
    only=(Only.ALLOW,),
)


@RULE.for_each_statement
def check(statement: Statement, context: Context) -> Notes:
    if statement.is_allow and grants_nothing(statement, context):
        cause = (
            "other statements take all of this back"
            if taken_back(statement, context)
            else "its actions meet no resource"
        )
        yield RULE.finding(
            at=statement,
            text=f"this allows nothing, {cause}; correct or remove it",
            confidence=sure_of_nothing(statement, context),
            choices=(RemoveStatements((statement,), "Remove the statement, which allows nothing"),),
        )
