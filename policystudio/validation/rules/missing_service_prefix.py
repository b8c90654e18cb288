"""An action is written without its service.

Why it matters: RAM refuses the document: an action is `<service>:<name>` or the lone star.
What to do: write `kms:` before the name.

Source: RAM policy check, "Invalid action format".
"""

from policystudio.catalog.lookup import expand
from policystudio.ram.document import Kind, Statement, Text
from policystudio.ram.finding import Severity, shown
from policystudio.ram.patterns import has_wildcard, normal
from policystudio.validation.context import Context
from policystudio.validation.entries import service_of
from policystudio.validation.repairs import Replace
from policystudio.validation.rule import Notes, Rule

RULE = Rule(
    Severity.ERROR,
    triggers=[{"Action": "Encrypt"}, {"Action": ["kms:Decrypt", ":Encrypt"]}],
    clean=[{"Action": "kms:Encrypt"}, {"Action": "*"}],
    silenced_by=["placeholder-out-of-place"],
    kinds=tuple(Kind),
)


@RULE.for_each_action
def check(entry: Text, statement: Statement, context: Context) -> Notes:
    if service_of(entry) or normal(entry.text) == "*":
        return
    known = expand(context.catalogue, "kms:" + entry.text.lstrip(":"))
    written = (
        known[0].name if len(known) == 1 and not has_wildcard(entry.text) else "kms:" + entry.text.lstrip(":")
    )
    fix = Replace(entry, written) if known else None
    yield RULE.finding(at=entry, text=f"{shown(entry.text)} has no service; write {shown(written)}", fix=fix)
