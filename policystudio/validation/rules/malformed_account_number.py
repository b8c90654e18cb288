"""The account of a resource holds letters or hyphens where digits belong.

Why it matters: no account has such a number, so nothing is granted.
What to do: write the account's digits, `${account}`, or `*`.

`system` is taken for resources of RAM itself. Source: RAM authentication rules.
"""

import re

from policystudio.ram.document import Kind, Statement, Text
from policystudio.ram.finding import Severity, shown
from policystudio.ram.resources import split
from policystudio.validation.choices.entries import drop
from policystudio.validation.context import Context
from policystudio.validation.repairs import Replace
from policystudio.validation.rule import Notes, Rule

RULE = Rule(
    Severity.ERROR,
    triggers=[
        {"Resource": "acs:kms:cn-hangzhou:my-company:key/*"},
        {"Resource": "acs:kms:*:1234-5678:key/*"},
    ],
    clean=[{"Resource": "acs:kms:cn-hangzhou:${account}:key/*"}, {"Resource": "acs:ram:*:system:policy/A"}],
    kinds=(Kind.IDENTITY, Kind.KEY_POLICY),
)

_DIGITS = re.compile(r"[0-9*?]*")


@RULE.for_each_resource_by_itself
def check(resource: Text, statement: Statement, context: Context) -> Notes:
    fields = split(resource.text)
    if fields is None or "$" in fields.account or _DIGITS.fullmatch(fields.account):
        return
    if fields.account != "system" or fields.service != "ram":
        here = Replace(resource, str(fields._replace(account="${account}")), "Use the target's account")
        yield RULE.finding(
            at=resource,
            text=f"{shown(fields.account)} is no account number; write digits or `${{account}}`",
            choices=(here, drop(resource, "Remove the entry")),
        )
