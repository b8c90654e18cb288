"""Secrets may be managed, but none be created.

The documentation's own sample is like that.

Why it matters: a secret has to be made by somebody else.
What to do: add `kms:CreateSecret`, if it is needed.
"""

from policystudio.ram.document import Document
from policystudio.ram.finding import Severity
from policystudio.validation.choices.together import Together
from policystudio.validation.choices.widening import Widening
from policystudio.validation.confidence import weakest
from policystudio.validation.context import Context
from policystudio.validation.naming import sibling_resource
from policystudio.validation.reach import first
from policystudio.validation.repairs import Add
from policystudio.validation.rule import Notes, Rule

RULE = Rule(
    Severity.SUGGESTION,
    triggers=[
        {
            "Action": ["kms:PutSecretValue", "kms:DeleteSecret"],
            "Resource": "acs:kms:*:1234567890123456:secret/app",
        }
    ],
    clean=[
        {"Action": "kms:PutSecretValue", "Resource": "acs:kms:*:1234567890123456:secret/app"},
        {
            "Action": ["kms:CreateSecret", "kms:PutSecretValue", "kms:DeleteSecret"],
            "Resource": ["acs:kms:*:1234567890123456:secret", "acs:kms:*:1234567890123456:secret/app"],
        },
        {"Action": "kms:*Secret*", "Resource": "acs:kms:*:1234567890123456:secret/*"},
    ],
    naming=("kms:DeleteSecret",),
)


@RULE.for_document
def check(document: Document, context: Context) -> Notes:
    writing = first(context.grants("kms:PutSecretValue", "kms:UpdateSecret"))
    deleting = first(context.grants("kms:DeleteSecret"))
    # Named but without the container, it is the matter of `missing-container-resource`.
    is_named = any(
        action.name == "kms:CreateSecret" for reach in context.allowing for action in reach.expanded
    )
    if writing is not None and deleting is not None and not is_named:
        text = "secrets can be changed and deleted here but not made; add `kms:CreateSecret`"
        action = Add(writing.statement, "Action", ("kms:CreateSecret",))
        container = sibling_resource(writing.statement, "secret")
        additions = (action, Add(writing.statement, "Resource", (container,))) if container else (action,)
        title = "Add kms:CreateSecret" + (" on the container of secrets" if container else "")
        yield RULE.finding(
            at=writing.at,
            text=text,
            choices=(Widening(Together(additions, title)),),
            confidence=weakest(writing.confidence, deleting.confidence),
        )
