"""What is written shorter means the same, has nothing left that could go, and says nothing that was not said before."""

from __future__ import annotations

import json
import random
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given as generated
from hypothesis import settings
from hypothesis import strategies as st

from policystudio.analysis.comparing import Limits
from policystudio.analysis.given import read_given
from policystudio.analysis.minimising import Kind, Minimised, minimise
from policystudio.analysis.minimising.words import step_text
from policystudio.analysis.redundancy import Why
from policystudio.analysis.sentences import Language
from tests.analysis.comparing.generating import allowed, contexts, given, statement
from tests.analysis.minimising.dropping import denials, droppings, is_same
from tests.analysis.minimising.writing import allow, left, shortened, texts

ROOT = Path(__file__).parents[2]
IS_FUZZING = settings.get_current_profile_name() == "fuzz"


def said(found: Minimised) -> list[tuple[Kind, str, Why | None, int | None]]:
    return [(step.kind, step.path, step.why, step.blame) for step in found.steps]


def drawn(seed: int) -> dict[str, Any]:
    """A document of which something can mostly go: statements, and cut or joined copies of them."""
    rng = random.Random(seed)
    keys = rng.sample(["k:tag", "k:address", "k:number", "k:flag"], 2)
    statements = [statement(rng, keys) for _ in range(rng.randint(1, 3))]
    for _ in range(rng.randint(0, 2)):
        copied = json.loads(json.dumps(rng.choice(statements)))
        other = statement(rng, keys)
        for name in rng.sample(["Action", "Resource", "Condition"], rng.randint(0, 1)):
            if name in copied and name in other:
                copied[name] = other[name]
        statements.append(copied)
    for each in statements:
        for block in (each, *each.get("Condition", {}).values()):
            for name, held in block.items():
                if isinstance(held, list) and len(held) == 1 and rng.random() < 0.5:
                    block[name] = held[0]
    return {"Version": "1", "Statement": statements}


def check(seed: int, *, alone: bool) -> int:
    """Checks one document against the reference and by single droppings; how many steps it took."""
    document = drawn(seed)
    found = minimise(given(document), alone=alone)
    result = json.loads(found.text)
    assert found.complete, (seed, found.reason)
    assert found.proof.holds, (seed, found.proof)
    every = contexts(document)
    assert allowed(result, every) == allowed(document, every), seed
    if not alone:
        assert allowed(denials(result), every) == allowed(denials(document), every), seed
    assert texts(result) <= texts(document), seed
    assert len(found.text) < len(json.dumps(document, indent=2)) + 2 or not found.steps, seed
    again = minimise(given(result), alone=alone)
    assert (again.text, again.steps) == (found.text, ()), seed
    for what, less in droppings(result):
        assert not is_same(document, less, alone=alone), (seed, what, found.text)
    return len(found.steps)


@pytest.mark.parametrize("alone", [False, True])
@pytest.mark.parametrize("batch", range(4))
def test_the_same_is_allowed_and_denied_and_nothing_more_can_go(batch: int, alone: bool) -> None:
    assert sum(check(seed, alone=alone) for seed in range(batch * 25, batch * 25 + 25)) > 25


@pytest.mark.hypothesis
@settings(max_examples=3_000 if IS_FUZZING else 15)
@generated(st.integers(0, 2**60), st.booleans())
def test_any_document_means_the_same_when_it_is_written_shorter(seed: int, alone: bool) -> None:
    check(seed, alone=alone)


KNOWN = [*sorted((ROOT / "samples").glob("*.json")), *sorted((ROOT / "corpus").glob("*.json"))]


@pytest.mark.parametrize("path", KNOWN, ids=lambda path: path.stem)
def test_samples_and_policies_of_the_corpus_have_nothing_to_leave_out(path: Path) -> None:
    document = read_given(path.read_text(encoding="utf-8")).document
    if document is None:
        return
    found = minimise(document)
    assert (json.loads(found.text), found.steps, found.complete) == (
        json.loads(path.read_text("utf-8")),
        (),
        True,
    )


