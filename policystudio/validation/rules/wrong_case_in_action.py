"""An action is not written in its documented spelling.

Why it matters: RAM takes it, but searching and comparing policies miss it.
What to do: write it as documented.

Source: policy elements: in most cases actions are not case-sensitive, the exact spelling is advised.
"""

from policystudio.catalog.lookup import expand
from policystudio.ram.document import Kind, Statement, Text
from policystudio.ram.finding import Severity, shown
from policystudio.ram.patterns import has_wildcard, matches
from policystudio.validation.confidence import of_existence
from policystudio.validation.context import Context
from policystudio.validation.entries import documented_pattern
from policystudio.validation.repairs import Replace
from policystudio.validation.rule import Notes, Rule

RULE = Rule(
    Severity.SUGGESTION,
    triggers=[{"Action": "kms:decrypt"}, {"Action": "KMS:List*"}],
    clean=[{"Action": "kms:Decrypt"}, {"Action": "kms:List*"}],
    kinds=tuple(Kind),
)


@RULE.for_each_action_by_itself
def check(entry: Text, statement: Statement, context: Context) -> Notes:
    known = expand(context.catalogue, entry.text)
    if not known or any(matches(entry.text, action.name) for action in known):
        return
    if has_wildcard(entry.text):
        written = documented_pattern(entry.text, known)
        yield RULE.finding(
            at=entry,
            text=f"{shown(entry.text)} is not in the documented spelling, such as `{known[0].name}`",
            fix=Replace(entry, written) if written else None,
            confidence=of_existence(known[:1]),
        )
    else:
        written = known[0].name
        yield RULE.finding(
            at=entry,
            text=f"{shown(entry.text)} is documented as {shown(written)}",
            fix=Replace(entry, written),
            confidence=of_existence(known[:1]),
        )
