"""An action belongs to a service whose code is not known.

Why it matters: RAM accepts any code, so a mistyped one grants nothing, and nobody is told.
What to do: write the code of the service, `kms` for keys and secrets; keep it if the service is newer than our list.
Decision: the list of codes is ours and not complete, so it is a warning and speaks of probability.
"""

from policystudio.catalog.lookup import nearest
from policystudio.catalog.model import INFERRED
from policystudio.ram.document import Statement, Text
from policystudio.ram.finding import Severity, shown
from policystudio.ram.patterns import has_wildcard
from policystudio.validation.choices.entries import drop
from policystudio.validation.choices.widening import offer
from policystudio.validation.context import Context
from policystudio.validation.entries import is_restricting, service_of
from policystudio.validation.repairs import Replace
from policystudio.validation.rule import Notes, Rule
from policystudio.validation.services import SERVICES, is_known

RULE = Rule(
    Severity.WARNING,
    triggers=[{"Action": "kmss:Decrypt"}, {"Action": ["kms:Decrypt", "key-management:Encrypt"]}],
    clean=[
        {"Action": "oss:GetObject", "Resource": "*"},
        {"Action": "KMS:Decrypt"},
        {"Action": "*:Describe*"},
        {"Action": "yundun-waf:Describe*"},
    ],
    silenced_by=[
        "placeholder-out-of-place",
        "space-around-value",
        "lookalike-letter",
        "invisible-character-in-value",
    ],
)


@RULE.for_each_action_by_itself
def check(entry: Text, statement: Statement, context: Context) -> Notes:
    service = service_of(entry)
    if not service or has_wildcard(service) or is_known(service):
        return
    meant = nearest(service, SERVICES)
    advice = f"did you mean `{meant}`?" if meant else "write the code of the service"
    text = f"{shown(service)} is probably the code of no service; {advice}"
    repair = Replace(entry, f"{meant}:{entry.text.partition(':')[2]}") if meant else None
    removals = () if is_restricting(statement) else (drop(entry, "Remove it, which removes no right"),)
    offered = offer(repair, widens=not is_restricting(statement), beside=removals)
    yield RULE.finding(at=entry, text=text, confidence=INFERRED, **offered)
