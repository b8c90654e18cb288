"""A value is neither `true` nor `false`.

Why it matters: nobody knows what RAM makes of it.
What to do: write `true` or `false`.
"""

from policystudio.ram.document import Condition, Kind, Statement
from policystudio.ram.finding import Severity, shown
from policystudio.ram.operators import boolean
from policystudio.ram.patterns import fold
from policystudio.validation.context import Context
from policystudio.validation.repairs import Replace
from policystudio.validation.rule import Notes, Rule
from policystudio.validation.terms import unreadable

RULE = Rule(
    Severity.ERROR,
    triggers=[{"Condition": {"Bool": {"acs:SecureTransport": "yes"}}}],
    clean=[{"Condition": {"Bool": {"acs:SecureTransport": "true"}}}],
    kinds=tuple(Kind),
)

_MEANT = {"yes": "true", "on": "true", "1": "true", "no": "false", "off": "false", "0": "false"}


@RULE.for_each_condition
def check(condition: Condition, statement: Statement, context: Context) -> Notes:
    for value, _ in unreadable(condition, "boolean"):
        meant = _MEANT.get(fold(value.text.strip()), fold(value.text.strip()))
        fix = Replace(value, meant) if boolean.parse(meant) is not None else None
        yield RULE.finding(at=value, text=f"{shown(value.text)} is neither `true` nor `false`", fix=fix)
