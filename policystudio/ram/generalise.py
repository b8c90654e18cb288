"""Turns the account and region of a target back into placeholders, where rendering gives the same document again.

Only whole fields of resource names are looked at: an account number that is part of a name, a description or another
field stays as it is. Decision: a source that holds placeholders already is compared by what it renders to.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from policystudio.ram import resources
from policystudio.ram.document import Document
from policystudio.ram.placeholders import ACCOUNT, REGION
from policystudio.ram.reader import JsonObject, read
from policystudio.ram.render import RenderError, Target, render, source_text, with_texts


@dataclass(frozen=True, slots=True)
class Generalised:
    """A source, and one of the targets that it may come from; `count` fields have become placeholders.

    `account` and `region` are those that the document names and that became placeholders; None for one that did not.
    """

    text: str
    target: Target
    count: int
    account: str | None
    region: str | None


def generalise(text: str, targets: Iterable[Target]) -> Generalised | None:
    """The source that renders to `text` for one of `targets`, the one that explains most of it; None without any.

    Exact or not at all: the source rendered for the target is, value for value, what `text` is. Decision: where several
    targets explain as much and each in its way, as two regions that are named equally often, nothing says which is
    meant; then only the account becomes a placeholder, and nothing where that is as open. Never raises.
    """
    reading = read(text)
    if not isinstance(reading.value, JsonObject):
        return None
    document = Document(reading.source, reading.value, ())
    mentioned = _mentioned(document, targets)
    best = _best(made for target in mentioned if (made := _for_target(document, target)))
    if len(best) > 1:
        tied = [made.target for made in best]
        best = _best(made for target in tied if (made := _for_target(document, target, accounts_only=True)))
    return best[0] if len(best) == 1 else None


def _best(made: Iterable[Generalised]) -> list[Generalised]:
    """Those that explain most, one for each text."""
    found = list(made)
    most = max((each.count for each in found), default=0)
    texts = {each.text: each for each in reversed(found) if each.count == most}
    return list(texts.values())


def _mentioned(document: Document, targets: Iterable[Target]) -> list[Target]:
    """The targets of which the document names anything; of those that it cannot tell apart, the first."""
    regions: set[str] = set()
    accounts: set[str] = set()

    def look(text: str) -> str:
        fields = resources.split(text)
        if fields is not None:
            regions.add(fields.region)
            accounts.add(fields.account)
        return text

    with_texts(document.value, look)
    found: dict[tuple[str | None, str | None], Target] = {}
    for target in sorted(set(targets)):
        account = target.account if target.account in accounts else None
        region = target.region if target.region in regions else None
        if account is not None or region is not None:
            found.setdefault((account, region), target)
    return list(found.values())


def _for_target(document: Document, target: Target, *, accounts_only: bool = False) -> Generalised | None:
    counted: list[str] = []
    own_region = None if accounts_only else target.region

    def blank(text: str) -> str:
        fields = resources.split(text)
        if fields is None:
            return text
        made = fields._replace(
            region="${" + REGION + "}" if fields.region == own_region else fields.region,
            account="${" + ACCOUNT + "}" if fields.account == target.account else fields.account,
        )
        counted.extend(new for old, new in zip(fields, made, strict=True) if new != old)
        return str(made)

    value = with_texts(document.value, blank)
    if not counted:
        return None
    made = Document(document.source, value, ())
    try:
        is_exact = render(made, target) == render(document, target)
    except RenderError:
        return None
    if not is_exact:
        return None
    return Generalised(
        source_text(made),
        target,
        len(counted),
        target.account if "${" + ACCOUNT + "}" in counted else None,
        target.region if "${" + REGION + "}" in counted else None,
    )
