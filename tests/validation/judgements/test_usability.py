"""Whether actions and resources meet, within a statement and over several."""

from __future__ import annotations

from dataclasses import replace

import pytest

from policystudio.catalog import load
from policystudio.validation.confidence import (
    DERIVED,
    DOCUMENTED,
    of_action,
    of_existence,
    of_key,
    rank,
    surest,
    weakest,
)
from policystudio.validation.reach import by_place, first, names
from policystudio.validation.usability import (
    is_usable,
    keyed_elsewhere,
    missing_containers,
    no_resource,
    serves,
    unusable_entry,
)
from tests.validation.contexts import HERE, PLAIN, about, action, statement, text

KEY, ALIAS, SECRET = f"{HERE}:key/a", f"{HERE}:alias/a", f"{HERE}:secret/a"
ENCRYPT = "kms:Encrypt"
"""One of the actions whose callers may name a key by its alias, which Decrypt is not."""


@pytest.mark.parametrize(
    ("statements", "name", "can_act"),
    [
        ([PLAIN], "Decrypt", True),
        ([statement(Resource=SECRET)], "Decrypt", False),
        ([statement(Resource=ALIAS)], "Decrypt", False),
        ([statement(Resource=ALIAS), PLAIN], "Decrypt", False),
        ([statement(Action=ENCRYPT, Resource=ALIAS), statement(Action=ENCRYPT)], "Encrypt", True),
        ([statement(Action=ENCRYPT, Resource=SECRET), statement(Action=ENCRYPT)], "Encrypt", False),
        ([statement(Resource=ALIAS), statement(Effect="Deny")], "Decrypt", False),
        ([statement(Resource=ALIAS), statement(Action="kms:Encrypt")], "Decrypt", False),
        ([statement(Action="kms:CreateAlias", Resource=ALIAS)], "CreateAlias", False),
        ([statement(Action="kms:CreateAlias", Resource=[ALIAS, KEY])], "CreateAlias", True),
        (
            [
                statement(Action="kms:CreateAlias", Resource=ALIAS),
                statement(Action="kms:CreateAlias", Resource=KEY),
            ],
            "CreateAlias",
            True,
        ),
        (
            [
                statement(Action="kms:CreateAlias", Resource=SECRET),
                statement(Action="kms:CreateAlias", Resource=[ALIAS, KEY]),
            ],
            "CreateAlias",
            False,
        ),
        (
            [
                statement(Effect="Deny", Action="kms:CreateAlias", Resource=ALIAS),
                statement(Effect="Deny", Action="kms:CreateAlias", Resource=KEY),
            ],
            "CreateAlias",
            False,
        ),
    ],
)
def test_action_can_act_in_the_first_statement(statements, name, can_act):
    context = about(*statements)
    assert is_usable(action(name), context.document.statements[0], context) is can_act


def test_only_actions_that_ask_for_several_resources_are_united():
    two = [statement(Resource=ALIAS), PLAIN]
    context = about(*two)
    assert not context.united(action("Decrypt"))
    assert not context.united(action("TagResource"))
    both = about(*({**each, "Action": "kms:CreateAlias"} for each in two))
    assert both.united(action("CreateAlias"))
    assert not about({**PLAIN, "Action": "kms:CreateAlias"}).united(action("CreateAlias"))


@pytest.mark.parametrize(
    ("statements", "name", "is_keyed"),
    [
        ([PLAIN], "Decrypt", True),
        ([PLAIN], "Encrypt", False),
        ([statement(Effect="Deny"), statement(Resource=ALIAS)], "Decrypt", True),
        ([statement(Resource=ALIAS), statement(Effect="Deny")], "Decrypt", False),
        ([statement(Action="kms:GetSecretValue", Resource="*")], "GetSecretValue", False),
    ],
)
def test_statement_of_the_same_effect_lets_an_action_work_on_a_key(statements, name, is_keyed):
    context = about(*statements)
    assert keyed_elsewhere(action(name), context.document.statements[0], context) is is_keyed


