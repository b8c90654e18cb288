"""The id of a key has not the form of one.

Why it matters: it is perhaps an alias or a display name, and then fits nothing.
What to do: copy the id from the key's page, or name the alias.
"""

import re

from policystudio.catalog.model import INFERRED
from policystudio.ram.document import Statement, Text
from policystudio.ram.finding import Severity, shown
from policystudio.ram.patterns import has_wildcard
from policystudio.validation.choices.resources import corrections, with_fields
from policystudio.validation.context import Context
from policystudio.validation.naming import kms_fields, object_part
from policystudio.validation.rule import Notes, Rule

RULE = Rule(
    Severity.SUGGESTION,
    triggers=[{"Resource": "acs:kms:${region}:${account}:key/payments"}],
    clean=[
        {"Resource": "acs:kms:${region}:${account}:key/key-hzz1234567890abcdefgh"},
        {"Resource": "acs:kms:${region}:${account}:key/08ec3bb9-034f-485b-b1cd-3459baa8c001"},
    ],
    silenced_by=[
        "example-value-left",
        "bare-placeholder-word",
        "masked-identifier",
        "masked-identifier-in-deny",
        "resources-joined-by-comma",
        "resources-joined-by-comma-in-deny",
    ],
)


@RULE.for_each_resource_by_itself
def check(resource: Text, statement: Statement, context: Context) -> Notes:
    fields = kms_fields(resource.text)
    if fields is None:
        return
    word, identifier = object_part(fields)
    key = context.catalogue.resource_types.get("key")
    form = None if key is None else key.identifier.regex
    if word != "key" or not identifier or has_wildcard(identifier) or "$" in identifier or form is None:
        return
    if re.search(form, identifier) is None:
        text = (
            f"{shown(identifier)} is probably no key id but an alias or name; copy the id from the key's page"
        )
        alias = with_fields(resource, f"Write alias/{identifier}", relative_id=f"alias/{identifier}")
        choices = corrections(alias, resource, statement, is_real=True)
        yield RULE.finding(at=resource, text=text, confidence=INFERRED, choices=choices)
