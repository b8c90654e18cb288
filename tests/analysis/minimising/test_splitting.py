"""A document over the limit becomes several that fit and together mean the same."""

from __future__ import annotations

import json
import random
import time
from typing import Any

import pytest
from hypothesis import given as generated
from hypothesis import settings
from hypothesis import strategies as st

from policystudio.analysis.comparing import Answer, compare
from policystudio.analysis.minimising import Split, split
from policystudio.ram.document import Document
from policystudio.ram.render import RegionMode, Target
from policystudio.validation.size import LIMIT, measure
from tests.analysis.comparing.generating import allowed, contexts, given, statement
from tests.analysis.minimising.dropping import denials
from tests.analysis.minimising.writing import allow, texts

IS_FUZZING = settings.get_current_profile_name() == "fuzz"


def parted(*statements: dict[str, Any], **more: Any) -> Split:
    return split(given({"Version": "1", "Statement": list(statements)}), **more)


def statements_of(found: Split) -> list[list[dict[str, Any]]]:
    return [json.loads(part.text)["Statement"] for part in found.parts]


def bytes_of(text: str) -> int:
    """The bytes without blanks, by the standard library."""
    return len(json.dumps(json.loads(text), ensure_ascii=False, separators=(",", ":")).encode())


def names(count: int, length: int = 20) -> list[str]:
    return [f"acs:kms:*:*:key/{at:0{length}}" for at in range(count)]


def check(seed: int, max_bytes: int) -> int:
    """Splits one document by a small limit, against the reference; the number of parts."""
    rng = random.Random(seed)
    keys = rng.sample(["k:tag", "k:address", "k:number", "k:flag"], 2)
    document = {"Version": "1", "Statement": [statement(rng, keys) for _ in range(rng.randint(1, 5))]}
    found = split(given(document), max_bytes=max_bytes)
    if found.too_long:
        assert not found.parts
        return 0
    assert all(part.size == bytes_of(part.text) <= max_bytes for part in found.parts), seed
    together = [each for some in statements_of(found) for each in some]
    whole = {**document, "Statement": together}
    every = contexts(document)
    assert allowed(whole, every) == allowed(document, every), seed
    assert allowed(denials(whole), every) == allowed(denials(document), every), seed
    assert texts(whole) <= texts(document), seed
    assert found.proof is None or found.proof.holds, (seed, found.proof)
    compared = compare([given(document)], [part.document for part in found.parts])
    assert (compared.grants_new_access, compared.revokes_access) == (Answer.NO, Answer.NO), seed
    assert split(given(document), max_bytes=max_bytes).as_json() == found.as_json(), seed
    return len(found.parts)


@pytest.mark.parametrize("max_bytes", [150, 200, 260])
def test_parts_fit_and_together_mean_the_same(max_bytes: int) -> None:
    counts = [check(seed, max_bytes) for seed in range(60)]
    assert sum(count > 1 for count in counts) > 10


@pytest.mark.hypothesis
@settings(max_examples=3_000 if IS_FUZZING else 15)
@generated(st.integers(0, 2**60), st.integers(100, 400))
def test_any_document_and_any_limit(seed: int, max_bytes: int) -> None:
    check(seed, max_bytes)


def test_what_fits_stays_as_it_is() -> None:
    found = parted(allow(), name="mine")
    assert (len(found.parts), found.is_split, found.proof) == (1, False, None)
    assert found.parts[0].name == "mine"


def test_statements_stay_whole_where_they_fit_and_are_told_by_their_index() -> None:
    statements = [allow("kms:Decrypt", names(100), Sid=f"s{at}") for at in range(4)]
    found = parted(*statements, name="mine")
    assert [part.name for part in found.parts] == ["mine-1", "mine-2", "mine-3", "mine-4"]
    assert [part.statements for part in found.parts] == [(0,), (1,), (2,), (3,)]
    assert statements_of(found) == [[each] for each in statements]
    assert not found.cut


