"""A pattern reaches resources of another type.

Why it matters: `key*` includes the container and the keys, but also `keystore/…`.
What to do: list container and members apart, `key` and `key/*`.

Where no listed action acts on the other type, it is a suggestion: nothing is granted there today.
"""

from policystudio.ram.document import Statement, Text
from policystudio.ram.finding import Severity, shown
from policystudio.validation.confidence import weakest
from policystudio.validation.context import Context
from policystudio.validation.naming import kms_fields
from policystudio.validation.repairs import ReplaceByList
from policystudio.validation.rule import Notes, Rule

RULE = Rule(
    Severity.WARNING,
    triggers=[
        {"Action": ["kms:DescribeKey", "kms:*Instance*"], "Resource": "acs:kms:${region}:${account}:key*"},
        {"Action": "kms:DescribeKey", "Resource": "acs:kms:${region}:${account}:key*"},
    ],
    clean=[
        {"Resource": "acs:kms:${region}:${account}:key/*"},
        {"Resource": "acs:kms:${region}:${account}:secret*"},
    ],
    silenced_in_statement_by=["every-action-of-every-service"],
)


@RULE.for_each_resource_by_itself
def check(resource: Text, statement: Statement, context: Context) -> Notes:
    fields = kms_fields(resource.text)
    if fields is None or not statement.is_allow or statement.not_resources:
        return
    head, star, rest = fields.relative_id.partition("*")
    if not star or not head or "/" in head or "?" in head:
        return
    reach = context.reach(statement)
    kinds = [context.catalogue.resource_types[kind] for kind in reach.types_of(resource)]
    words = sorted({kind.word for kind in kinds if kind.word.startswith(head)})
    served = {kind.word for kind in kinds if kind.id in reach.served_types}
    if len(words) > 1:
        both = tuple(str(fields._replace(relative_id=relative)) for relative in (head, f"{head}/*"))
        fix = (
            ReplaceByList(resource, both, f"List {head} and {head}/*") if head in words and not rest else None
        )
        listed = " and ".join(f"`{word}`" for word in words)
        yield RULE.finding(
            at=resource,
            text=f"{shown(fields.relative_id)} reaches {listed}; list what is meant",
            fix=fix,
            severity=Severity.SUGGESTION if len(served) < 2 else None,
            confidence=weakest(*(kind.confidence for kind in kinds if kind.word in words)),
        )
