"""Keys may be used, but no alias is listed.

Why it matters: calls that name the key by an alias are refused, as the samples of the documentation say.
What to do: add the alias. Where keys are chosen by tag, callers should name the key by its id instead: a statement for
aliases without the tag may open keys that lack it.
"""

from policystudio.ram.document import Statement
from policystudio.ram.finding import Severity
from policystudio.validation.choices.widening import offer
from policystudio.validation.confidence import surest
from policystudio.validation.context import Context
from policystudio.validation.naming import sibling_resource
from policystudio.validation.reach import BLANKET_CODES, names
from policystudio.validation.repairs import Add
from policystudio.validation.rule import Notes, Rule
from policystudio.validation.shape import Only

RULE = Rule(
    Severity.SUGGESTION,
    triggers=[{"Action": "kms:Encrypt"}],
    clean=[
        {
            "Action": "kms:Encrypt",
            "Resource": ["acs:kms:${region}:${account}:key/*", "acs:kms:${region}:${account}:alias/*"],
        },
        {"Action": "kms:Decrypt"},
        {"Action": "kms:DescribeKey"},
    ],
    silenced_in_statement_by=BLANKET_CODES,
    only=(Only.ALLOW,),
)


@RULE.for_each_statement
def check(statement: Statement, context: Context) -> Notes:
    if not statement.is_allow or statement.not_actions or statement.not_resources:
        return
    reach = context.reach(statement)
    by_alias = [grant.action for grant in reach.using() if grant.action.accepts_alias]
    if "alias" in reach.types or not by_alias or any(action.name in context.aliased for action in by_alias):
        return
    if reach.has_tag_condition:
        text = (
            f"calls of {names(by_alias, 1)} by alias are refused; let callers name the key by its id, as an alias "
            "statement without the tag may open keys without it"
        )
        yield RULE.finding(at=statement, text=text, confidence=surest(by_alias))
        return
    beside = sibling_resource(statement, "key", "alias/*")
    aliases = Add(statement, "Resource", (beside or "",), "Grant aliases too")
    text = f"calls of {names(by_alias, 1)} that name an alias are refused; add the alias resource"
    yield RULE.finding(
        at=statement,
        text=text,
        **offer(aliases if beside else None, widens=True),
        confidence=surest(by_alias),
    )
