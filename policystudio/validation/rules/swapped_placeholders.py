"""The placeholders of region and account have changed places.

Why it matters: the rendered name fits nothing.
What to do: the region comes first; where a value stands beside a misplaced blank, only the author knows which is meant.
"""

from policystudio.ram import placeholders
from policystudio.ram.document import Statement, Text
from policystudio.ram.finding import Severity
from policystudio.ram.resources import split
from policystudio.validation.context import Context
from policystudio.validation.repairs import Replace
from policystudio.validation.rule import Notes, Rule

RULE = Rule(
    Severity.ERROR,
    triggers=[{"Resource": "acs:kms:${account}:${region}:key/*"}, {"Resource": "acs:kms:*:${region}:key/*"}],
    clean=[{"Resource": "acs:kms:${region}:${account}:key/*"}],
)


@RULE.for_each_resource_by_itself
def check(resource: Text, statement: Statement, context: Context) -> Notes:
    fields = split(resource.text)
    if fields is None:
        return
    in_region = any(found.name == placeholders.ACCOUNT for found in placeholders.find(fields.region))
    in_account = any(found.name == placeholders.REGION for found in placeholders.find(fields.account))
    if in_region or in_account:
        both = in_region and in_account
        fix = (
            Replace(resource, str(fields._replace(region=fields.account, account=fields.region)))
            if both
            else None
        )
        # A lone one may have been meant for its own place or stand in the place of the other.
        is_plain = (fields.account if in_region else fields.region) in ("*", "${region}", "${account}")
        own = fields._replace(
            region=fields.account if in_account else "${region}",
            account=fields.region if in_region else "${account}",
        )
        yield RULE.finding(
            at=resource,
            text="region and account have changed places; the region comes first",
            fix=fix,
            choices=() if both or not is_plain else (Replace(resource, str(own)),),
        )
