"""A key or secret that a cloud product keeps is to be changed.

Why it matters: what a product made can be changed through that product only.
What to do: leave it out.
"""

from policystudio.ram.document import Statement, Text
from policystudio.ram.finding import Severity, shown
from policystudio.validation.confidence import surest
from policystudio.validation.context import Context
from policystudio.validation.naming import kms_fields, object_part
from policystudio.validation.reach import names
from policystudio.validation.rule import Notes, Rule
from policystudio.validation.shape import Only

RULE = Rule(
    Severity.WARNING,
    triggers=[
        {
            "Action": "kms:UpdateAlias",
            "Resource": ["acs:kms:*:1234567890123456:alias/acs/oss", "acs:kms:*:1234567890123456:key/*"],
        },
        {"Action": "kms:DeleteSecret", "Resource": "acs:kms:*:1234567890123456:secret/rds!db"},
    ],
    clean=[
        {
            "Action": "kms:Encrypt",
            "Resource": ["acs:kms:*:1234567890123456:alias/acs/oss", "acs:kms:*:1234567890123456:key/*"],
        }
    ],
    only=(Only.ALLOW,),
)


@RULE.for_each_resource
def check(resource: Text, statement: Statement, context: Context) -> Notes:
    fields = kms_fields(resource.text)
    if fields is None or not statement.is_allow or statement.not_resources:
        return
    word, identifier = object_part(fields)
    is_owned = (word == "alias" and identifier.startswith("acs/")) or (word == "secret" and "!" in identifier)
    if not is_owned:
        return
    changing = [
        g.action
        for g in context.reach(statement).grants.values()
        if g.action.access_level == "Write" and word in g.action.resource_types
    ]
    if changing:
        text = f"{shown(identifier)} is kept by a cloud product; {names(changing, 1)} cannot change it"
        yield RULE.finding(at=resource, text=text, confidence=surest(changing))
