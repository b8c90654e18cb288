"""A target, or a resource, is in a region that the account does not use.

Why it matters: no key or secret of that account is there, so nothing is granted; or the region was left off the list.
What to do: name a region of the account, use `${region}`, or add the region to the account.
"""

from collections.abc import Iterator

from policystudio.ram.document import Document, Statement, Text
from policystudio.ram.finding import Severity, shown
from policystudio.ram.render import Target
from policystudio.validation.choices.resources import corrections, with_fields
from policystudio.validation.context import Context
from policystudio.validation.naming import kms_fields
from policystudio.validation.rule import Example, Notes, Rule

_ACCOUNT = "1234567890123456"
_USED = {_ACCOUNT: ("cn-hangzhou", "cn-shanghai")}

RULE = Rule(
    Severity.WARNING,
    triggers=[
        Example(
            {"Resource": "acs:kms:eu-central-1:${account}:key/*"},
            targets=(Target(_ACCOUNT, "cn-hangzhou"),),
            enabled_regions=_USED,
        ),
        Example({}, targets=(Target(_ACCOUNT, "eu-central-1"),), enabled_regions=_USED),
    ],
    clean=[
        Example(
            {"Resource": "acs:kms:cn-shanghai:1234567890123456:key/*"},
            targets=(Target(_ACCOUNT, "cn-hangzhou"),),
            enabled_regions=_USED,
        ),
        Example(
            {"Resource": "acs:kms:eu-central-1:${account}:key/*"}, targets=(Target(_ACCOUNT, "cn-hangzhou"),)
        ),
    ],
    silenced_by=[
        "unknown-region",
        "unknown-region-in-deny",
        "bare-placeholder-word",
        "wrong-case-in-resource",
        "mixed-regions-in-deny",
    ],
)


@RULE.for_document
def check_targets(document: Document, context: Context) -> Notes:
    for target in context.targets:
        used = context.enabled_regions.get(target.account)
        if used is not None and target.region not in used:
            yield RULE.finding(
                at=document,
                text=f"account `{target.account}` does not use the region `{target.region}`; correct the target",
            )


@RULE.for_each_resource
def check_resource(resource: Text, statement: Statement, context: Context) -> Notes:
    fields = kms_fields(resource.text)
    if fields is None or fields.region not in context.catalogue.regions:
        return
    accounts = list(_accounts(fields.account, context))
    if accounts and all(fields.region not in context.enabled_regions[account] for account in accounts):
        text = (
            f"no account meant here uses the region {shown(fields.region)}; write `${{region}}` or one in use"
        )
        known = context.catalogue.regions[fields.region]
        here = with_fields(resource, "Write ${region}", region="${region}")
        choices = corrections(here, resource, statement, is_real=True)
        yield RULE.finding(at=resource, text=text, confidence=known.confidence, choices=choices)


def _accounts(field: str, context: Context) -> Iterator[str]:
    """The accounts that the field stands for and whose regions are known; none if some are not known."""
    meant = context.target_accounts if field == "${account}" else {field}
    if all(account in context.enabled_regions for account in meant):
        yield from sorted(meant)
