"""Blanks that are not filled in."""

import pytest


@pytest.mark.parametrize(
    ("region", "codes"),
    [
        ("${region}", []),
        ("$<region>", ["angle-bracket-placeholder"]),
        ("${regoin}", ["unknown-placeholder"]),
        ("${Region}", ["unknown-placeholder"]),
        ("$<foo>", ["unknown-placeholder"]),
        ("${}", ["empty-placeholder"]),
        ("${ }", ["empty-placeholder"]),
        ("${ region }", ["space-in-placeholder"]),
        ("${ regoin }", ["unknown-placeholder"]),
        ("${region", ["unclosed-placeholder"]),
        ("$<region", ["unclosed-placeholder"]),
        ("{{region}}", ["bare-placeholder-word"]),
        ("<region>", ["bare-placeholder-word"]),
        ("region", ["bare-placeholder-word"]),
        ("$region", []),
    ],
)
def test_each_slip_has_its_name_and_only_one(judge, region, codes):
    resource = f"acs:kms:{region}:${{account}}:key/key-hzz1234567890abcdefgh"
    assert [finding.code for finding in judge({"Resource": resource})] == codes


def test_fix_repairs_only_the_placeholder(judge):
    finding = judge({"Resource": "acs:kms:${regoin}:${account}:key/*"})[0]
    assert finding.fix.edits[0].text == '"acs:kms:${region}:${account}:key/*"'


@pytest.mark.parametrize("name", ["${account}", "${acount}", "${", "${acs:x}"])
def test_in_an_action_nothing_is_replaced(judge, name):
    assert [finding.code for finding in judge({"Action": f"kms:{name}"})] == ["placeholder-out-of-place"]
