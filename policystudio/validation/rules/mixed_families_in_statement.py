"""A statement has actions for keys and actions for secrets, over keys and secrets.

Why it matters: a reader cannot see at once which action meets which resource.
What to do: make one statement for keys and one for secrets.
"""

from policystudio.ram.document import Statement
from policystudio.ram.finding import Severity
from policystudio.validation.choices.families import by_family
from policystudio.validation.confidence import surest, weakest
from policystudio.validation.context import Context
from policystudio.validation.naming import kms_fields, object_part
from policystudio.validation.reach import BLANKET_CODES, names
from policystudio.validation.rule import Notes, Rule
from policystudio.validation.shape import Only

RULE = Rule(
    Severity.SUGGESTION,
    triggers=[
        {
            "Action": ["kms:Decrypt", "kms:GetSecretValue"],
            "Resource": ["acs:kms:*:1234567890123456:key/*", "acs:kms:*:1234567890123456:secret/app"],
        }
    ],
    clean=[
        {"Action": ["kms:Decrypt", "kms:Encrypt"]},
        {"Action": ["kms:Decrypt", "kms:GetSecretValue"], "Resource": "*"},
    ],
    silenced_in_statement_by=["pattern-crosses-families", *BLANKET_CODES],
    only=(Only.SEVERAL_ACTIONS, Only.SEVERAL_RESOURCES),
)


@RULE.for_each_statement
def check(statement: Statement, context: Context) -> Notes:
    reach = context.reach(statement)
    if "secret" not in reach.types:
        return
    words = {
        object_part(fields)[0]
        for fields in map(kms_fields, map(str, statement.resources))
        if fields is not None
    }
    if not {"key", "secret"} <= words:
        return
    exact = [
        a
        for a in map(context.catalogue.action, map(str, statement.actions))
        if a is not None and a.usable_with(reach.types)
    ]
    on_keys = [action for action in exact if set(action.resource_types) <= {"key", "alias"}]
    on_secrets = [action for action in exact if set(action.resource_types) == {"secret"}]
    if on_keys and on_secrets:
        text = (
            f"{names(on_keys, 1)} works on keys, {names(on_secrets, 1)} on secrets; make a statement for each"
        )
        split = next(by_family(statement, context), None)
        yield RULE.finding(
            at=statement, text=text, fix=split, confidence=weakest(surest(on_keys), surest(on_secrets))
        )
