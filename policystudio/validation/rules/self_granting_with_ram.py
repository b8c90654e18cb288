"""Beside KMS rights, policies of RAM may be attached or changed.

Why it matters: whoever has it can grant themselves anything.
What to do: leave it out.
"""

from policystudio.ram.document import Document
from policystudio.ram.finding import Severity, shown
from policystudio.ram.patterns import fold, matches
from policystudio.validation.choices.entries import drop
from policystudio.validation.context import Context
from policystudio.validation.entries import belongs_to_kms, service_of
from policystudio.validation.rule import Notes, Rule
from policystudio.validation.shape import Only

RULE = Rule(
    Severity.SECURITY_WARNING,
    triggers=[[{"Action": "kms:DescribeKey"}, {"Action": "ram:AttachPolicyToUser", "Resource": "*"}]],
    clean=[[{"Action": "kms:DescribeKey"}, {"Action": "ram:ListPolicies", "Resource": "*"}]],
    only=(Only.OTHER_SERVICE,),
)

_GRANTING = (
    "ram:attachpolicytouser",
    "ram:attachpolicytogroup",
    "ram:attachpolicytorole",
    "ram:createpolicyversion",
    "ram:setdefaultpolicyversion",
)


@RULE.for_document
def check(document: Document, context: Context) -> Notes:
    if not belongs_to_kms(document):
        return
    for statement in document.statements:
        for entry in statement.actions if statement.is_allow else ():
            if service_of(entry) == "ram" and any(matches(fold(entry.text), action) for action in _GRANTING):
                yield RULE.finding(
                    at=entry,
                    text=f"{shown(entry.text)} lets whoever has it grant themselves anything; leave it out",
                    choices=(drop(entry, "Leave it out, with the right that it grants"),),
                )
