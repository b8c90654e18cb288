"""Which documents a question is about: stored ones by policy, revision and target, and pasted ones.

As an address has them and as a form sends them; with a prefix for a page that has two sides.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from django.http import QueryDict
from django.utils.translation import gettext as _

from policystudio.web.asking.packing import MAX_BYTES, CannotUnpack, packed, unpacked

MAX_STORED = 20
MAX_PASTED = 10
NAMES = ("policy", "revision", "account", "region")


class Stored(NamedTuple):
    """As typed: an id, a revision (or nothing), an account and a region (or nothing)."""

    policy: str
    revision: str = ""
    account: str = ""
    region: str = ""


class Wrong(NamedTuple):
    """What is wrong with a field: the id of the field and the text."""

    field: str
    text: str


@dataclass(frozen=True, slots=True)
class Choice:
    """`wrong` is what could not even be read."""

    stored: tuple[Stored, ...] = ()
    texts: tuple[str, ...] = ()
    wrong: tuple[Wrong, ...] = field(default=())

    def __bool__(self) -> bool:
        return bool(self.stored or self.texts)

    def pairs(self, prefix: str = "") -> Iterator[tuple[str, str]]:
        """The parameters of the address."""
        for each in self.stored:
            for name, value in zip(NAMES, each, strict=True):
                if value or len(self.stored) > 1:
                    yield prefix + name, value
        for text in self.texts:
            yield prefix + "document", packed(text)


def of_address(query: QueryDict, prefix: str = "") -> Choice:
    """From an address. What a later policy does not say of revision and target is taken from the one before."""
    columns = [query.getlist(prefix + name) for name in NAMES]
    stored: list[Stored] = []
    for index, policy in enumerate(columns[0]):
        rest = [
            column[index] if index < len(column) else column[-1] if column else "" for column in columns[1:]
        ]
        stored.append(Stored(policy.strip(), *(value.strip() for value in rest)))
    texts, wrong = [], []
    for index, part in enumerate(query.getlist(prefix + "document")[:MAX_PASTED]):
        try:
            texts.append(unpacked(part))
        except CannotUnpack:
            text = _("A pasted document in the address cannot be read; the address may have been cut off.")
            wrong.append(Wrong(f"{prefix}text-{index}", text))
    return _bounded(stored, texts, wrong, prefix)


def of_form(form: QueryDict, prefix: str = "") -> Choice:
    """From a form: rows with `policy`, `revision`, `target` and `was`, the policy that the targets were offered for."""
    columns = [form.getlist(prefix + name) for name in ("policy", "revision", "target", "was")]
    stored = []
    for policy, revision, target, was in zip(*columns, strict=False):
        account, _bar, region = target.partition("|") if policy == was else ("", "", "")
        if policy.strip():
            kept = revision if policy == was or not revision.isdigit() else ""
            stored.append(Stored(policy.strip(), kept.strip(), account, region))
    texts = [text.replace("\r\n", "\n") for text in form.getlist(prefix + "text") if text.strip()]
    return _bounded(stored, texts, [], prefix)


def _bounded(stored: list[Stored], texts: list[str], wrong: list[Wrong], prefix: str) -> Choice:
    if len(stored) > MAX_STORED or len(texts) > MAX_PASTED:
        text = _("At most %(stored)s policies and %(pasted)s pasted documents are judged together.")
        wrong.append(Wrong(f"{prefix}policy-0", text % {"stored": MAX_STORED, "pasted": MAX_PASTED}))
    for index, text in enumerate(texts):
        if len(text.encode("utf-8", "surrogatepass")) > MAX_BYTES:
            message = _("A pasted document is longer than %(kib)s KiB.") % {"kib": MAX_BYTES // 1024}
            wrong.append(Wrong(f"{prefix}text-{index}", message))
    return Choice(tuple(stored[:MAX_STORED]), tuple(texts[:MAX_PASTED]), tuple(wrong))