class TestWhatGoesAndWhy:
    def test_a_statement_that_another_says_too(self) -> None:
        found = shortened(allow("kms:*"), allow("kms:Decrypt"))
        assert said(found) == [(Kind.STATEMENT, "/Statement/1", Why.SHADOWED, 0)]
        assert left(found) == [allow("kms:*")]

    def test_entries_of_each_list(self) -> None:
        found = shortened(allow(["kms:Decrypt", "kms:*"], ["acs:kms:*:*:key/a", "acs:kms:*:*:key/*"]))
        assert left(found) == [allow(["kms:*"], ["acs:kms:*:*:key/*"])]
        assert {kind for kind, *_ in said(found)} == {Kind.ENTRY}

    def test_entries_of_what_is_left_out(self) -> None:
        given_one = {"Effect": "Allow", "NotAction": ["kms:*", "kms:Decrypt"], "Resource": "*"}
        assert left(shortened(given_one)) == [{**given_one, "NotAction": ["kms:*"]}]

    def test_values_and_keys_of_conditions(self) -> None:
        wide, narrow = "10.0.0.0/8", "10.1.0.0/16"
        found = shortened(
            allow(
                Condition={
                    "IpAddress": {"acs:SourceIp": [narrow, wide]},
                    "NotIpAddress": {"acs:SourceIp": ["192.168.0.1"]},
                }
            )
        )
        assert left(found) == [allow(Condition={"IpAddress": {"acs:SourceIp": [wide]}})]
        assert said(found) == [
            (Kind.CONDITION, "/Statement/0/Condition/NotIpAddress/acs:SourceIp", Why.NO_LIMIT, None),
            (Kind.VALUE, "/Statement/0/Condition/IpAddress/acs:SourceIp/0", Why.SHADOWED, 0),
        ]

    def test_an_allow_that_is_denied(self) -> None:
        deny = allow("kms:Delete*", effect="Deny")
        found = shortened(allow(["kms:Decrypt", "kms:DeleteAlias"]), deny)
        assert left(found) == [allow(["kms:Decrypt"]), deny]
        assert said(found) == [(Kind.ENTRY, "/Statement/0/Action/1", Why.DENIED, 1)]

    def test_conditions_that_contradict_each_other_are_named(self) -> None:
        never = {"StringEquals": {"kms:tag/a": ["1"]}, "StringNotEquals": {"kms:tag/a": ["1"]}}
        found = shortened(allow(), allow("kms:Encrypt", Condition=never))
        (step,) = found.steps
        assert (step.why, len(step.conditions)) == (Why.EMPTY, 2)

    @pytest.mark.parametrize("empty", [{}, {"StringEquals": {}}])
    def test_a_condition_in_which_nothing_stands(self, empty: dict[str, Any]) -> None:
        found = shortened(allow(Condition=empty))
        assert (left(found), [each.kind for each in found.steps]) == ([allow()], [Kind.CONDITION])


class TestJoining:
    def test_statements_that_differ_in_one_list_are_one(self) -> None:
        found = shortened(
            allow("kms:Decrypt", "acs:kms:*:*:key/a"),
            allow(["kms:Encrypt", "kms:Decrypt"], "acs:kms:*:*:key/b"),
            allow("kms:Encrypt", ["acs:kms:*:*:key/a"], Sid="second"),
        )
        assert left(found) == [
            allow(["kms:Decrypt", "kms:Encrypt"], ["acs:kms:*:*:key/a", "acs:kms:*:*:key/b"])
        ]
        assert [(step.kind, step.statement, step.blame) for step in found.steps] == [
            (Kind.MERGED, 2, 0),
            (Kind.MERGED, 1, 0),
        ]

    def test_values_of_one_key_are_joined(self) -> None:
        found = shortened(*(allow(Condition={"StringLike": {"kms:tag/a": [tag]}}) for tag in ("x*", "y*")))
        assert left(found) == [allow(Condition={"StringLike": {"kms:tag/a": ["x*", "y*"]}})]

    @pytest.mark.parametrize(
        "conditions",
        [
            [{"StringNotEquals": {"kms:tag/a": ["x"]}}, {"StringNotEquals": {"kms:tag/a": ["y"]}}],
            [{"Bool": {"acs:SecureTransport": "true"}}, {"Bool": {"acs:SecureTransport": "false"}}],
        ],
    )
    def test_what_is_no_or_is_not_joined(self, conditions: list[Any]) -> None:
        found = shortened(*(allow(Condition=each) for each in conditions))
        assert not [step for step in found.steps if step.kind is Kind.MERGED]

    def test_denies_are_joined_too(self) -> None:
        found = shortened(allow("kms:*"), allow("kms:A", effect="Deny"), allow("kms:B", effect="Deny"))
        assert left(found)[1:] == [allow(["kms:A", "kms:B"], effect="Deny")]

    @pytest.mark.parametrize("written", ["kms:A", ["kms:A"]])
    def test_what_was_joined_may_lose_the_entry_that_it_began_with(self, written: Any) -> None:
        """Once the last statement reaches `key/a` too, nothing else has to say `kms:A` there."""
        rest = {
            "Effect": "Allow",
            "Action": "kms:A",
            "NotResource": ["acs:kms:*:*:key/b", "acs:kms:*:*:key/a"],
        }
        found = shortened(allow(written, "acs:kms:*:*:key/a"), allow("kms:B", "acs:kms:*:*:key/a"), rest)
        kept = "kms:B" if isinstance(written, str) else ["kms:B"]
        assert left(found) == [
            allow(kept, "acs:kms:*:*:key/a"),
            {**rest, "NotResource": ["acs:kms:*:*:key/b"]},
        ]
        assert found.complete


