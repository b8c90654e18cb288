"""What is in doubt never counts as reached; every sort of object has one to stand for it; a spent budget says so."""

from __future__ import annotations

import json
from random import Random
from time import monotonic
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policystudio.analysis.comparing.limits import Budget, Limits
from policystudio.analysis.comparing.statements import clauses
from policystudio.analysis.escalation import Answer, Goal, escalate
from policystudio.analysis.escalation.transition import transitions
from policystudio.analysis.escalation.worlds import sorts
from policystudio.catalog import load
from tests.analysis.escalation.generating import documents, read
from tests.reference import decisions
from tests.reference.kms import HEAD

KEY = f"{HEAD}key/*"


def document(*statements: dict[str, Any]) -> dict[str, Any]:
    return {
        "Version": "1",
        "Statement": [{"Effect": "Allow", "Resource": KEY, **each} for each in statements],
    }


def shortest(found: Any, goal: Goal, answer: Answer) -> list[list[str]]:
    return [[step.name for step in each.path or ()] for each in found.of(answer) if each.goal is goal]


DOUBT = {"Condition": {"ForAnyValue:StringEquals": {"acs:Team": "a"}}}


def test_an_allow_in_doubt_is_unknown_with_the_way_that_there_may_be() -> None:
    found = escalate([read(document({"Action": "kms:Decrypt", **DOUBT}))])
    assert found.answer is Answer.UNKNOWN
    assert shortest(found, Goal.DECRYPT, Answer.UNKNOWN)[0] == ["decrypt"]
    assert not found.of(Answer.DIRECT)


def test_a_deny_in_doubt_takes_the_certainty_away() -> None:
    deny = {"Effect": "Deny", "Action": "kms:Decrypt", **DOUBT}
    found = escalate([read(document({"Action": "kms:Decrypt"}, deny))])
    assert found.answer is Answer.UNKNOWN
    assert not found.of(Answer.DIRECT)


def test_a_deny_wins_over_a_key_policy_that_the_holder_sets() -> None:
    deny = {
        "Effect": "Deny",
        "Action": ["kms:Decrypt", "kms:AsymmetricDecrypt", "kms:ExportDataKey", "kms:ReEncrypt*"],
    }
    found = escalate([read(document({"Action": "kms:SetKeyPolicy"}, deny))])
    # Only what others will encrypt with a key that still waits for its material: that is known, and nobody is asked.
    assert shortest(found, Goal.DECRYPT, Answer.STEPS) == [
        ["set_key_policy", "get_parameters_for_import", "import_key_material", "work_outside"]
    ]
    assert shortest(found, Goal.SIGN, Answer.STEPS)[0] == ["set_key_policy", "sign"]


def test_of_several_documents_a_deny_in_one_counts_for_all() -> None:
    allow = read(document({"Action": "kms:Decrypt"}))
    deny = read(document({"Effect": "Deny", "Action": "kms:*", "Resource": "*"}))
    assert escalate([allow]).answer is Answer.DIRECT
    assert escalate([allow, deny]).answer is Answer.NO


def test_what_a_request_sets_limits_which_tags_it_can_set() -> None:
    reads = {"Action": "kms:Decrypt", "Condition": {"StringEquals": {"kms:tag/Project": "Apollo"}}}
    for value, answer in (("Apollo", Answer.STEPS), ("Billing", Answer.DIRECT)):
        tags = {"Action": "kms:TagResource", "Condition": {"StringEquals": {"acs:RequestTag/Project": value}}}
        assert escalate([read(document(reads, tags))]).answer is answer


def test_a_tag_that_keeps_a_key_out_is_removed_or_changed() -> None:
    reads = {"Action": "kms:Decrypt", "Condition": {"StringNotEquals": {"kms:tag/env": "prod"}}}
    for action, step in (("kms:UntagResource", "untag_resource"), ("kms:TagResource", "tag_resource")):
        found = escalate([read(document(reads, {"Action": action}))])
        assert shortest(found, Goal.DECRYPT, Answer.STEPS) == [[step, "decrypt"]]


def test_without_documents_nothing_is_reached() -> None:
    assert escalate([]).answer is Answer.NO


@given(documents(), st.integers(0, 10**6))
def test_every_resource_of_a_place_is_of_a_sort_that_is_searched(document: dict[str, Any], seed: int) -> None:
    """Some searched key is listed by the same statements as any key there is; so for aliases and secrets."""
    draw = Random(seed)
    read_in = read(document)
    found = sorts(clauses([read_in]), Budget(Limits(), monotonic() + 60))
    for kind in ("key", "alias", "secret"):
        for _ in range(5):
            name = "".join(draw.choice("ak01s-") for _ in range(draw.randint(1, 3)))
            resource = f"{HEAD}{kind}/{name}"
            here = [
                sort.resource
                for place in found
                for sort in (*place.keys, *place.aliases, *place.secrets)
                if sort.resource.split(":", 4)[4].startswith(f"{kind}/")
            ]
            assert listed(document, resource) in {listed(document, each) for each in here}


def listed(document: dict[str, Any], resource: str) -> tuple[bool, ...]:
    """Which statements list a resource, by the reference."""
    plain = [
        {"Version": "1", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": each["Resource"]}]}
        for each in document["Statement"]
    ]
    return tuple(decisions.decide([each], "kms:X", resource, {}) == decisions.ALLOW for each in plain)


def test_a_spent_budget_is_an_answer_of_its_own() -> None:
    names = [f"{HEAD}key/*a{number}*" for number in range(40)]
    found = escalate([read(document({"Action": "kms:Decrypt", "Resource": names}))])
    assert found.answer is Answer.UNKNOWN
    assert found.reason is not None
    started = monotonic()
    assert escalate([read(document({"Action": "kms:*"}))], limits=Limits(nodes=10)).reason is not None
    assert monotonic() - started < 1


@pytest.mark.parametrize("name", transitions())
def test_a_step_asks_for_actions_of_the_catalogue_and_says_where_it_is_from(name: str) -> None:
    transition = transitions()[name]
    for needs in transition.needs:
        for need in needs:
            assert load().action(need.action) is not None, need
    assert transition.source
    assert transition.is_inferred == ("inferred" in transition.source)


def test_the_answer_is_the_same_for_documents_in_any_order() -> None:
    one = read(document({"Action": "kms:TagResource"}))
    two = read(
        document({"Action": "kms:Decrypt", "Condition": {"StringEquals": {"kms:tag/Project": "Apollo"}}})
    )
    there, back = escalate([one, two]), escalate([two, one])
    assert [(each.goal, each.answer, len(each.path or ())) for each in there.reaches] == [
        (each.goal, each.answer, len(each.path or ())) for each in back.reaches
    ]
    assert json.dumps(there.as_json())
