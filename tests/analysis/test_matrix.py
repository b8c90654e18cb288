"""The permission matrix never says more than the document does, and what one might miss has its reasons."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from policystudio.analysis.expected import Lack, Unexpected, unexpected
from policystudio.analysis.expected_words import unexpected_text
from policystudio.analysis.matrix import Matrix, State, matrix
from policystudio.analysis.sentences import Language
from policystudio.catalog import load
from policystudio.ram.document import Document
from policystudio.ram.parse import parse
from tests.reference.evaluator import acts, applies, both, holds

SAMPLES = Path(__file__).parents[1] / "samples"
KEYS, ONE_KEY = "acs:kms:*:*:key/*", "acs:kms:*:*:key/a"
MFA = {"Bool": {"acs:MFAPresent": "true"}}


def allow(action: Any, resource: Any = KEYS, **more: Any) -> dict[str, Any]:
    return {"Effect": "Allow", "Action": action, "Resource": resource, **more}


def deny(action: Any, resource: Any = KEYS, **more: Any) -> dict[str, Any]:
    return {**allow(action, resource, **more), "Effect": "Deny"}


def document(*statements: dict[str, Any]) -> Document:
    found = parse(json.dumps({"Version": "1", "Statement": list(statements)})).document
    assert found is not None
    return found


def made(*statements: dict[str, Any]) -> Matrix:
    return matrix(document(*statements), load())


def missing(*statements: dict[str, Any]) -> list[Unexpected]:
    of = document(*statements)
    return list(unexpected(of, load(), matrix(of, load())))


@pytest.mark.parametrize(
    ("statements", "state"),
    [
        ([allow("kms:Decrypt")], State.ALLOWED),
        ([allow("kms:De*")], State.ALLOWED),
        ([allow("KMS:decrypt", ONE_KEY)], State.ALLOWED),
        ([allow("kms:Decrypt", Condition=MFA)], State.CONDITIONAL),
        ([allow("kms:Decrypt", Condition=MFA), allow("kms:Decrypt", ONE_KEY)], State.ALLOWED),
        ([allow("kms:Decrypt"), deny("kms:Decrypt")], State.DENIED),
        ([allow("kms:Decrypt", ONE_KEY), deny("*", "*")], State.DENIED),
        ([allow("kms:Decrypt"), deny("kms:Decrypt", ONE_KEY)], State.CONDITIONAL),
        ([allow("kms:Decrypt"), deny("kms:Decrypt", Condition=MFA)], State.CONDITIONAL),
        ([deny("kms:Decrypt")], State.DENIED),
        ([allow("kms:Encrypt")], State.NOT_MENTIONED),
        ([allow("kms:Decrypt", "acs:kms:*:*:secret/*")], State.NOT_MENTIONED),
        ([{"Effect": "Allow", "NotAction": "kms:Encrypt", "Resource": "*"}], State.ALLOWED),
        ([{"Effect": "Allow", "NotAction": "kms:De*", "Resource": "*"}], State.NOT_MENTIONED),
        ([{"Effect": "Allow", "Action": "kms:*", "NotResource": KEYS}], State.NOT_MENTIONED),
        ([{"Effect": "Allow", "Action": "kms:*", "NotResource": ONE_KEY}], State.ALLOWED),
    ],
)
def test_an_action_on_a_type_has_the_state_that_the_statements_give_it(
    statements: list[dict[str, Any]], state: State
) -> None:
    entry = made(*statements).entry("kms:Decrypt", "key")
    assert entry is not None
    assert entry.state is state


def test_one_key_is_not_every_key() -> None:
    one, every = (made(allow("kms:Decrypt", r)).entry("kms:Decrypt", "key") for r in (ONE_KEY, KEYS))
    assert one is not None
    assert every is not None
    assert (one.on_every, every.on_every) == (False, True)


def test_each_entry_names_its_statements() -> None:
    entry = made(allow("kms:Encrypt"), allow("kms:Decrypt"), deny("kms:D*", ONE_KEY)).entry(
        "kms:Decrypt", "key"
    )
    assert entry is not None
    assert entry.paths == ("/Statement/1", "/Statement/2")


@pytest.mark.parametrize("path", sorted(SAMPLES.glob("[!i]*.json")), ids=lambda path: path.stem)
def test_what_the_matrix_of_a_sample_allows_the_reference_lets_through(path: Path) -> None:
    value = json.loads(
        path.read_text().replace("${region}", "cn-hangzhou").replace("${account}", "1234567890123456")
    )
    found = matrix(document(*value["Statement"]), load())
    names = {kind.id: kind.relative_id_pattern.partition("$")[0] for kind in load().resource_types.values()}
    for row in found.rows:
        for entry in (entry for cell in row.cells for entry in cell.entries):
            if row.type == "all" or not (entry.on_every or entry.state is State.NOT_MENTIONED):
                continue
            name = names[row.type] + ("x" if names[row.type].endswith("/") else "")
            resource = f"acs:kms:cn-hangzhou:1234567890123456:{name}"
            matched = [both(acts(s, entry.action), applies(s, resource)) for s in value["Statement"]]
            certain = [
                both(answer, holds(s, {})) for answer, s in zip(matched, value["Statement"], strict=True)
            ]
            assert any(matched) is (entry.state is not State.NOT_MENTIONED), (entry, resource)
            if entry.state is State.ALLOWED:
                assert any(certain), (entry, resource)


def test_a_secret_without_its_key_is_told() -> None:
    line = missing(allow("kms:GetSecretValue", "acs:kms:*:*:secret/app"))[0]
    assert (line.lack, line.needed, line.path) == (Lack.OTHER_ACTION, "kms:Decrypt", "/Statement/0")
    assert line.sources
    both_allowed = missing(allow("kms:GetSecretValue", "acs:kms:*:*:secret/app"), allow("kms:Decrypt"))
    assert Lack.OTHER_ACTION not in {each.lack for each in both_allowed}


@pytest.mark.parametrize(
    ("statement", "lack"),
    [
        (allow("kms:UpdateAlias", "acs:kms:*:*:alias/*"), Lack.OTHER_RESOURCE),
        (allow("kms:Encrypt", "acs:kms:*:*:alias/*"), Lack.ONLY_ALIAS),
        (allow("kms:Encrypt"), Lack.NO_ALIAS),
        (allow("kms:Encrypt"), Lack.NO_LIST),
        (allow("kms:Encrypt"), Lack.NO_METADATA),
        (allow("kms:List*", "*", Condition={"StringEquals": {"kms:tag/A": "b"}}), Lack.NEVER_HOLDS),
    ],
)
def test_what_one_might_expect_is_told(statement: dict[str, Any], lack: Lack) -> None:
    assert lack in {line.lack for line in missing(statement)}


def test_nothing_is_missing_where_everything_is_allowed() -> None:
    assert missing(allow("*", "*")) == []


def test_a_negated_condition_is_no_reason_to_say_that_it_never_holds() -> None:
    negated = allow("kms:List*", "*", Condition={"StringNotEquals": {"kms:tag/A": "b"}})
    assert Lack.NEVER_HOLDS not in {line.lack for line in missing(negated)}


def test_every_line_has_words_in_both_languages() -> None:
    for lack in Lack:
        line = Unexpected(lack, "", tuple("abcdefgh"), "kms:Decrypt", "key", "", "inferred", ())
        english, chinese = (unexpected_text(line, language) for language in Language)
        assert english.endswith(".")
        assert chinese.endswith("。")


def test_every_note_on_a_dependent_action_has_chinese_words() -> None:
    for action in load().actions.values():
        for other in action.dependent_actions:
            line = Unexpected(Lack.OTHER_ACTION, "", ("a",), "b", "key", other.when, "", ())
            assert other.when not in unexpected_text(line, Language.CHINESE)