class TestDenials:
    idle = (allow("kms:Decrypt"), allow("kms:DeleteAlias", effect="Deny"))

    def test_a_deny_stays_as_it_holds_against_other_policies(self) -> None:
        assert not shortened(*self.idle).steps

    def test_a_deny_that_denies_nothing_goes_from_a_document_that_stands_alone(self) -> None:
        found = shortened(*self.idle, alone=True)
        assert said(found) == [(Kind.STATEMENT, "/Statement/1", Why.NOTHING_TO_DENY, None)]
        assert found.proof.denies_less is None

    def test_a_document_keeps_a_statement(self) -> None:
        assert len(left(shortened(allow(effect="Deny"), alone=True))) == 1
        assert len(left(shortened(*[allow(effect="Deny")] * 3, alone=True))) == 1


class TestWhatStays:
    def test_order_spelling_and_names_of_what_stays(self) -> None:
        written = {
            "Statement": [
                {
                    "Resource": "*",
                    "Sid": "a b",
                    "Action": ["KMS:decrypt", "kms:Decrypt", "oss:*"],
                    "Effect": "Allow",
                }
            ],
            "Version": "1",
        }
        found = minimise(given(written))
        written["Statement"][0]["Action"] = ["KMS:decrypt", "oss:*"]  # type: ignore[index]
        assert found.text == json.dumps(written, indent=2) + "\n"

    @pytest.mark.parametrize("operator", ["ForAllValues:StringEquals", "StringLikeIfExists"])
    def test_an_entry_that_nobody_documents_is_never_left_out(self, operator: str) -> None:
        unclear = {operator: {"kms:tag/a": ["1", "1", "2"]}}
        found = shortened(
            allow("kms:Encrypt", Condition=unclear),
            allow("kms:Decrypt", Condition=unclear),
            allow("kms:Decrypt", effect="Deny", Condition={operator: {"kms:tag/a": ["3"]}}),
        )
        assert left(found)[0] == allow(["kms:Encrypt", "kms:Decrypt"], Condition=unclear)
        assert left(found)[1]["Condition"] == {operator: {"kms:tag/a": ["3"]}}

    def test_what_cannot_be_told_is_not_said_to_count(self) -> None:
        """Nobody documents how one value is both a text and a number, so the second is kept, not proved to count."""
        number = {"NumericEquals": {"k:a": ["1"]}}
        statements = [
            allow("kms:A", Condition={"StringEquals": {"k:a": ["1", "2"]}, **number}),
            allow(["kms:A", "kms:B"], Condition={"StringEquals": {"k:a": ["1"]}, **number}),
        ]
        found = shortened(*statements)
        assert (left(found), found.complete) == (statements, False)
        assert found.reason is not None
        assert found.reason.reason == "mixed-types"

    def test_no_pattern_is_made_of_many_names(self) -> None:
        every = [f"kms:{name}Key" for name in ("Create", "Enable", "Disable", "Describe")]
        assert not shortened(allow(every)).steps


