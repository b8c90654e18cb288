"""What the slow evaluator makes of an action: a valid name is surely answered, a refused one is no licence."""

import pytest

from policystudio.catalog import load
from tests.reference.evaluator import acts

NAMES = sorted(action.name for action in load().actions.values())
SOME = ("kms:Decrypt", "kms:Encrypt", "kms:ListKeys", "oss:GetObject", "ram:PassRole", "kvs:Decrypt")


def reached(entry):
    """Action → True, or None where it cannot be told; the others are surely not reached."""
    answers = {action: acts({"Action": entry}, action) for action in SOME}
    return {action: answer for action, answer in answers.items() if answer is not False}


@pytest.mark.parametrize("action", NAMES)
def test_documented_name_is_that_action_and_surely_no_other(action):
    assert acts({"Action": action}, action) is True
    assert all(acts({"Action": action}, other) is False for other in NAMES if other != action)
    assert acts({"NotAction": action}, action) is False


@pytest.mark.parametrize(
    "entry", ["*", "kms:*", "kms:De*", "KMS:?ecrypt", "*:Decrypt", "k*:*", "oss:Get/Object", "kms:**"]
)
def test_of_a_valid_pattern_everything_can_be_told(entry):
    assert all(acts({"Action": entry}, action) is not None for action in (*NAMES, *SOME))


@pytest.mark.parametrize(
    ("entry", "actions"),
    [
        ("kms: Decrypt", ["kms:Decrypt"]),
        ("kms:De crypt", ["kms:Decrypt"]),
        ("kms:De/crypt", ["kms:Decrypt"]),
        ("kms:Decrypt, kms:Encrypt", ["kms:Decrypt", "kms:Encrypt"]),
        ("kms:Decrypt kms:Encrypt", ["kms:Decrypt", "kms:Encrypt"]),
        ("kms:Decrypt,Encrypt", []),
        ("kms:De,crypt", []),
        ("kms:Decrypt:x", []),
        ("kms.Decrypt", []),
        ("oss:Get/Object", []),
        ("Decrypt", ["kms:Decrypt", "kvs:Decrypt"]),
        ("kv*", ["kvs:Decrypt"]),
        ("kms*", ["kms:Decrypt", "kms:Encrypt", "kms:ListKeys"]),
    ],
)
def test_what_is_refused_is_at_most_what_can_have_been_meant(entry, actions):
    expected = dict.fromkeys(actions)
    assert reached(entry) == expected