@pytest.mark.parametrize(
    ("members", "unusable"),
    [
        ({}, None),
        ({"Resource": SECRET}, ["kms:Decrypt"]),
        ({"Action": "kms:GetSecretV*", "Resource": KEY}, ["kms:GetSecretValue"]),
        ({"Action": "kms:Get*", "Resource": KEY}, None),
        ({"Action": "kms:Unheard", "Resource": KEY}, None),
    ],
)
def test_entry_is_unusable_when_none_of_its_actions_fits(members, unusable):
    context = about(statement(**members))
    (written,) = context.document.statements
    found = unusable_entry(written.actions[0], written, context)
    assert (None if found is None else sorted(each.name for each in found)) == unusable


@pytest.mark.parametrize(
    ("statements", "is_served"),
    [
        ([statement(Resource=[KEY])], True),
        ([statement(Resource=[SECRET, KEY])], False),
        ([statement(Action=ENCRYPT, Resource=[ALIAS, KEY])], True),
        ([statement(Action=ENCRYPT, Resource=[ALIAS])], False),
        ([statement(Action=ENCRYPT, Resource=[ALIAS]), statement(Action=ENCRYPT)], True),
        ([statement(Action=ENCRYPT, Resource=[ALIAS]), PLAIN], False),
        ([statement(Action=ENCRYPT, Resource=[ALIAS]), statement(Effect="Deny", Action=ENCRYPT)], False),
        ([statement(Resource=[ALIAS]), PLAIN], False),
        ([statement(Resource=["*"])], True),
        ([statement(Action="kms:CreateAlias", Resource=[ALIAS])], False),
        ([statement(Action="kms:CreateAlias", Resource=[ALIAS]), statement(Action="kms:CreateAlias")], True),
        (
            [
                statement(Action="kms:CreateAlias", Resource=[SECRET]),
                statement(Action="kms:CreateAlias", Resource=[KEY, ALIAS]),
            ],
            False,
        ),
    ],
)
def test_first_resource_serves_some_action(statements, is_served):
    context = about(*statements)
    written = context.document.statements[0]
    assert serves(written.resources[0], written, context) is is_served


def test_alias_is_accepted_where_the_caller_may_name_the_key_by_it():
    for each in load().actions.values():
        assert each.accepts_alias == (each.alias_use == "caller-may-name-the-key-by-alias"), each.name


@pytest.mark.parametrize(
    ("members", "also", "words"),
    [
        ({"Action": "kms:ListKeys", "Resource": f"{HERE}:key/*"}, [], ("key",)),
        ({"Action": "kms:ListKeys", "Resource": f"{HERE}:key/a"}, [], ("key",)),
        ({"Action": "kms:ListKeys", "Resource": f"{HERE}:key"}, [], ()),
        ({"Action": "kms:ListKeys", "Resource": [f"{HERE}:key", f"{HERE}:key/*"]}, [], ()),
        ({"Action": "kms:ListKeys", "Resource": SECRET}, [], ()),
        ({"Action": "kms:ListKey*", "Resource": f"{HERE}:key/a"}, [], ()),
        (
            {"Action": "kms:ListKeys", "Resource": KEY},
            [statement(Action="kms:ListKeys", Resource=f"{HERE}:key")],
            (),
        ),
        ({"Action": "kms:Decrypt", "Resource": f"{HERE}:key/*"}, [], ()),
    ],
)
def test_container_is_missed_where_its_members_are_listed(members, also, words):
    context = about(statement(**members), *also)
    written = context.document.statements[0]
    assert missing_containers(written.actions[0], written, context) == words


def test_pattern_for_all_members_misses_each_container_once():
    context = about(statement(Action="kms:*", Resource=[f"{HERE}:key/*", f"{HERE}:secret/*"]))
    written = context.document.statements[0]
    found = missing_containers(written.actions[0], written, context)
    assert sorted(found) == ["key", "secret"]


