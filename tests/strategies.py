"""Generators of texts, JSON and documents, good and bad, for the tests of what holds for every input."""

from __future__ import annotations

import copy
import json
from typing import Any

from hypothesis import strategies as st

from policystudio.ram.codes import CLEAN, CODES
from policystudio.ram.document import Kind
from policystudio.ram.operators import all_operators

# Every code point, halves of pairs included, with those that readers stumble over more often than chance would.
ODD = "\ufeff\u00a0\u200b\u202e\u2028\x00\x7f\x85\ud800\udfff\U0001f511“”‘’'，：&\\\"{}[],:/*#\r\n\t"
any_characters = st.one_of(st.sampled_from(ODD), st.characters(categories=None))
any_text = st.text(any_characters, max_size=60)
# Text that a document can hold: no half of a pair, no NUL, nothing that reorders.
readable_text = st.text(
    st.characters(
        exclude_categories=["Cs", "Cc"],
        exclude_characters="\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069",
    ),
    max_size=20,
)

json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**30), 10**30) | readable_text,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(readable_text, inner, max_size=4),
    max_leaves=20,
)
blanks = st.text(" \t\r\n", max_size=3)


@st.composite
def json_texts(draw: st.DrawFn, values: st.SearchStrategy[Any] = json_values) -> str:
    """A value as JSON with blanks and escapes wherever JSON lets them be."""
    return _spelt(draw, draw(values))


def _spelt(draw: st.DrawFn, value: Any) -> str:
    def gap() -> str:
        return draw(blanks)

    if isinstance(value, dict):
        members = [
            f"{gap()}{_spelt(draw, name)}{gap()}:{_spelt(draw, inner)}" for name, inner in value.items()
        ]
        return f"{gap()}{{{','.join(members) or gap()}{gap() if members else ''}}}{gap()}"
    if isinstance(value, list):
        return f"{gap()}[{','.join(_spelt(draw, item) for item in value) or gap()}]{gap()}"
    text = json.dumps(value, ensure_ascii=draw(st.booleans()))
    return f"{gap()}{text}{gap()}"


@st.composite
def syntax_near_misses(draw: st.DrawFn) -> str:
    """A document with a few pieces removed, doubled, or replaced by what people paste."""
    text = draw(
        st.sampled_from([CLEAN, *(code.example for code in CODES.values() if len(code.example) < 900)])
    )
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(text)))
        end = draw(st.integers(start, min(len(text), start + 12)))
        text = text[:start] + draw(st.sampled_from(["", text[start:end] * 2, *ODD]) | any_text) + text[end:]
    return text


patterns = st.text("ab*?", max_size=7)
short_texts = st.text("ab", max_size=7)

_texts = st.sampled_from(
    ["kms:Encrypt", "kms:*", "*", "acs:kms:*:*:key/*", "acs:kms:${region}:${account}:key/x", "ä"]
)
_bad_texts = st.sampled_from(["", " kms:Encrypt", "kms:Encrypt ", "a\tb", "a\nb", "b\n"])
_odd_values: st.SearchStrategy[Any] = st.sampled_from(
    [None, True, 5, 1.5, [], {}, [[]], [None], [""], {"a": 1}]
)


def _texts_or_list(item: st.SearchStrategy[Any], least: int) -> st.SearchStrategy[Any]:
    return item | st.lists(item, min_size=least, max_size=3)


conditions = st.dictionaries(
    st.sampled_from(sorted(all_operators())),
    st.dictionaries(
        st.sampled_from(["acs:SourceIp", "kms:tag/Project", "acs:CurrentTime", "x"]),
        _texts_or_list(st.sampled_from(["", "a", " b ", "*", "true", "10.0.0.0/8"]), 0),
        max_size=2,
    ),
    max_size=2,
)


@st.composite
def statements(draw: st.DrawFn, texts: st.SearchStrategy[Any] = _texts) -> dict[str, Any]:
    """A statement of a custom policy that the grammar allows, its members in any order."""
    members: dict[str, Any] = {"Effect": draw(st.sampled_from(["Allow", "Deny"]))}
    members[draw(st.sampled_from(["Action", "Action", "NotAction"]))] = draw(_texts_or_list(texts, 1))
    members[draw(st.sampled_from(["Resource", "Resource", "NotResource"]))] = draw(_texts_or_list(texts, 1))
    if draw(st.booleans()):
        members["Condition"] = draw(conditions)
    if draw(st.booleans()):
        members["Sid"] = draw(st.sampled_from(["Keys", "a b"]))
    return dict(draw(st.permutations(list(members.items()))))


@st.composite
def documents(draw: st.DrawFn) -> dict[str, Any]:
    """A custom policy that the grammar allows, as plain values."""
    return {"Version": "1", "Statement": draw(st.lists(statements(), min_size=1, max_size=3))}


_NAMES = st.sampled_from(
    [
        *(
            "Version",
            "Statement",
            "Effect",
            "Action",
            "NotAction",
            "Resource",
            "NotResource",
            "Condition",
            "Sid",
        ),
        *(
            "Principal",
            "effect",
            "ACTION",
            "Actions",
            "Resources",
            "Id",
            "Null",
            "StringEquals",
            "stringlike",
            "",
        ),
    ]
)


@st.composite
def damaged_documents(draw: st.DrawFn) -> Any:
    """A document after a few changes to its values: mostly, but not always, one that the grammar refuses."""
    document: Any = draw(documents())
    for _ in range(draw(st.integers(0, 4))):
        _damage(draw, document)
    return document


def _damage(draw: st.DrawFn, value: Any) -> None:
    """Change something at a random depth of `value`, in place."""
    while isinstance(value, (dict, list)) and value:
        key: Any = draw(st.sampled_from(sorted(value) if isinstance(value, dict) else range(len(value))))
        inner = value[key]
        if isinstance(inner, (dict, list)) and inner and draw(st.integers(0, 3)):
            value = inner
            continue
        odd = copy.deepcopy(draw(_odd_values))  # the samples are shared, and later changes go into them
        change = draw(st.sampled_from(["replace", "remove", "rename", "add", "bad text"]))
        if change == "replace":
            value[key] = odd
        elif change == "bad text":
            value[key] = draw(_bad_texts)
        elif change == "remove":
            del value[key]
        elif isinstance(value, dict):
            value[draw(_NAMES)] = value.pop(key) if change == "rename" else odd
        else:
            value.append(odd)
        return


kinds = st.sampled_from(list(Kind))
