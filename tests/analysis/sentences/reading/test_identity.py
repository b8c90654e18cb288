"""A sentence read back is the same sentence, and its document allows and denies the same as the one it was said of."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policystudio.analysis.comparing import Answer, compare
from policystudio.analysis.sentences import Language, describe, summary
from policystudio.analysis.sentences.reading import read
from policystudio.catalog import load
from policystudio.ram.document import Document
from policystudio.ram.parse import parse
from tests.analysis.sentences.test_stranger import statements as told_statements
from tests.strategies import readable_text
from tests.strategies import statements as formal_statements

TESTS = Path(__file__).parents[3]
EXAMPLES = settings().max_examples // 2
LANGUAGES = pytest.mark.parametrize("language", list(Language))


def document_of(value: Any) -> Document | None:
    return parse(json.dumps(value), any_operator=True).document


def stored_documents() -> list[Any]:
    found = []
    for path in sorted([*TESTS.glob("samples/[!i]*.json"), *TESTS.glob("corpus/*.json")]):
        try:
            value = json.loads(path.read_text())
        except ValueError:
            continue
        value = value.get("policy", value) if isinstance(value, dict) else value
        if isinstance(value, dict) and document_of(value) is not None:
            found.append(pytest.param(value, id=path.stem))
    return found


def is_the_same_again(value: Any, language: Language) -> Document:
    """The document that was read, after checking that each of its sentences is said as before."""
    document = document_of(value)
    assert document is not None
    sentences = describe(document, load(), language)
    found = read("\n".join(sentence.text for sentence in sentences), language, load())
    assert found.source is not None, (found.problems, [sentence.text for sentence in sentences])
    again = parse(found.source, any_operator=True).document
    assert again is not None
    said = describe(again, load(), language)
    assert [sentence.text for sentence in said] == [sentence.text for sentence in sentences]
    return again


@LANGUAGES
@pytest.mark.parametrize("value", stored_documents())
def test_samples_and_corpus_are_read_back(value: Any, language: Language) -> None:
    again = is_the_same_again(value, language)
    given_ = document_of(value)
    assert given_ is not None
    allows_the_same(given_, again)


def allows_the_same(one: Document, other: Document) -> None:
    compared = compare([one], [other])
    if compared.reason is None:
        assert (compared.grants_new_access, compared.revokes_access) == (Answer.NO, Answer.NO)
    else:
        # Nobody can tell of undocumented operators; then the statements must be the same word for word.
        assert Answer.YES not in (compared.grants_new_access, compared.revokes_access)


@LANGUAGES
@settings(max_examples=EXAMPLES)
@given(value=st.lists(told_statements(), min_size=1, max_size=3))
def test_generated_documents_are_read_back_and_allow_the_same(
    language: Language, value: list[dict[str, Any]]
) -> None:
    document = document_of({"Version": "1", "Statement": value})
    if document is not None:
        allows_the_same(document, is_the_same_again({"Version": "1", "Statement": value}, language))


@LANGUAGES
@settings(max_examples=EXAMPLES)
@given(value=formal_statements())
def test_statements_that_the_grammar_allows_are_read_back(language: Language, value: dict[str, Any]) -> None:
    if document_of({"Version": "1", "Statement": [value]}) is not None:
        is_the_same_again({"Version": "1", "Statement": [value]}, language)


PIECES = readable_text | st.sampled_from(
    [
        "*",
        "kms:*",
        "a*b?",
        "acs:kms:*:*:key/*",
        "acs:::",
        "acs:::::",
        ":",
        "kms:",
        "`",
        "\\",
        "·",
        "the",
        "和",
    ]
)
FIELDS = st.sampled_from(["", "*", "kms", "a*", "a?b", "${region}", "key/*", "key"]) | PIECES
NAMES = st.builds("acs:{}:{}:{}:{}".format, FIELDS, FIELDS, FIELDS, FIELDS)
OPERATORS = [
    "StringEquals",
    "StringLike",
    "StringNotLike",
    "StringNotEquals",
    "Bool",
    "NotIpAddress",
    "Odd",
    "",
]


@LANGUAGES
@settings(max_examples=EXAMPLES)
@given(
    actions=st.lists(PIECES, min_size=1, max_size=4),
    resources=st.lists(PIECES | NAMES, min_size=1, max_size=4),
    asked=st.dictionaries(
        st.sampled_from(OPERATORS),
        st.dictionaries(PIECES, st.lists(PIECES, max_size=3), max_size=3),
        max_size=4,
    ),
)
def test_whatever_a_document_holds_is_read_back(
    language: Language, actions: list[str], resources: list[str], asked: dict[str, dict[str, list[str]]]
) -> None:
    statement = {"Effect": "Deny", "Action": actions, "Resource": resources, "Condition": asked}
    value = {"Version": "1", "Statement": [statement]}
    if document_of(value) is not None:
        is_the_same_again(value, language)


@LANGUAGES
@given(value=st.lists(told_statements(), min_size=1, max_size=3))
def test_a_summary_is_read_as_a_whole(language: Language, value: list[dict[str, Any]]) -> None:
    document = document_of({"Version": "1", "Statement": value})
    if document is None:
        return
    text = summary(document, load(), language).text
    found = read(text, language, load())
    again = parse(found.source or "", any_operator=True).document
    assert again is not None, found.problems
    assert summary(again, load(), language).text == text
