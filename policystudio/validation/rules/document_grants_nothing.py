"""No request can be allowed by the whole document.

Why it matters: whoever gets the policy can do nothing with it, and each statement looks like a fault of its own.
What to do: correct the statements that are meant to allow something.

A document with a single Allow is not told of twice, as the finding in that statement says it already.
"""

from policystudio.ram.document import Document
from policystudio.ram.finding import Severity
from policystudio.validation.confidence import weakest
from policystudio.validation.context import Context
from policystudio.validation.nothing import grants_nothing, sure_of_nothing
from policystudio.validation.rule import Notes, Rule
from policystudio.validation.shape import Only

RULE = Rule(
    Severity.WARNING,
    triggers=[
        [
            {"Action": "kms:Decrypt", "Resource": "acs:kms:${region}:${account}:secret/app"},
            {"Action": "kms:GetSecretValue"},
        ]
    ],
    clean=[
        [{"Action": "kms:Decrypt"}, {"Action": "kms:GetSecretValue"}],
        {"Action": "kms:GetSecretValue"},
        {"Effect": "Deny", "Action": "kms:Decrypt"},
    ],
    only=(Only.SEVERAL_STATEMENTS,),
)


@RULE.for_document
def check(document: Document, context: Context) -> Notes:
    allowing = [statement for statement in document.statements if statement.is_allow]
    if len(allowing) > 1 and all(grants_nothing(statement, context) for statement in allowing):
        words = [word for each in allowing if (word := sure_of_nothing(each, context)) is not None]
        yield RULE.finding(
            at=document,
            text=f"none of the {len(allowing)} statements allows anything; correct what is meant to",
            confidence=weakest(*words) if words else None,
        )
