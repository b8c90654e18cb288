"""A document that was read back decides as the one that was said, by the reference that shares no code with either."""

from __future__ import annotations

import json
import random
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from policystudio.analysis.sentences import Language, describe
from policystudio.analysis.sentences.reading import read
from policystudio.catalog import load
from policystudio.ram.parse import parse
from tests.analysis.sentences.test_stranger import ACTIONS, CONDITIONS, RESOURCES, statements
from tests.reference.evaluator import outcomes

REQUESTS = 40
NAMES = [*ACTIONS, "kms:Decrypt", "kms:ListKeys", "oss:Put", "KMS:DECRYPT"]
THINGS = [
    *(each.replace("*", "x") for each in RESOURCES if each.count(":") >= 4),
    "acs:kms:cn-a:1:key/k",
    "acs:kms:eu-central-1:1:secret/prod/x",
    "acs:oss:x:1:o/x",
]


@pytest.mark.parametrize("language", list(Language))
@settings(max_examples=settings().max_examples // 2)
@given(
    value=st.lists(statements(), min_size=1, max_size=3).map(
        lambda all_: {"Version": "1", "Statement": all_}
    ),
    seed=st.integers(0, 1 << 32),
)
def test_what_is_read_back_decides_the_same(language: Language, value: dict[str, Any], seed: int) -> None:
    document = parse(json.dumps(value), any_operator=True).document
    assume(document is not None)
    assert document is not None
    said = "\n".join(sentence.text for sentence in describe(document, load(), language))
    again = json.loads(read(said, language, load()).source or "null")
    chance = random.Random(seed)
    for _ in range(REQUESTS):
        action, resource = chance.choice(NAMES).replace("*", "X"), chance.choice(THINGS)
        context = {key: chance.choice(values) for key, values in CONDITIONS.values() if chance.random() < 0.7}
        asked = action, resource, context
        assert outcomes(value, *asked) == outcomes(again, *asked), (said, asked)
