"""Misspelt actions, by what the mistake does."""

import pytest


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


def test_fix_writes_the_nearest_name(judge):
    finding = next(f for f in judge({"Action": ["kms:DecribeKey"]}) if f.code == "unknown-action")
    assert finding.fix.edits[0].text == '"kms:DescribeKey"'


def test_very_long_name_is_echoed_in_part(judge):
    finding = next(f for f in judge({"Action": "kms:" + "x" * 5000}) if f.code == "unknown-action")
    assert len(finding.message) < 300