def test_a_small_statement_goes_where_there_is_room() -> None:
    found = parted(*(allow("kms:Decrypt", names(90)) for _ in range(2)), allow("kms:Encrypt"))
    assert [part.statements for part in found.parts] == [(0, 2), (1,)]


@pytest.mark.parametrize("effect", ["Allow", "Deny"])
@pytest.mark.parametrize(
    "long",
    [
        {"Resource": names(300)},
        {"Action": [f"kms:{at:030}" for at in range(300)]},
        {"Condition": {"StringLike": {"kms:tag/a": [f"{at:030}*" for at in range(300)]}}},
        {"Action": [f"kms:{at:030}" for at in range(200)], "Resource": names(200)},
    ],
    ids=["resources", "actions", "values", "two lists"],
)
def test_a_statement_that_is_too_long_is_cut(effect: str, long: dict[str, Any]) -> None:
    found = parted({**allow(effect=effect, Sid="a b"), **long})
    assert found.cut == (0,)
    assert found.proof is not None
    assert found.proof.holds
    assert all(part.size <= LIMIT for part in found.parts)
    assert all(each["Sid"] == "a b" for some in statements_of(found) for each in some)


@pytest.mark.parametrize(
    "long",
    [
        {"Resource": "acs:kms:*:*:key/" + "x" * 7_000},
        {"Condition": {"StringNotEquals": {"kms:tag/a": [f"{at:030}" for at in range(300)]}}},
        {"Condition": {"ForAnyValue:StringEquals": {"kms:tag/a": [f"{at:030}" for at in range(300)]}}},
    ],
    ids=["one entry", "negated values", "values without a reading"],
)
def test_what_cannot_be_cut_is_named(long: dict[str, Any]) -> None:
    found = parted(allow("oss:*"), {**allow(), **long})
    assert (found.parts, found.too_long) == ((), ("/Statement/1",))


@pytest.mark.parametrize("name", ["NotAction", "NotResource"])
def test_what_is_left_out_is_never_cut(name: str) -> None:
    left_out = [text.replace("acs:", "acs:" if name == "NotResource" else "a") for text in names(400)]
    statement = {"Effect": "Allow", "Action": "*", "Resource": "*"}
    del statement[name.removeprefix("Not")]
    assert parted({**statement, name: left_out}).too_long == ("/Statement/0",)


def test_more_documents_than_can_be_attached_are_told() -> None:
    found = parted(allow("kms:Decrypt", names(1_600)))
    assert found.is_too_many
    assert found.as_json()["too_many"] is True


def test_sizes_are_those_of_the_longest_target() -> None:
    targets = tuple(
        Target("1234567890123456", region) for region in ("cn-a", "cn-a-very-long-name-of-a-region")
    )

    def worst(document: Document) -> int:
        return measure(document, targets, RegionMode.COMBINED).size.bytes_compact

    resources = [f"acs:kms:${{region}}:${{account}}:key/{at:020}" for at in range(60)]
    found = parted(allow("kms:Decrypt", resources), measured=worst)
    assert [part.size for part in found.parts] == [worst(part.document) for part in found.parts]
    assert all(LIMIT / 3 < part.size <= LIMIT for part in found.parts)
    assert parted(allow("kms:Decrypt", resources)).is_split is False


@pytest.mark.parametrize(
    "statements",
    [
        [allow("kms:Decrypt", names(6_000))],
        [allow("kms:Decrypt", names(3_000), effect="Deny"), allow([f"kms:{at}" for at in range(6_000)])],
        [allow([f"kms:{at}" for at in range(4_000)], names(3_000))],
        [allow("kms:Decrypt", f"acs:kms:*:*:key/{at}-*") for at in range(2_000)],
    ],
    ids=["one list", "two statements", "two lists", "many statements"],
)
def test_the_longest_documents_are_split_in_time(statements: list[Any]) -> None:
    started = time.monotonic()
    found = parted(*statements)
    assert time.monotonic() - started < 15
    assert found.too_long or all(part.size <= LIMIT for part in found.parts)
