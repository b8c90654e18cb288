"""Misspelt actions, by what the mistake does."""

import pytest

from policystudio.validation.spelling import edits

UNLIKE = [
    "GenerateRandom",
    "DeleteKey",
    "UndeleteKey",
    "UndeleteSecret",
    "DisableKeyRotation",
    "PutKeyPolicy",
    "RotateKey",
    "RestoreKey",
    "UpdateKey",
    "ReplicateKey",
    "CreateGrant",
    "ReadSecretValue",
    "GetKeyMaterial",
    "ExportKey",
    "PutSecretPolicy",
    "GetSecret",
    "PurgeSecret",
    "Ecrypt",
    "Xcrypt",
    "SetAlias",
]
"""Names from other clouds or from thought, each near an action that does something else."""


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        ({"Action": "kms:Encypt"}, "unknown-action"),
        ({"Effect": "Deny", "Action": "kms:Encypt"}, "unknown-action-in-deny"),
        ({"NotAction": "kms:Encypt"}, "unknown-action-in-deny"),
        ({"Effect": "Deny", "NotAction": "kms:Encypt"}, "unknown-action"),
    ],
)
def test_what_makes_a_hole_is_graver_than_what_makes_a_gap(judge, statement, code):
    codes = {finding.code for finding in judge(statement)}
    assert code in codes
    assert len(codes & {"unknown-action", "unknown-action-in-deny"}) == 1


def test_correction_of_an_allow_is_a_choice_as_it_grants_the_right(judge):
    finding = next(f for f in judge({"Action": ["kms:DecribeKey"]}) if f.code == "unknown-action")
    assert finding.fix is None
    assert finding.choices[0].widens
    assert finding.choices[0].edits[0].text == '"kms:DescribeKey"'


def test_correction_of_a_deny_is_a_fix_as_it_takes_access_away(judge):
    statement = {"Effect": "Deny", "Action": ["kms:DecribeKey"]}
    finding = next(f for f in judge(statement) if f.code == "unknown-action-in-deny")
    assert not finding.fix.widens
    assert finding.fix.edits[0].text == '"kms:DescribeKey"'


def test_very_long_name_is_echoed_in_part(judge):
    finding = next(f for f in judge({"Action": "kms:" + "x" * 5000}) if f.code == "unknown-action")
    assert len(finding.message) < 300


@pytest.mark.parametrize(
    "name",
    UNLIKE,
)
@pytest.mark.parametrize("effect", ["Allow", "Deny"])
def test_no_button_writes_a_right_that_the_name_does_not_resemble(judge, effect, name):
    findings = judge({"Effect": effect, "Action": f"kms:{name}", "Resource": "*"})
    mine = [f for f in findings if f.code.startswith("unknown-action")]
    assert len(mine) == 1
    assert mine[0].fix is None
    assert not any(choice.widens for choice in mine[0].choices)


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("Encypt", "Encrypt"),
        ("Encript", "Encrypt"),
        ("DescribeKeys", "DescribeKey"),
        ("DeleteAliases", "DeleteAlias"),
        ("ListSecret", "ListSecrets"),
        ("GetSecertValue", "GetSecretValue"),
    ],
)
def test_button_writes_what_is_one_or_two_letters_away(judge, name, meant):
    finding = next(f for f in judge({"Action": f"kms:{name}"}) if f.code == "unknown-action")
    assert finding.choices[0].edits[0].text == f'"kms:{meant}"'


@pytest.mark.parametrize(
    ("one", "other", "count"),
    [
        ("", "", 0),
        ("ab", "ba", 1),
        ("abc", "ac", 1),
        ("kitten", "sitting", 3),
        ("a", "abcd", 3),
        ("abc", "axy", 2),
    ],
)
def test_edits_are_counted_up_to_two(one, other, count):
    assert edits(one, other) == edits(other, one) == count
