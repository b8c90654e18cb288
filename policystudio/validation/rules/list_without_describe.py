"""Keys or secrets may be listed, but not opened.

Why it matters: the console shows names and an error behind each.
What to do: add `kms:DescribeKey` or `kms:DescribeSecret`.
"""

from policystudio.ram.document import Document
from policystudio.ram.finding import Severity
from policystudio.validation.choices.together import Together
from policystudio.validation.choices.widening import Widening
from policystudio.validation.context import Context
from policystudio.validation.naming import sibling_resource
from policystudio.validation.reach import first
from policystudio.validation.repairs import Add
from policystudio.validation.rule import Notes, Rule

RULE = Rule(
    Severity.SUGGESTION,
    triggers=[{"Action": "kms:ListKeys", "Resource": "acs:kms:${region}:${account}:key"}],
    clean=[
        {
            "Action": ["kms:ListKeys", "kms:DescribeKey"],
            "Resource": ["acs:kms:*:1234567890123456:key", "acs:kms:*:1234567890123456:key/*"],
        }
    ],
    naming=("kms:ListKeys", "kms:ListSecrets"),
)


@RULE.for_document
def check(document: Document, context: Context) -> Notes:
    for listing, describing in (
        ("kms:ListKeys", "kms:DescribeKey"),
        ("kms:ListSecrets", "kms:DescribeSecret"),
    ):
        grant = first(context.grants(listing))
        if grant is not None and not context.allows([describing]):
            word = "key" if describing == "kms:DescribeKey" else "secret"
            action = Add(grant.statement, "Action", (describing,))
            beside = sibling_resource(grant.statement, word, f"{word}/*")
            has_members = word in context.reach(grant.statement).types
            additions = (
                (action,)
                if has_members or not beside
                else (action, Add(grant.statement, "Resource", (beside,)))
            )
            title = f"Add {describing}" + ("" if has_members else f" on every {word}")
            choices = (Widening(Together(additions, title)),) if has_members or beside else ()
            text = f"names can be listed but not opened; add `{describing}`"
            yield RULE.finding(at=grant.at, text=text, choices=choices, confidence=grant.confidence)
