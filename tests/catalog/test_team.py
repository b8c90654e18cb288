"""What a team has seen work extends the catalogue; what it does not know accuses nobody."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from policystudio.catalog import condition_key, expand, load
from policystudio.catalog.team import GROUP, TeamName, is_held, is_well_formed, with_names
from policystudio.validation.pipeline import validate
from policystudio.validation.registry import rules

NOW = datetime(2026, 11, 24, tzinfo=UTC)
SEEN = TeamName("kms:SpinKey", False, "worked in the sandbox", date(2026, 11, 20), "max")
KNOWN = TeamName(
    "kms:FoldSecret", False, "release notes", date(2026, 11, 1), "max", "Write", ("secret",), "low"
)
KEY = TeamName("kms:KeyPurpose", True, "support ticket", date(2026, 10, 1))
TAIL = TeamName("kms:RequestTag/", True, "support ticket", date(2026, 10, 1))
ALL = (SEEN, KNOWN, KEY, TAIL)
RESOURCES = [
    *("key/key-hzz1234567890abcdefgh", "key/*", "key", "alias/app", "secret/app", "secret/*", "secret"),
    *("alias", "*", "keystore/kst-hzz1234567890abcdefgh"),
]


def judged(catalogue, *statements, **options):
    defaults = {
        "Effect": "Allow",
        "Action": "kms:DescribeKey",
        "Resource": "acs:kms:${region}:${account}:key/key-hzz1234567890abcdefgh",
    }
    complete = [{**defaults, **statement} for statement in statements]
    text = json.dumps({"Version": "1", "Statement": complete})
    return validate(text, catalogue=catalogue, now=NOW, **options).findings


def test_added_names_are_found_like_any_other():
    catalogue = with_names(load(), ALL)
    action = catalogue.action("KMS:spinkey")
    assert action is not None
    assert (action.existence.confidence, action.name) == ("team", "kms:SpinKey")
    assert [a.name for a in expand(catalogue, "kms:Spin*")] == ["kms:SpinKey"]
    source = catalogue.sources[action.existence.sources[0]]
    assert source.title == "worked in the sandbox (seen on 2026-11-20, added by max)"
    key = condition_key(catalogue, "kms:RequestTag/Project")
    assert key is not None
    assert (key.prefix, key.confidence) == ("kms:RequestTag/", "team")
    assert condition_key(catalogue, "kms:KeyPurpose") is not None


def test_nothing_else_of_the_catalogue_changes():
    base, catalogue = load(), with_names(load(), ALL)
    assert {n: a for n, a in catalogue.actions.items() if n in base.actions} == dict(base.actions)
    assert set(base.condition_keys) < set(catalogue.condition_keys)
    assert catalogue.compiled_on == base.compiled_on
    assert "kms:spinkey" not in base.actions


def test_what_is_given_is_kept_and_what_is_not_is_unknown():
    catalogue = with_names(load(), ALL)
    known, unknown = catalogue.actions["kms:foldsecret"], catalogue.actions["kms:spinkey"]
    assert (known.access_level, known.resource_types) == ("Write", ("secret",))
    assert (known.risk.level, known.risk.category) == ("low", "team")
    assert (unknown.access_level, unknown.risk.level, unknown.risk.category) == ("unknown", "high", "unknown")
    assert {"key", "secret", "alias", "all"} <= set(unknown.resource_types)
    assert "certificate" not in unknown.resource_types


def test_equal_names_give_the_same_catalogue_and_none_give_the_products_own():
    assert with_names(load(), ALL) is with_names(load(), tuple(replace(name) for name in ALL))
    assert with_names(load(), ()) is load()
    held = TeamName("kms:decrypt", False, "seen", date(2026, 1, 1))
    assert with_names(load(), (held,)) is load()


def test_of_two_spellings_the_first_counts():
    other = replace(SEEN, name="kms:SPINKEY")
    assert with_names(load(), (SEEN, other)).actions["kms:spinkey"].name == "kms:SpinKey"


@pytest.mark.parametrize(
    ("name", "is_condition_key", "expected"),
    [
        ("kms:SpinKey", False, True),
        ("kms:Spin*", False, False),
        ("oss:SpinKey", False, False),
        ("SpinKey", False, False),
        ("kms:", False, False),
        ("kms:Spin Key", False, False),
        ("kms:SpinKey\n", False, False),
        ("kms:KeyPurpose", True, True),
        ("kms:RequestTag/", True, True),
        ("kms:RequestTag/Project", True, False),
        ("acs:SourceIp", True, False),
    ],
)
def test_form_of_a_name(name, is_condition_key, expected):
    assert is_well_formed(name, is_condition_key=is_condition_key) is expected


@pytest.mark.parametrize(
    ("name", "is_condition_key", "expected"),
    [
        ("kms:decrypt", False, True),
        ("kms:SpinKey", False, False),
        ("kms:tag/", True, True),
        ("kms:EncryptionContext:", True, True),
        ("kms:EncryptionAlgorithm", True, True),
        ("kms:KeyPurpose", True, False),
    ],
)
def test_names_that_the_catalogue_holds(name, is_condition_key, expected):
    assert is_held(load(), name, is_condition_key=is_condition_key) is expected


def test_added_names_are_unknown_no_more():
    statement = {
        "Action": "kms:SpinKey",
        "Condition": {"StringEquals": {"kms:KeyPurpose": "a", "kms:RequestTag/Project": "b"}},
    }
    before = {finding.code for finding in judged(load(), statement)}
    assert {"unknown-action", "unknown-condition-key"} <= before
    assert judged(with_names(load(), ALL), statement) == ()


@pytest.mark.parametrize("effect", ["Allow", "Deny"])
@pytest.mark.parametrize("resource", RESOURCES)
def test_action_of_which_nothing_is_known_accuses_no_resource(resource, effect):
    catalogue = with_names(load(), ALL)
    name = resource if resource == "*" else f"acs:kms:${{region}}:${{account}}:{resource}"
    codes = {f.code for f in judged(catalogue, {"Effect": effect, "Action": "kms:SpinKey", "Resource": name})}
    assert not {code for code in codes if "usable" in code or "container" in code}, codes


@pytest.mark.parametrize("key", list(load().condition_keys))
def test_action_of_which_nothing_is_known_may_carry_every_kms_key(key):
    known = load().condition_keys[key]
    name = f"{known.prefix}Project" if known.prefix else known.key
    statement = {"Action": "kms:SpinKey", "Condition": {"StringEquals": {name: "a"}}}
    codes = {f.code for f in judged(with_names(load(), ALL), statement)}
    assert not {"condition-key-unknown-to-action", "tag-condition-on-untagged-action"} & codes


@pytest.mark.parametrize("operator", sorted({o for each in load().operators.values() for o in each}))
def test_key_of_unknown_type_fits_every_operator(operator):
    statement = {"Condition": {operator: {"kms:KeyPurpose": "2026-11-24T00:00:00Z"}}}
    codes = {f.code for f in judged(with_names(load(), ALL), statement)}
    assert "operator-unfit-for-key" not in codes
    assert "unknown-condition-key" not in codes


@pytest.mark.parametrize("code", sorted(rules()))
def test_no_rule_fails_on_names_of_a_team(code):
    """Every example of every rule, as it is and with its actions replaced by names of a team."""
    catalogue = with_names(load(), ALL)
    rule = rules()[code]
    for example in (*rule.triggers, *rule.clean):
        document = example.document()
        for actions in (None, "kms:SpinKey", ["kms:FoldSecret", "kms:Spin*", "kms:*"]):
            if actions is not None:
                document = replaced(document, actions)
            validate(json.dumps(document), catalogue=catalogue, **example.surroundings())


def replaced(document, actions):
    statements = document.get("Statement", [])
    changed = [
        {**s, **{field: actions for field in ("Action", "NotAction") if field in s}}
        for s in (statements if isinstance(statements, list) else [statements])
        if isinstance(s, dict)
    ]
    return {**document, "Statement": changed}


def test_an_action_of_which_nothing_is_known_is_taken_with_care_in_every_respect():
    base = load()
    action = with_names(base, (SEEN,)).actions["kms:spinkey"]
    assert (action.api_operations, action.dependent_actions, action.description) == ((), (), "")
    assert (action.group, action.status, action.deprecated) == (GROUP, "current", False)
    assert action.authorization_required
    assert not action.in_read_only_system_policy
    assert (action.existence.in_current_sdk, action.existence.in_older_sdk) == (False, False)
    assert (action.resource_match, action.resource_types_confidence) == ("any", "inferred")
    assert (action.access_level_confidence, action.access_level_sources) == ("inferred", ())
    assert action.resource_types_sources == ()
    assert action.global_condition_keys
    assert (action.alias_use, action.accepts_alias) == ("not-applicable", False)
    assert set(action.condition_keys) == {k.key for k in base.condition_keys.values() if k.scope == "kms"}
    assert action.note == SEEN.note


def test_what_a_team_says_of_an_action_names_the_team_as_its_source():
    action = with_names(load(), (KNOWN,)).actions["kms:foldsecret"]
    assert action.access_level_sources == action.resource_types_sources == action.existence.sources
    assert action.existence.sources == ("team:kms:FoldSecret",)


def test_a_key_of_which_nothing_is_known_may_stand_anywhere():
    catalogue = with_names(load(), (SEEN, KEY, TAIL))
    key, tail = catalogue.condition_keys["kms:KeyPurpose"], catalogue.condition_keys["kms:RequestTag/${Name}"]
    assert (key.prefix, tail.prefix) == (None, "kms:RequestTag/")
    for each in (key, tail):
        assert (each.type, each.operators, each.actions, each.scope) == ("unknown", (), None, "kms")
        assert (each.actions_confidence, each.kms_support, each.confidence) == ("inferred", "team", "team")
        assert each.sources == (f"team:{each.prefix or each.key}",)


def test_keys_that_are_bound_to_actions_are_carried_by_added_ones_too():
    base, catalogue = load(), with_names(load(), (SEEN,))
    bound = [key for key in base.condition_keys.values() if key.actions is not None]
    assert bound
    for key in bound:
        assert catalogue.condition_keys[key.key].actions == (key.actions or frozenset()) | {"kms:SpinKey"}


def test_a_source_without_a_person_says_only_when_it_was_seen():
    source = with_names(load(), (KEY,)).sources["team:kms:KeyPurpose"]
    assert (source.title, source.address) == ("support ticket (seen on 2026-10-01)", None)
