"""A name in a Deny, or in the exception of an Allow, is masked with dots, as documentation does it.

Why it matters: dots are no wildcards, so the entry fits nothing, and nothing is forbidden.
What to do: write the full identifier, which only its owner can look up; or `*`, to forbid all that fits the rest.

Where stars are the mask, a Deny forbids whatever begins alike: more than was meant, as `masked-identifier` says.
"""

from policystudio.ram.document import Statement, Text
from policystudio.ram.finding import Severity, shown
from policystudio.validation.context import Context
from policystudio.validation.masks import has_dots, with_stars
from policystudio.validation.naming import is_withholding
from policystudio.validation.repairs import Replace
from policystudio.validation.rule import Notes, Rule

RULE = Rule(
    Severity.SECURITY_WARNING,
    triggers=[
        {"Effect": "Deny", "Resource": "acs:kms:${region}:${account}:key/08ec3bb9...8aa8"},
        {"Effect": "Deny", "Resource": "acs:kms:${region}:${account}:secret/payments…"},
    ],
    clean=[
        {
            "Effect": "Deny",
            "Resource": "acs:kms:${region}:${account}:key/08ec3bb9-034f-485b-b1cd-3459baa8****",
        },
        {"Resource": "acs:kms:${region}:${account}:key/08ec3bb9...8aa8"},
    ],
    silenced_by=["malformed-account-number"],
)


@RULE.for_each_resource_by_itself
def check(resource: Text, statement: Statement, context: Context) -> Notes:
    if has_dots(resource.text) and is_withholding(statement):
        yield RULE.finding(
            at=resource,
            text=f"{shown(resource.text)} is masked, so this forbids nothing; write the full identifier",
            choices=(Replace(resource, with_stars(resource.text), "Forbid all that fits the rest"),),
        )
