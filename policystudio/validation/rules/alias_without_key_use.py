"""Aliases are listed for the use of keys, but no key is.

Why it matters: the key has to be listed as well, or the call is refused.
What to do: add the key.
"""

from policystudio.ram.document import Statement
from policystudio.ram.finding import Severity
from policystudio.validation.choices.widening import offer
from policystudio.validation.confidence import surest
from policystudio.validation.context import Context
from policystudio.validation.naming import sibling_resource
from policystudio.validation.reach import names
from policystudio.validation.repairs import Add
from policystudio.validation.rule import Notes, Rule
from policystudio.validation.shape import Only
from policystudio.validation.usability import keyed_elsewhere

RULE = Rule(
    Severity.SUGGESTION,
    triggers=[{"Action": "kms:Encrypt", "Resource": "acs:kms:${region}:${account}:alias/app"}],
    clean=[
        {
            "Action": "kms:Encrypt",
            "Resource": ["acs:kms:${region}:${account}:alias/app", "acs:kms:${region}:${account}:key/*"],
        }
    ],
    only=(Only.ALLOW,),
)


@RULE.for_each_statement
def check(statement: Statement, context: Context) -> Notes:
    reach = context.reach(statement)
    if not statement.is_allow or "alias" not in reach.types or "key" in reach.types:
        return
    exact = (context.catalogue.action(entry.text) for entry in statement.actions)
    lone = [
        a
        for a in exact
        if a is not None
        and a.is_cryptographic
        and a.accepts_alias
        and not keyed_elsewhere(a, statement, context)
    ]
    if lone:
        beside = sibling_resource(statement, "alias", "key/*")
        addition = Add(statement, "Resource", (beside or "",), "Grant it on every key")
        offered = offer(addition if beside else None, widens=True)
        text = f"{names(lone, 1)} needs the key beside its alias; add the key resource"
        yield RULE.finding(at=statement, text=text, **offered, confidence=surest(lone))
