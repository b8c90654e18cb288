"""A key is chosen by a part of its id.

Why it matters: ids of keys are random; a part selects nothing that has a meaning.
What to do: list the ids, or choose keys by tag; which ones only the author knows.
"""

from policystudio.catalog.model import INFERRED
from policystudio.ram.document import Statement, Text
from policystudio.ram.finding import Severity
from policystudio.ram.patterns import has_wildcard, normal
from policystudio.validation.choices.resources import corrections
from policystudio.validation.context import Context
from policystudio.validation.naming import kms_fields, object_part
from policystudio.validation.reach import takes_all
from policystudio.validation.rule import Notes, Rule

RULE = Rule(
    Severity.WARNING,
    triggers=[{"Resource": "acs:kms:${region}:${account}:key/prod-*"}],
    clean=[
        {"Resource": "acs:kms:${region}:${account}:key/*"},
        {"Resource": "acs:kms:${region}:${account}:key/?*"},
        {"Resource": "acs:kms:${region}:${account}:secret/prod-*"},
    ],
    silenced_by=[
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
    if word != "key" or not has_wildcard(identifier) or normal(identifier) == "*":
        return
    if not (statement.is_allow and takes_all(resource.text, "key/*")):
        text = "ids of keys are random, a part of one selects nothing meaningful; use a tag"
        choices = corrections((), resource, statement)
        yield RULE.finding(at=resource, text=text, choices=choices, confidence=INFERRED)