class TestLimits:
    def test_what_was_proved_until_the_time_was_up_is_kept(self) -> None:
        statements = [allow("kms:Decrypt", f"acs:kms:*:*:key/{at}-*") for at in range(1_000)]
        found = shortened(*statements, allow("kms:A", Condition={}), limits=Limits(milliseconds=60))
        assert found.proof.holds
        assert not found.complete
        assert found.reason is not None

    def test_time_that_is_up_before_it_begins_changes_nothing(self) -> None:
        found = shortened(allow(), allow(), limits=Limits(milliseconds=0))
        assert (found.steps, found.complete, len(left(found))) == ((), False, 2)

    @pytest.mark.parametrize(
        "statements",
        [
            [allow(f"kms:*{at}*x*", f"acs:kms:*:*:*{at}*y*") for at in range(40)],
            [allow("kms:*")] + [allow("*", f"acs:kms:*:*:key/*{at}*", effect="Deny") for at in range(40)],
            [
                allow("kms:*", f"acs:kms:*:*:key/{at % 7}*", Condition={"StringLike": {"k": [f"*{at}*"]}})
                for at in range(60)
            ],
        ],
    )
    def test_a_document_made_to_explode_ends_in_time(self, statements: list[Any]) -> None:
        started = time.monotonic()
        found = shortened(*statements)
        assert time.monotonic() - started < 6
        assert found.proof.holds

    @pytest.mark.parametrize(
        "statements",
        [
            [allow(Condition={"StringLike": {f"k:{at}": "a*" for at in range(2_000)}})],
            [allow(f"k:{at}") for at in range(1_500)],
            [allow([f"k:{at}" for at in range(12_000)])],
            [allow(Condition={"StringEquals": {"k:a": [str(at) for at in range(12_000)]}})],
        ],
        ids=["keys", "statements", "entries", "values"],
    )
    def test_no_step_goes_through_thousands_of_texts_again_and_again(self, statements: list[Any]) -> None:
        """The keys took 25 seconds, the others 5, whatever the time allowed."""
        document = given({"Version": "1", "Statement": statements})
        began = time.thread_time()
        minimise(document, limits=Limits(milliseconds=200))
        assert time.thread_time() - began < 1.5


class TestWords:
    """Every kind of step and every reason as a sentence, in both languages."""

    def told(
        self, *statements: dict[str, Any], language: Language = Language.ENGLISH, **more: Any
    ) -> list[str]:
        document = given({"Version": "1", "Statement": list(statements)})
        return [step_text(step, document, language) for step in minimise(document, **more).steps]

    def test_what_goes_and_why(self) -> None:
        tag = {"StringLike": {"kms:tag/a": ["x", "*"]}}
        deny = allow("kms:Delete*", effect="Deny")
        assert self.told(allow("kms:*"), allow("kms:Decrypt")) == ["statement 2: statement 1 says all of it"]
        assert self.told(allow("kms:*"), allow("kms:Decrypt"), deny) == [
            "statement 2: statement 1 says all of it that is not denied"
        ]
        assert self.told(allow(["kms:Encrypt", "kms:DeleteKey"]), deny) == [
            "`kms:DeleteKey` in `Action` of statement 1: statement 2 denies all of it"
        ]
        assert self.told(allow(Condition=tag)) == [
            "`x` in the condition `StringLike` `kms:tag/a` of statement 1: the rest of the statement says it too"
        ]
        assert self.told(allow(), allow("oss:*", effect="Deny"), alone=True) == [
            "statement 2: nothing that it denies is allowed by this document"
        ]
        assert self.told(allow("kms:A"), allow("kms:B")) == [
            "statement 2 goes into statement 1, as they differ in one list only"
        ]
        assert self.told(allow(Condition={})) == [
            "the condition `{}` of statement 1: without it the same is allowed and denied"
        ]

    def test_the_same_in_chinese(self) -> None:
        found = self.told(allow("kms:*"), allow("kms:Decrypt"), language=Language.CHINESE)
        assert found == ["语句 2：语句 1 已包含其全部内容"]

    @pytest.mark.parametrize("seed", range(40))
    @pytest.mark.parametrize("language", list(Language))
    def test_every_step_has_words(self, seed: int, language: Language) -> None:
        document = given(drawn(seed))
        for step in minimise(document, alone=True).steps:
            said = step_text(step, document, language)
            assert said
            assert "None" not in said
