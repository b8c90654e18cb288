"""An action has not the form of one.

Why it matters: an action is `<service>:<name>` or the lone star; RAM refuses the document when it is anything else.
What to do: write the name of one action of the service, or each of several as an entry of its own.

Decision: a missing name, a blank, a second colon and a comma are surely refused, and so is a slash for KMS, whose names
are letters alone. Letters that are not Latin, and a doubled lone star, may be taken; they are a warning (in a Deny a
security warning), as such an entry then fits nothing, or nobody knows what.
Source: RAM policy check, "Invalid action format".
"""

import re
import unicodedata
from collections.abc import Iterator

from policystudio.catalog.lookup import expand
from policystudio.ram.document import Kind, Statement, Text
from policystudio.ram.finding import Severity, shown
from policystudio.ram.patterns import has_wildcard, normal
from policystudio.validation.choices.entries import drop
from policystudio.validation.choices.widening import Widening
from policystudio.validation.context import Context
from policystudio.validation.entries import is_kms_entry, is_restricting, service_of
from policystudio.validation.repairs import Repair, Replace, ReplaceByList
from policystudio.validation.rule import Notes, Rule

RULE = Rule(
    Severity.ERROR,
    triggers=[
        {"Action": ["kms:DescribeKey", "kms:"]},
        {"Action": "kms: Decrypt"},
        {"Action": "kms:De/crypt"},
        {"Action": "kms:Decrypt:x"},
        {"Effect": "Deny", "Action": "kms:Decrypt, kms:Encrypt"},
        {"Action": "**"},
        {"Effect": "Deny", "Action": "**"},
        {"Action": ["kms:DescribeKey", "kms:解密"]},
    ],
    clean=[
        {"Action": "kms:Decrypt"},
        {"Action": "*"},
        {"Action": "kms:De*"},
        {"Action": "oss:Get/Object", "Resource": "*"},
        {"Action": "kms:Decrypt_2"},
    ],
    silenced_by=["placeholder-out-of-place", "space-around-value"],
    kinds=tuple(Kind),
)

_REFUSED = re.compile(r"[\s,;]")
_SEPARATOR = re.compile(r"\s*[,;\s]\s*")
_STRAY = re.compile(r"[\s/]")


@RULE.for_each_action_by_itself
def check(entry: Text, statement: Statement, context: Context) -> Notes:
    written = entry.text.strip()
    if written != "*" and normal(written) == "*":
        text = f"whether RAM takes {shown(written)} for the lone star nobody documents; write `*`"
        fix = Replace(entry, "*")
        yield RULE.finding(at=entry, text=text, fix=fix, severity=_unsure(statement))
        return
    if not service_of(entry):
        return
    name = written.partition(":")[2]
    if _REFUSED.search(written) or not name or ":" in name or (is_kms_entry(entry) and "/" in name):
        text = f"{shown(written)} is no action: that is `<service>:<name>` and nothing else; write one"
        meant = _meant(entry, context)
        yield RULE.finding(
            at=entry,
            text=text,
            fix=meant,
            choices=() if meant else tuple(_choices(entry, statement, context)),
        )
    elif any(unicodedata.category(letter) == "Lo" for letter in name):
        text = f"{shown(written)} is probably no action, as names are of Latin letters; write the documented name"
        removal = () if is_restricting(statement) else (drop(entry, "Remove it, as it names no action"),)
        yield RULE.finding(at=entry, text=text, severity=_unsure(statement), choices=removal)


def _unsure(statement: Statement) -> Severity:
    return Severity.SECURITY_WARNING if is_restricting(statement) else Severity.WARNING


def _choices(entry: Text, statement: Statement, context: Context) -> Iterator[Repair]:
    """The action with which the entry begins, if the catalogue knows it, or none; the rest nobody can have meant."""
    begun = ":".join([part for part in entry.text.strip().split(":") if part][:2])
    if _is_known(begun, context):
        written = Replace(entry, begun)
        yield written if is_restricting(statement) else Widening(written)
    yield drop(entry, "Remove it, as RAM refuses it")


def _meant(entry: Text, context: Context) -> Repair | None:
    """The action or actions that were surely meant: the catalogue knows them without what does not belong there."""
    names = [name for name in _SEPARATOR.split(entry.text.strip()) if name]
    if len(names) > 1 and all(_is_known(name, context) for name in names):
        return ReplaceByList(entry, tuple(names), "Make each an entry of its own")
    joined = _STRAY.sub("", entry.text)
    return Replace(entry, joined) if _is_known(joined, context) else None


def _is_known(name: str, context: Context) -> bool:
    return not has_wildcard(name) and bool(expand(context.catalogue, name))
