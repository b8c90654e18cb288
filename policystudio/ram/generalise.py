"""Turns the account and region of a target back into placeholders, where rendering gives the same document again.

Only whole fields of resource names are looked at: an account number that is part of a name, a description or another
field stays as it is. Decision: a source that holds placeholders already is compared by what it renders to.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass

from policystudio.ram import resources
from policystudio.ram.document import Document
from policystudio.ram.placeholders import ACCOUNT, REGION
from policystudio.ram.reader import JsonObject, read
from policystudio.ram.render import (
    RenderError,
    Target,
    render,
    render_combined,
    source_text,
    with_texts,
    with_texts_once,
)

_REGION, _ACCOUNT = "${" + REGION + "}", "${" + ACCOUNT + "}"


@dataclass(frozen=True, slots=True)
class Generalised:
    """A source, and one of the targets that it may come from; `count` fields have become placeholders.

    `account` and `region` are those that the document names and that became placeholders; None for one that did not.
    `regions` are there when one placeholder stands for several regions, which is so in the combined mode only.
    """

    text: str
    target: Target
    count: int
    account: str | None
    region: str | None
    regions: tuple[str, ...] = ()


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


def generalise_combined(text: str, targets: Iterable[Target]) -> Generalised | None:
    """The source that renders to `text` for several regions of one account together; None without one.

    As exact as `generalise`: what is listed for the regions has to be listed for each of them, and in the order in
    which the combined mode writes it. Only regions count that the document names, and only two or more. Never raises.
    """
    reading = read(text)
    if not isinstance(reading.value, JsonObject):
        return None
    document = Document(reading.source, reading.value, ())
    named, _accounts = _named(document)
    regions: defaultdict[str, list[str]] = defaultdict(list)
    for target in sorted(set(targets)):
        if target.region in named:
            regions[target.account].append(target.region)
    several = [(account, of_account) for account, of_account in regions.items() if len(of_account) > 1]
    best = _best(made for account, those in several if (made := _for_regions(document, account, those)))
    return best[0] if len(best) == 1 else None


def _for_regions(document: Document, account: str, regions: Sequence[str]) -> Generalised | None:
    counted: list[str] = []
    value = with_texts_once(document.value, _blanking(counted, account, regions))
    if _REGION not in counted:
        return None
    made = Document(document.source, value, ())
    try:
        is_exact = render_combined(made, account, regions) == render_combined(document, account, regions)
    except RenderError:
        return None
    if not is_exact:
        return None
    own = account if _ACCOUNT in counted else None
    return Generalised(
        source_text(made), Target(account, regions[0]), len(counted), own, None, tuple(regions)
    )


def _blanking(counted: list[str], account: str, regions: Collection[str]) -> Callable[[str], str]:
    """Turns the account and any of the regions into placeholders, and counts these."""

    def blank(text: str) -> str:
        fields = resources.split(text)
        if fields is None:
            return text
        made = fields._replace(
            region=_REGION if fields.region in regions else fields.region,
            account=_ACCOUNT if fields.account == account else fields.account,
        )
        counted.extend(new for old, new in zip(fields, made, strict=True) if new != old)
        return str(made)

    return blank


def _best(made: Iterable[Generalised]) -> list[Generalised]:
    """Those that explain most, one for each text."""
    found = list(made)
    most = max((each.count for each in found), default=0)
    texts = {each.text: each for each in reversed(found) if each.count == most}
    return list(texts.values())


def _mentioned(document: Document, targets: Iterable[Target]) -> list[Target]:
    """The targets of which the document names anything; of those that it cannot tell apart, the first."""
    regions, accounts = _named(document)
    found: dict[tuple[str | None, str | None], Target] = {}
    for target in sorted(set(targets)):
        account = target.account if target.account in accounts else None
        region = target.region if target.region in regions else None
        if account is not None or region is not None:
            found.setdefault((account, region), target)
    return list(found.values())


def _named(document: Document) -> tuple[set[str], set[str]]:
    """The regions and the accounts that the document names."""
    regions: set[str] = set()
    accounts: set[str] = set()

    def look(text: str) -> str:
        fields = resources.split(text)
        if fields is not None:
            regions.add(fields.region)
            accounts.add(fields.account)
        return text

    with_texts(document.value, look)
    return regions, accounts


def _for_target(document: Document, target: Target, *, accounts_only: bool = False) -> Generalised | None:
    counted: list[str] = []
    own_regions = () if accounts_only else (target.region,)
    value = with_texts(document.value, _blanking(counted, target.account, own_regions))
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
        target.account if _ACCOUNT in counted else None,
        target.region if _REGION in counted else None,
    )