def test_what_an_entry_takes_instead_is_said_once_each():
    said, sure = no_resource(
        text("kms:Get*"), (action("GetSecretValue"), action("GetSecretPolicy"), action("CreateAlias"))
    )
    assert said == "`kms:Get*` acts on none of these resources; it takes secret or alias or key"
    assert sure == DOCUMENTED


def unsure(name: str, existence: str, types: str):
    known = action(name)
    return replace(
        known,
        existence=replace(known.existence, confidence=existence),
        resource_types_confidence=types,
    )


def test_words_for_confidence_go_from_documented_to_unheard():
    words = ["documented", "derived-from-SDK", "team", "inferred", "unheard"]
    assert [rank(word) for word in words] == [0, 1, 2, 3, 4]
    for word in words:
        assert weakest("documented", word) == weakest(word, "documented") == word
    assert weakest("team", "inferred", "derived-from-SDK") == "inferred"


@pytest.mark.parametrize(
    ("existence", "types", "sure"),
    [
        ("documented", "documented", "documented"),
        ("documented", "inferred", "inferred"),
        ("inferred", "documented", "inferred"),
        ("derived-from-SDK", "team", "team"),
    ],
)
def test_action_is_as_sure_as_the_weaker_of_its_facts(existence, types, sure):
    assert of_action(unsure("Decrypt", existence, types)) == sure
    assert of_existence([unsure("Decrypt", existence, types)]) == existence


def test_several_actions_are_as_sure_as_the_best_where_any_will_do():
    one, other = unsure("Decrypt", "inferred", "documented"), unsure("Encrypt", DERIVED, DERIVED)
    assert surest([one, other]) == surest([other, one]) == DERIVED
    assert surest([one, other, action("GetPublicKey")]) == DOCUMENTED
    assert surest([]) == "inferred"
    assert of_existence([one, other]) == "inferred"
    assert of_existence([]) == DOCUMENTED


def test_key_is_as_sure_as_the_weaker_of_its_facts():
    known = load().condition_keys["acs:SourceIp"]
    assert of_key(replace(known, confidence="team", actions_confidence="inferred")) == "inferred"
    assert of_key(replace(known, confidence="team", actions_confidence="documented")) == "team"


def grants(*confidences: str):
    context = about(statement(Action=[f"kms:{name}" for name in ("Decrypt", "Encrypt", "DescribeKey")]))
    reach = context.reach(context.document.statements[0])
    return [
        grant._replace(action=unsure(grant.action.name.partition(":")[2], sure, sure))
        for grant, sure in zip(reach.grants.values(), confidences, strict=True)
    ]


@pytest.mark.parametrize(
    ("confidences", "number"),
    [
        (("documented", "documented", "documented"), 0),
        (("inferred", "documented", "documented"), 1),
        (("inferred", "derived-from-SDK", "derived-from-SDK"), 1),
        (("inferred", "inferred", "derived-from-SDK"), 2),
        (("inferred", "inferred", "inferred"), 0),
    ],
)
def test_best_known_grant_is_told_of_and_of_equal_ones_the_first(confidences, number):
    those = grants(*confidences)
    assert first(those) is those[number]
    assert first([]) is None
    same = [grant._replace(entry=those[0].entry) for grant in those]
    ((best, together),) = by_place(same)
    assert best.action is those[number].action
    assert together == tuple(grant.action for grant in those)
    assert [place.at for place, _ in by_place(those)] == [grant.at for grant in those]


@pytest.mark.parametrize(
    ("many", "most", "said"),
    [
        (1, 3, "`kms:Decrypt`"),
        (3, 3, "`kms:Decrypt`, `kms:Encrypt`, `kms:DescribeKey`"),
        (4, 3, "`kms:Decrypt`, `kms:Encrypt`, `kms:DescribeKey` and 1 more"),
        (2, 1, "`kms:Decrypt` and 1 more"),
        (0, 3, ""),
    ],
)
def test_first_few_actions_are_said_in_full(many, most, said):
    listed = [action(name) for name in ("Decrypt", "Encrypt", "DescribeKey", "GetPublicKey")][:many]
    assert names(listed, most) == said
    assert most != 3 or names(listed) == said
