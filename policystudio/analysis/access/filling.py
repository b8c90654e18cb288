"""A source filled in for a place without being written and read again: the statements that rendering would give.

`ram/render.py` makes the text that is exported; this makes the same statements for the analysis, many times faster.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from policystudio.ram import placeholders
from policystudio.ram.document import Document, Statement, Text

_OPENINGS = ("${", "$<")


@dataclass(frozen=True, slots=True)
class Blanks:
    """What takes the place of the placeholders: one account, and each of the regions in turn."""

    account: str
    regions: tuple[str, ...]

    def fill(self, text: str) -> list[str]:
        """The texts that one text of a source becomes, each once."""
        if "$" not in text:
            return [text]
        regions = self.regions if placeholders.mentions_region(text) else self.regions[:1]
        return list(
            dict.fromkeys(
                placeholders.substitute(text, {"region": region, "account": self.account})
                for region in regions
            )
        )


UNFILLED = Blanks("${account}", ("${region}",))
"""Leaves the placeholders as they are: literals that no place can have for a name."""


def is_fillable(document: Document) -> bool:
    """Whether every placeholder is a known one and stands where it may; otherwise nothing is rendered."""
    for statement in document.statements:
        if any(opening in text for text in _fixed(statement) for opening in _OPENINGS):
            return False
        for each in _open(statement):
            rest = placeholders.substitute(each.text, {"region": "", "account": ""})
            if any(opening in rest for opening in _OPENINGS):
                return False
    return True


def filled(document: Document, blanks: Blanks) -> Document:
    """The document that rendering the source for this place gives, its texts at the places of the source."""
    return replace(document, statements=tuple(_filled(each, blanks) for each in document.statements))


class Words:
    """Says texts of a place in the words of the source, as far as they are the same for every place alike."""

    def __init__(self, documents: Sequence[Document], blanks: Blanks) -> None:
        self._opened: dict[str, str] = {}
        self._whole: dict[str, tuple[str, ...]] = {}
        texts = {each.text for document in documents for s in document.statements for each in _open(s)}
        for text in sorted(texts):
            if not any(placeholders.find(text)):
                # What stands in the source as it is keeps its own words.
                self._opened[text] = text
        for text in sorted(texts - self._opened.keys()):
            forms = Blanks(UNFILLED.account, blanks.regions).fill(text)
            self._whole[text] = tuple(forms)
            for rendered, form in zip(blanks.fill(text), forms, strict=True):
                self._opened.setdefault(rendered, form)

    def said(self, texts: Sequence[str]) -> tuple[str, ...]:
        """The texts with the account left open, and the region too where each region has its own among them."""
        found = list(dict.fromkeys(self._opened.get(text, text) for text in texts))
        for whole, forms in self._whole.items():
            if set(forms) <= set(found):
                at = min(map(found.index, forms))
                found = [*found[:at], whole, *(each for each in found[at:] if each not in forms)]
        return tuple(dict.fromkeys(found))


def _filled(statement: Statement, blanks: Blanks) -> Statement:
    return replace(
        statement,
        resources=_texts(statement.resources, blanks),
        not_resources=_texts(statement.not_resources, blanks),
        conditions=tuple(
            replace(condition, values=_texts(condition.values, blanks)) for condition in statement.conditions
        ),
    )


def _texts(texts: Sequence[Text], blanks: Blanks) -> tuple[Text, ...]:
    if not any("$" in each.text for each in texts):
        return tuple(texts)
    return tuple(
        Text(text, each.path, each.start, each.end) for each in texts for text in blanks.fill(each.text)
    )


def _open(statement: Statement) -> Iterator[Text]:
    """The texts in which a placeholder may stand."""
    yield from statement.resources
    yield from statement.not_resources
    for condition in statement.conditions:
        yield from condition.values


def _fixed(statement: Statement) -> Iterable[str]:
    """The texts in which none may stand."""
    yield from (each.text for each in (*statement.actions, *statement.not_actions))
    for condition in statement.conditions:
        yield condition.operator.text
        yield condition.key.text
