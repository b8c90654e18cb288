"""Lists and creation ask for the container."""

KEY = "acs:kms:${region}:${account}:key"
CODE = "missing-container-resource"


def test_pattern_asks_for_containers_only_where_all_members_are_listed(places):
    assert places(CODE, {"Action": "kms:List*", "Resource": f"{KEY}/*"})
    assert places(CODE, {"Action": "kms:List*", "Resource": f"{KEY}/key-hzz1234567890abcdefgh"}) == []


def test_container_of_another_statement_suffices(places):
    lists = {"Action": "kms:ListKeys", "Resource": KEY}
    assert places(CODE, lists, {"Action": ["kms:List*", "kms:Describe*"], "Resource": f"{KEY}/*"}) == []


def test_choice_adds_the_container_beside_its_members(judge):
    statement = {"Action": ["kms:ListKeys", "kms:DescribeKey"], "Resource": [f"{KEY}/*"]}
    finding = next(f for f in judge(statement) if f.code == CODE)
    assert f'"{KEY}"' in finding.choices[0].edits[0].text
