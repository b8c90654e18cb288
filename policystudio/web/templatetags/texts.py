"""Filters that show documents to people: odd characters as boxed code points, placeholders and white space marked.

What is copied, hashed or exported never goes through here.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from django import template
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

ODD_CATEGORIES = frozenset({"Cc", "Cf", "Co", "Cn", "Cs", "Zl", "Zp", "Mn", "Me"})
# Letters of other scripts that are drawn like ASCII ones: Cyrillic and Greek, the two that keyboards offer.
LOOK_ALIKES = frozenset("асеорхуіјѕԁһӏАВСЕНІЈКМОРЅТХУΑΒΕΖΗΙΚΜΝΟΡΤΥΧοανι")
PLACEHOLDER = re.compile(r"\$\{(?:region|account)\}")
# Of what hides or turns text, these two belong to how Persian, Indic scripts and emoji are written.
JOINERS = frozenset("\u200c\u200d")
SEVERITIES = ("error", "security_warning", "warning", "suggestion")


def is_odd(character: str) -> bool:
    """Whether a character is invisible, steers the direction of text, or looks like another one."""
    if character in " \n" or "!" <= character <= "~":
        return False
    is_strange_space = unicodedata.category(character) == "Zs"
    is_wide_twin = unicodedata.normalize("NFKC", character).isascii()
    return (
        unicodedata.category(character) in ODD_CATEGORIES
        or is_strange_space
        or is_wide_twin
        or character in LOOK_ALIKES
    )


def box(character: str) -> SafeString:
    """A character as its code point, in a box; its Unicode name on hover."""
    name = unicodedata.name(character, "control character")
    return format_html('<span class="odd" title="{}">U+{}</span>', name, f"{ord(character):04X}")


@register.filter
def shown(text: str) -> SafeString:
    """The text with odd characters boxed and placeholders marked."""
    pieces: list[str] = []
    position = 0
    for match in PLACEHOLDER.finditer(text):
        pieces += [
            _boxed(text[position : match.start()]),
            format_html('<span class="placeholder">{}</span>', match[0]),
        ]
        position = match.end()
    pieces.append(_boxed(text[position:]))
    return mark_safe("".join(pieces))  # noqa: S308 - every piece is escaped above


@register.filter
def prose(text: str) -> SafeString:
    """What a person wrote to people: every script as it is, boxed only what hides text or turns its direction."""
    return mark_safe("".join(box(each) if is_deceptive(each) else escape(each) for each in str(text)))  # noqa: S308


def is_deceptive(character: str) -> bool:
    """Whether a character is not seen, or changes the place where others are seen."""
    if character in "\n\t" or character in JOINERS:
        return False
    return unicodedata.category(character) in {"Cc", "Cf", "Co", "Cs", "Zl", "Zp"}


@register.filter
def shown_change(text: str) -> SafeString:
    """As `shown`, with spaces as dots: in a changed place, white space is news."""
    dots = SafeString('<span class="diff__space">·</span>')
    return mark_safe(dots.join(shown(part) for part in text.split(" ")))  # noqa: S308 - parts are escaped by `shown`


@register.filter
def shown_lines(text: str) -> list[SafeString]:
    """The lines of a document as `shown`; the final line end makes no empty line. Only LF ends a line, as in JSON."""
    return [shown(line) for line in text.removesuffix("\n").split("\n")]


@register.filter
def with_code(message: str) -> SafeString:
    """A finding or a sentence, with what stands between backticks set as code, odd characters in it boxed.

    The words around are the product's own, which in Chinese have signs of full width.
    """
    pieces = message.split("`")
    # An odd number of pieces means that every backtick has its partner.
    if len(pieces) % 2 == 0:
        return shown(message)
    return mark_safe(  # noqa: S308 - every piece is escaped by `shown` or `prose`
        "".join(
            format_html("<code>{}</code>", shown(piece)) if index % 2 else prose(piece)
            for index, piece in enumerate(pieces)
        )
    )


@register.filter
def severity_counts(findings: Iterable[Any]) -> list[tuple[str, int]]:
    """(severity, count) in order of severity, those that occur."""
    counts = Counter(str(_severity(finding)) for finding in findings)
    return [(severity, counts[severity]) for severity in SEVERITIES if counts[severity]]


@register.filter
def at_line(threads: Mapping[int, Any], line: int) -> Any:
    """What a mapping holds for a line, or nothing."""
    return threads.get(line, "")


def _severity(finding: Any) -> str:
    return str(finding["severity"] if isinstance(finding, Mapping) else finding.severity)


def _boxed(text: str) -> str:
    return "".join(box(character) if is_odd(character) else escape(character) for character in text)
