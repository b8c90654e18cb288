"""Whatever is read is said back: no words that were typed are left out of the document without a problem."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import assume, given, settings

from policystudio.analysis.sentences import Language, describe
from policystudio.analysis.sentences.chinese import conditions as chinese
from policystudio.analysis.sentences.english import conditions as english
from policystudio.analysis.sentences.reading import read, said_back
from policystudio.analysis.sentences.reading.tokens import tokens_of
from policystudio.catalog import load
from policystudio.ram.parse import parse
from tests.analysis.sentences.test_stranger import statements

WORDS = {Language.ENGLISH: english, Language.CHINESE: chinese}


@pytest.mark.parametrize("language", list(Language))
@settings(max_examples=settings().max_examples // 2)
@given(statements().filter(lambda value: "Condition" in value))
def test_words_behind_a_condition_are_kept_or_refused_wherever_they_are_added(
    language: Language, value: dict[str, Any]
) -> None:
    document = parse(json.dumps({"Version": "1", "Statement": [value]}), any_operator=True).document
    assume(document is not None)
    assert document is not None
    (sentence,) = describe(document, load(), language)
    words = WORDS[language]
    ends = [token.end for token in tokens_of(sentence.text) if token.is_value or token.text in ")）"]
    for end in ends[-8:]:
        for added in (words.ABSENT, words.CASE):
            typed = f"{sentence.text[:end]}{added}{sentence.text[end:]}"
            found = read(typed, language, load())
            if found.source is not None:
                (said,) = said_back(found, language, load())
                # Who says it twice of one condition says it once.
                assert said.count(added) in (typed.count(added), typed.count(added) - 1), typed
                assert added in said, typed
