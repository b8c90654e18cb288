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


@RULE.for_each_action_by_itself
def check(entry: Text, statement: Statement, context: Context) -> Notes:
    if service_of(entry) or normal(entry.text) == "*":
        return
    name = entry.text.lstrip(":")
    known = expand(context.catalogue, f"kms:{name}")
    if not known:
        yield RULE.finding(at=entry, text=f"{shown(entry.text)} has no service; write `<service>:<name>`")
        return
    written = f"kms:{name}" if has_wildcard(name) else known[0].name
    text = f"{shown(entry.text)} has no service; write {shown(written)}"
    yield RULE.finding(at=entry, text=text, fix=Replace(entry, written))
