"""A pattern acts on the keys and on the secrets of one statement.

Why it matters: a pattern that was meant for keys also changes the secrets listed beside them, or the reverse.
What to do: make one statement for keys and one for secrets.
"""

from policystudio.ram.document import Statement, Text
from policystudio.ram.finding import Severity, shown
from policystudio.ram.patterns import has_wildcard
from policystudio.validation.choices.actions import named
from policystudio.validation.choices.families import by_family
from policystudio.validation.choices.later import Later
from policystudio.validation.confidence import surest, weakest
from policystudio.validation.context import Context
from policystudio.validation.reach import BLANKET_CODES, names
from policystudio.validation.rule import Notes, Rule

RULE = Rule(
    Severity.WARNING,
    triggers=[
        {
            "Action": "kms:Delete*",
            "Resource": ["acs:kms:*:1234567890123456:key/*", "acs:kms:*:1234567890123456:secret/*"],
        }
    ],
    clean=[{"Action": "kms:Delete*", "Resource": "acs:kms:*:1234567890123456:secret/*"}],
    silenced_in_statement_by=[*BLANKET_CODES, "every-resource", "effectively-every-resource"],
)


@RULE.for_each_action_by_itself
def check(entry: Text, statement: Statement, context: Context) -> Notes:
    if not statement.is_allow or statement.not_actions or not has_wildcard(entry.text):
        return
    if not {"key", "secret"} <= context.reach(statement).types:
        return
    risky = [action for action in context.reach(statement).usable(entry) if action.risk.level != "none"]
    on_keys = [action for action in risky if set(action.resource_types) == {"key"}]
    on_secrets = [action for action in risky if set(action.resource_types) == {"secret"}]
    if on_keys and on_secrets:
        both = f"{names(on_keys, 1)} on keys and {names(on_secrets, 1)} on secrets"
        choices = (
            *named(
                entry,
                statement,
                context,
                lambda a: "secret" not in a.resource_types,
                "that leave secrets alone",
            ),
            *named(
                entry, statement, context, lambda a: "key" not in a.resource_types, "that leave keys alone"
            ),
            Later(lambda: next(by_family(statement, context), None)),
        )
        text = f"{shown(entry.text)} reaches {both}; make a statement for each"
        yield RULE.finding(
            at=entry, text=text, choices=choices, confidence=weakest(surest(on_keys), surest(on_secrets))
        )
