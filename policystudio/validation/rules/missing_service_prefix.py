"""An action is written without its service.

Why it matters: RAM refuses the document: an action is `<service>:<name>` or the lone star.
What to do: write `kms:` before the name; `kms:*` where all of the service is meant.

Source: RAM policy check, "Invalid action format".
"""

import re

from policystudio.catalog.lookup import expand
from policystudio.ram.document import Kind, Statement, Text
from policystudio.ram.finding import Severity, shown
from policystudio.ram.patterns import fold, has_wildcard, normal
from policystudio.validation.choices.widening import offer
from policystudio.validation.context import Context
from policystudio.validation.entries import is_restricting, service_of
from policystudio.validation.repairs import Replace
from policystudio.validation.rule import Notes, Rule
from policystudio.validation.services import is_known

_CODE_FIRST = re.compile(r"([A-Za-z][A-Za-z0-9-]*)([*?].*)?", re.DOTALL)

_OTHER_SIGN = re.compile(r"([A-Za-z]+)[./_-]([A-Za-z]+)")
_WILDCARD = re.compile(r"[*?]")

RULE = Rule(
    Severity.ERROR,
    triggers=[
        {"Action": "Encrypt"},
        {"Action": ["kms:Decrypt", ":Encrypt"]},
        {"Action": "kms*"},
        {"Effect": "Deny", "Action": "kms?Decrypt"},
        {"Action": "kms"},
        {"Action": "kms.Decrypt"},
        {"Effect": "Deny", "Action": "kms-Decrypt"},
        {"Action": "k*"},
    ],
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
    if known:
        written = f"kms:{name}" if has_wildcard(name) else known[0].name
        text = f"{shown(entry.text)} has no service; write {shown(written)}"
        yield RULE.finding(at=entry, text=text, fix=Replace(entry, written))
        return
    text = f"{shown(entry.text)} has no service; write `<service>:<name>`"
    meant = _with_colon(name, context)
    if meant is None and (kept := _of_kms(name, context)):
        choice = Replace(entry, kept, f"Keep only those of KMS, {kept}")
        yield RULE.finding(at=entry, text=text, choices=[choice])
        return
    # A star in the place of the colon reads as the same and more; a lone code reads as nothing.
    widens = not has_wildcard(name) and not is_restricting(statement)
    yield RULE.finding(at=entry, text=text, **offer(Replace(entry, meant) if meant else None, widens=widens))


def _of_kms(name: str, context: Context) -> str | None:
    """What a pattern reaches of KMS that has its first wildcard within the code of the service; None if nothing."""
    head = _WILDCARD.split(name, maxsplit=1)[0]
    written = f"kms:{name[len(head) :]}"
    is_begun = head and head != name and "kms".startswith(fold(head))
    return written if is_begun and expand(context.catalogue, written) else None


def _with_colon(name: str, context: Context) -> str | None:
    """The text with a colon behind the code of the service with which it begins; None when it begins with none."""
    # Some codes of services hold a hyphen themselves.
    apart = None if is_known(fold(name)) else _OTHER_SIGN.fullmatch(name)
    found = apart or _CODE_FIRST.fullmatch(name)
    service = fold(found.group(1)) if found else ""
    if found is None or not is_known(service):
        return None
    rest: str = found.group(2) or "*"
    instead_of_sign: tuple[str, ...] = (f"{service}:{rest[1:]}",) if found.group(2) and not apart else ()
    for written in (f"{service}:{rest}", *instead_of_sign):
        is_whole = written.endswith(":") or (service == "kms" and not expand(context.catalogue, written))
        if not is_whole:
            return written
    return None
