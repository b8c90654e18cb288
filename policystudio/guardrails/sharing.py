"""Sorts targets into classes of which one proof is enough, because they differ only in account and region.

The argument. Where a placeholder is the whole account field (or region field) of a resource and stands nowhere else,
the documents of two accounts v and w differ in nothing but that predicate: "the field is v" in the one, "the field is
w" in the other. Let s be the exchange of v and w in that dimension of every request. s keeps every other predicate of
the dimension as it is when each fixed pattern there, in the source and in the guardrail, matches both v and w or
neither; dimensions are independent, so s keeps all the rest too. Hence the document and guardrail of v allow a request
exactly if those of w allow its image under s, and one breaks the guardrail if and only if the other does. The same goes
for regions, and for both at once. Where a placeholder stands anywhere else, nothing is shared.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from policystudio.ram import placeholders
from policystudio.ram.document import Document, Statement
from policystudio.ram.patterns import matches
from policystudio.ram.render import RegionMode, Target
from policystudio.ram.resources import split

_WHOLE = {"account": "${account}", "region": "${region}"}


def classes(documents: Sequence[Document], targets: Iterable[Target], mode: RegionMode) -> list[list[Target]]:
    """The targets in order, those together that share a proof; `documents` are the source and a guardrail's shapes.

    In the combined mode a document speaks of all regions of an account, so that targets of one account share it, and
    accounts share a proof when they have the same regions.
    """
    ordered = sorted(set(targets))
    of_account: dict[str, tuple[str, ...]] = {}
    for target in ordered:
        of_account[target.account] = (*of_account.get(target.account, ()), target.region)
    fixed = _fixed(documents)
    found: dict[object, list[Target]] = {}
    for target in ordered:
        key: object = target
        if mode is RegionMode.COMBINED:
            regions = of_account[target.account]
            key = (_alike(fixed["account"], target.account), regions) if fixed else target.account
        elif fixed:
            key = (_alike(fixed["account"], target.account), _alike(fixed["region"], target.region))
        found.setdefault(key, []).append(target)
    return list(found.values())


def _alike(patterns: Iterable[str], value: str) -> tuple[str, ...]:
    """What values have in common that no fixed pattern tells apart."""
    return tuple(pattern for pattern in patterns if matches(pattern, value))


def _fixed(documents: Sequence[Document]) -> dict[str, list[str]] | None:
    """The patterns without a placeholder in both fields; None where a placeholder stands anywhere else."""
    found: dict[str, set[str]] = {"account": set(), "region": set()}
    for document in documents:
        for statement in document.statements:
            for text in _elsewhere(statement):
                if placeholders.count_known(text):
                    return None
            for entry in (*statement.resources, *statement.not_resources):
                parts = split(entry.text)
                if parts is None:
                    continue
                if placeholders.count_known(parts.service + parts.relative_id):
                    return None
                for name in found:
                    field = placeholders.normalise(getattr(parts, name))
                    if field == _WHOLE[name]:
                        continue
                    if placeholders.count_known(field):
                        return None
                    found[name].add(field)
    return {name: sorted(patterns - {"*"}) for name, patterns in found.items()}


def _elsewhere(statement: Statement) -> Iterable[str]:
    """The texts of a statement in which a placeholder is no field of a resource."""
    for condition in statement.conditions:
        yield from (value.text for value in condition.values)
    for entry in (*statement.resources, *statement.not_resources):
        if split(entry.text) is None:
            yield entry.text
