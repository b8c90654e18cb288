"""A name is masked with stars or dots, as documentation does it.

Why it matters: stars are wildcards, so the entry fits whatever begins alike; dots are none, so it fits nothing.
What to do: write the full identifier, which only its owner can look up.
"""

from policystudio.ram.document import Statement, Text
from policystudio.ram.finding import Severity, shown
from policystudio.validation.choices.resources import corrections, with_fields
from policystudio.validation.context import Context
from policystudio.validation.masks import has_dots, is_masked, masks_account
from policystudio.validation.naming import is_withholding
from policystudio.validation.rule import Notes, Rule

RULE = Rule(
    Severity.WARNING,
    triggers=[
        {"Resource": "acs:kms:cn-hangzhou:123456789012****:key/*"},
        {"Resource": "acs:kms:*:*:key/08ec3bb9-034f-485b-b1cd-3459baa8****"},
        {"Resource": "acs:kms:${region}:${account}:key/08ec3bb9...8aa8"},
        {"Effect": "Deny", "Resource": "acs:kms:cn-hangzhou:123456789012****:key/*"},
    ],
    clean=[
        {"Resource": "acs:kms:cn-hangzhou:1234567890123456:secret/app-*"},
        {"Effect": "Deny", "Resource": "acs:kms:*:1234567890123456:key/08ec3bb9...8aa8"},
    ],
    silenced_by=["malformed-account-number"],
)

_REMOVAL = "Remove it, with all that begins alike"


@RULE.for_each_resource_by_itself
def check(resource: Text, statement: Statement, context: Context) -> Notes:
    if not is_masked(resource.text) or (is_withholding(statement) and has_dots(resource.text)):
        return
    fits = "so nothing fits" if has_dots(resource.text) else "its stars are wildcards"
    here = (
        with_fields(resource, "Use the target's account", account="${account}")
        if masks_account(resource)
        else ()
    )
    removal = "Remove it, which removes no right" if has_dots(resource.text) else _REMOVAL
    yield RULE.finding(
        at=resource,
        text=f"{shown(resource.text)} is masked, {fits}; write the full identifier",
        choices=corrections(here, resource, statement, removal=removal, is_real=True),
    )
