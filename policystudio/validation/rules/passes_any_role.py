"""Beside KMS rights, every role may be passed on or assumed.

Every role of one account counts, whether it is written as a number or left to be filled in.

Why it matters: whoever has it takes the rights of any role, whatever else this policy says.
What to do: name the role, which only the author knows, or leave the action out.
"""

from policystudio.ram.document import Document
from policystudio.ram.finding import Severity, shown
from policystudio.ram.patterns import covers, fold, matches, normal
from policystudio.ram.resources import split
from policystudio.validation.choices.entries import drop
from policystudio.validation.context import Context
from policystudio.validation.entries import belongs_to_kms, service_of
from policystudio.validation.rule import Notes, Rule
from policystudio.validation.shape import Only

RULE = Rule(
    Severity.SECURITY_WARNING,
    triggers=[
        [{"Action": "kms:DescribeKey"}, {"Action": "ram:PassRole", "Resource": "*"}],
        [
            {"Action": "kms:DescribeKey"},
            {"Action": "sts:AssumeRole", "Resource": "acs:ram::1234567890123456:role/*"},
        ],
        [
            {"Action": "kms:DescribeKey"},
            {"Action": "ram:PassRole", "Resource": "acs:ram:*:${account}:role/?*"},
        ],
    ],
    clean=[
        [
            {"Action": "kms:DescribeKey"},
            {"Action": "ram:PassRole", "Resource": "acs:ram:*:1234567890123456:role/app"},
        ],
        {"Action": "ram:PassRole", "Resource": "*"},
    ],
    only=(Only.OTHER_SERVICE,),
)

_PASSING = ("ram:passrole", "sts:assumerole")


@RULE.for_document
def check(document: Document, context: Context) -> Notes:
    if not belongs_to_kms(document):
        return
    for statement in document.statements:
        if not statement.is_allow or not any(
            _is_every_role(resource.text) for resource in statement.resources
        ):
            continue
        for entry in statement.actions:
            if service_of(entry) in ("ram", "sts") and any(
                matches(fold(entry.text), action) for action in _PASSING
            ):
                text = f"{shown(entry.text)} on every role takes the rights of any; name the role"
                removal = drop(entry, "Leave it out, with the right that it grants")
                yield RULE.finding(at=entry, text=text, choices=(removal,))


def _is_every_role(resource: str) -> bool:
    """Whether the resource takes every role of some account; no role has an empty name."""
    fields = split(resource)
    if fields is None:
        return resource == "*"
    return matches(fields.service, "ram") and covers(normal(fields.relative_id), "role/?*")
