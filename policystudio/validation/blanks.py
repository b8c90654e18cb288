"""Judgements on blanks that were not filled in: placeholders, well formed or not, and words that stand for one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from policystudio.ram import placeholders
from policystudio.ram.document import Text
from policystudio.ram.patterns import fold
from policystudio.ram.placeholders import Placeholder
from policystudio.ram.resources import Resource, split
from policystudio.validation.repairs import Replace

_MARKED = re.compile(
    r"(?<!\$)<[^<>$]{0,80}>|(?<!\$)\{\{[^{}$]{0,80}\}\}|(?<![${])\{[A-Za-z][A-Za-z0-9_. -]{0,80}\}"
)
_REGION_WORDS = frozenset(("region", "regionid", "region-id", "region_id", "your-region", "yourregion"))
_ACCOUNT_WORDS = frozenset(
    (
        "account",
        "accountid",
        "account-id",
        "account_id",
        "uid",
        "your-account",
        "your-account-id",
        "youraccountid",
    )
)
_EXAMPLE = re.compile(r"(?<![a-z0-9])(?:example|your[-_.][a-z]|keyid-)", re.IGNORECASE)


def found_in(text: Text) -> Iterator[Placeholder]:
    """Everything in a text of the document that looks like a placeholder."""
    return placeholders.find(text.text)


def is_runtime_variable(found: Placeholder) -> bool:
    """Whether it is written like a variable that the service would fill in at each request."""
    return found.is_closed and not found.is_angled and ":" in found.name


def replaced(text: Text, found: Placeholder, by: str) -> Replace:
    """The text with one placeholder written as `by`."""
    return Replace(text, text.text[: found.start] + by + text.text[found.end :], f"Write {by}")


def fitting(text: Text, found: Placeholder) -> tuple[str, ...]:
    """The placeholders that may have been meant: in a resource that of the field, elsewhere both."""
    if text.text.startswith("acs:"):
        field = text.text.count(":", 0, found.start)
        return {2: (placeholders.REGION,), 3: (placeholders.ACCOUNT,)}.get(field, placeholders.KNOWN)
    return placeholders.KNOWN


def bare_words(text: Text) -> Iterator[tuple[str, str | None]]:
    """Words that stand for a blank, and the whole text with the placeholder of that meaning, if there is one."""
    for marked in _MARKED.finditer(text.text):
        yield marked.group(), _with_placeholder(text.text, marked.group())
    fields = split(text.text)
    if fields is not None:
        if fold(fields.region) in _REGION_WORDS:
            yield fields.region, str(fields._replace(region="${region}"))
        if fold(fields.account) in _ACCOUNT_WORDS:
            yield fields.account, str(fields._replace(account="${account}"))


def _with_placeholder(text: str, word: str) -> str | None:
    fields: Resource | None = split(text)
    if fields is not None and fields.region == word:
        return str(fields._replace(region="${region}"))
    if fields is not None and fields.account == word:
        return str(fields._replace(account="${account}"))
    return None


def looks_like_example(name: str) -> bool:
    """Whether a name is one that documentation uses for what the reader has to fill in."""
    return _EXAMPLE.search(name) is not None
