"""A condition asks for an algorithm that the keys of the statement's actions do not have.

Why it matters: symmetric keys use `SYMMETRIC_DEFAULT` and asymmetric ones never do, so the condition never holds.
What to do: name an algorithm of the right kind of key.

Source: KMS, condition keys, `kms:EncryptionAlgorithm`; which action has which kind of key is inferred from the name.
"""

from policystudio.catalog.model import INFERRED
from policystudio.ram.document import Condition, Statement
from policystudio.ram.finding import Severity, shown
from policystudio.validation.choices.conditions import replace_values
from policystudio.validation.choices.widening import Widening
from policystudio.validation.context import Context
from policystudio.validation.reach import names
from policystudio.validation.rule import Notes, Rule
from policystudio.validation.terms import operator_of

RULE = Rule(
    Severity.WARNING,
    triggers=[
        {
            "Action": "kms:AsymmetricDecrypt",
            "Condition": {"StringEquals": {"kms:EncryptionAlgorithm": "SYMMETRIC_DEFAULT"}},
        },
        {
            "Action": ["kms:Encrypt", "kms:Decrypt"],
            "Condition": {"StringEquals": {"kms:EncryptionAlgorithm": "RSAES_OAEP_SHA_256"}},
        },
    ],
    clean=[
        {
            "Action": "kms:AsymmetricDecrypt",
            "Condition": {"StringEquals": {"kms:EncryptionAlgorithm": "RSAES_OAEP_SHA_256"}},
        },
        {
            "Action": ["kms:Decrypt", "kms:AsymmetricDecrypt"],
            "Condition": {"StringEquals": {"kms:EncryptionAlgorithm": "SYMMETRIC_DEFAULT"}},
        },
    ],
    silenced_by=["unknown-algorithm"],
)

_SYMMETRIC = "SYMMETRIC_DEFAULT"


@RULE.for_each_condition
def check(condition: Condition, statement: Statement, context: Context) -> Notes:
    if condition.key.text != "kms:EncryptionAlgorithm" or operator_of(condition) != "StringEquals":
        return
    using = [grant.action for grant in context.reach(statement).using()]
    values = {value.text for value in condition.values}
    only_symmetric, only_asymmetric = values == {_SYMMETRIC}, _SYMMETRIC not in values
    are_symmetric = {action.group == "crypto" for action in using}
    if (only_symmetric and are_symmetric == {False}) or (only_asymmetric and are_symmetric == {True}):
        text = f"keys of {names(using, 1)} probably never use {shown(min(values))}, so this never holds; correct it"
        fitting = ("RSAES_OAEP_SHA_256", "SM2PKE") if only_symmetric else (_SYMMETRIC,)
        choices = [
            choice if not statement.is_allow else Widening(choice)
            for name in fitting
            for choice in [replace_values(condition, name)]
        ]
        yield RULE.finding(at=condition, text=text, confidence=INFERRED, choices=choices)
