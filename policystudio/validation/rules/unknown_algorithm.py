"""An algorithm in a condition is none that KMS has.

Why it matters: no request uses it, so the condition never holds.
What to do: correct the name.

Source: KMS, AsymmetricEncrypt and condition keys; that the list is complete is inferred.
"""

from policystudio.catalog.lookup import nearest
from policystudio.catalog.model import INFERRED
from policystudio.ram.document import Condition, Statement
from policystudio.ram.finding import Severity, shown
from policystudio.ram.operators import string
from policystudio.ram.patterns import fold, matches
from policystudio.validation.choices.conditions import grows_when_met, without_value
from policystudio.validation.choices.widening import offer
from policystudio.validation.context import Context
from policystudio.validation.repairs import Replace
from policystudio.validation.rule import Notes, Rule
from policystudio.validation.terms import operator_of

RULE = Rule(
    Severity.WARNING,
    triggers=[
        {
            "Action": "kms:Encrypt",
            "Condition": {"StringEquals": {"kms:EncryptionAlgorithm": "SYMETRIC_DEFAULT"}},
        }
    ],
    clean=[
        {
            "Action": "kms:Encrypt",
            "Condition": {"StringEquals": {"kms:EncryptionAlgorithm": "SYMMETRIC_DEFAULT"}},
        }
    ],
)

_KNOWN = ("SYMMETRIC_DEFAULT", "RSAES_OAEP_SHA_1", "RSAES_OAEP_SHA_256", "SM2PKE", "ECIES_DH_SHA_1_XOR_HMAC")


@RULE.for_each_condition
def check(condition: Condition, statement: Statement, context: Context) -> Notes:
    if condition.key.text != "kms:EncryptionAlgorithm":
        return
    folds = operator_of(condition) in string.CASELESS_OPERATORS
    for value in condition.values:
        fitting = [
            name
            for name in _KNOWN
            if matches(fold(value.text) if folds else value.text, fold(name) if folds else name)
        ]
        if fitting or "$" in value.text:
            continue
        meant = nearest(value.text, _KNOWN)
        advice = f"did you mean `{meant}`?" if meant else "correct the name"
        offered = offer(
            Replace(value, meant) if meant else None,
            widens=grows_when_met(condition, statement),
            beside=without_value(value, condition, statement),
        )
        text = f"{shown(value.text)} is probably no algorithm of KMS; {advice}"
        yield RULE.finding(at=value, text=text, confidence=INFERRED, **offered)
