"""Keys may be used by every alias.

Why it matters: aliases that are made later are included.
What to do: name the aliases.
"""

from policystudio.ram.document import Statement
from policystudio.ram.finding import Severity
from policystudio.validation.choices.entries import drop
from policystudio.validation.choices.resources import only_those_named
from policystudio.validation.confidence import surest
from policystudio.validation.context import Context
from policystudio.validation.reach import BLANKET_CODES
from policystudio.validation.rule import Notes, Rule
from policystudio.validation.shape import Only

RULE = Rule(
    Severity.SUGGESTION,
    triggers=[
        {
            "Action": "kms:Encrypt",
            "Resource": ["acs:kms:${region}:${account}:key/*", "acs:kms:${region}:${account}:alias/*"],
        }
    ],
    clean=[
        {
            "Action": "kms:Encrypt",
            "Resource": ["acs:kms:${region}:${account}:key/*", "acs:kms:${region}:${account}:alias/app"],
        },
        {
            "Action": "kms:ListAliases",
            "Resource": ["acs:kms:${region}:${account}:alias", "acs:kms:${region}:${account}:alias/*"],
        },
    ],
    silenced_by=["every-resource", "effectively-every-resource", "tag-condition-beside-alias"],
    silenced_in_statement_by=BLANKET_CODES,
    only=(Only.ALLOW, Only.WILDCARD_IN_RESOURCE),
)


@RULE.for_each_statement
def check(statement: Statement, context: Context) -> Notes:
    reach = context.reach(statement)
    covering = reach.covering("alias/*") if statement.is_allow else ()
    using = [a for a in reach.expanded if a.is_cryptographic and a.accepts_alias] if covering else []
    if using:
        for resource in covering:
            choices = (
                *only_those_named(resource, statement, "alias"),
                drop(resource, "Remove it; callers name the key by its id"),
            )
            text = "this includes every alias, also those made later; name the aliases"
            yield RULE.finding(at=resource, text=text, choices=choices, confidence=surest(using))
