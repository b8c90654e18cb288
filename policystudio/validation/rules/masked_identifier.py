"""A name is masked with stars, as documentation does it.

Why it matters: the stars are wildcards; the entry fits whatever begins alike.
What to do: write the full identifier, which only its owner can look up.
"""

import re

from policystudio.ram.document import Statement, Text
from policystudio.ram.finding import Severity, shown
from policystudio.ram.resources import split
from policystudio.validation.choices.resources import corrections, with_fields
from policystudio.validation.context import Context
from policystudio.validation.rule import Notes, Rule

RULE = Rule(
    Severity.WARNING,
    triggers=[
        {"Resource": "acs:kms:cn-hangzhou:123456789012****:key/*"},
        {"Resource": "acs:kms:*:*:key/08ec3bb9-034f-485b-b1cd-3459baa8****"},
    ],
    clean=[{"Resource": "acs:kms:cn-hangzhou:1234567890123456:secret/app-*"}],
)

_MASK = re.compile(r"[*]{3}|\u2026|[.]{3}")


@RULE.for_each_resource_by_itself
def check(resource: Text, statement: Statement, context: Context) -> Notes:
    if _MASK.search(resource.text):
        fields = split(resource.text)
        is_account = (
            fields is not None and _MASK.search(fields.account) and not _MASK.search(fields.relative_id)
        )
        here = with_fields(resource, "Use the target's account", account="${account}") if is_account else ()
        yield RULE.finding(
            at=resource,
            text=f"{shown(resource.text)} is masked; its stars are wildcards, write the full identifier",
            choices=corrections(
                here, resource, statement, removal="Remove it, with all that begins alike", is_real=True
            ),
        )
