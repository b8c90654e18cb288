"""What may become a policy, and what is said about what may not."""

from __future__ import annotations

import json

import pytest

from policystudio.audit.models import Event
from policystudio.errors import InvalidInput, NotAllowed
from policystudio.policies.models import Policy, Revision
from policystudio.policies.selectors import PolicyFilters, newest_revision, policies, policy_get, targets_of
from policystudio.policies.services.create_policy import create_policy
from policystudio.policies.services.naming import NameTaken
from policystudio.policies.services.revise import revise
from policystudio.ram.canonical import sha256
from policystudio.ram.render import Target
from tests.factories import (
    DEVELOPMENT,
    HANGZHOU,
    PRODUCTION,
    SHANGHAI,
    make_account,
    make_policy,
    source_text,
)


def refused(by, **given):
    """(pointer, code) of every problem; nothing was stored."""
    before = (Policy.objects.count(), Event.objects.count())
    with pytest.raises(InvalidInput) as error:
        create_policy(by=by, **{"name": "app", "source": source_text(), **given})
    assert (Policy.objects.count(), Event.objects.count()) == before
    return {(problem.pointer, problem.code) for problem in error.value.problems}


def at(account=DEVELOPMENT, region=HANGZHOU):
    return {"account": account, "region": region}


def test_policy_has_its_first_revision_in_canonical_text(ada, development):
    policy = create_policy(
        by=ada,
        name="App-1",
        description="décrire\n",
        source='{"Version":"1","Statement":[{"Action":"kms:Decrypt","Effect":"Allow","Resource":"acs:kms:$<region>:*:key/k"}]}',
        targets=[at(region=SHANGHAI), at()],
        message="first",
        reasons={"some-code": "because"},
    )
    revision = newest_revision(policy)
    assert revision.source.startswith('{\n  "Version": "1",\n  "Statement": [\n')
    assert "acs:kms:${region}:*:key/k" in revision.source
    assert revision.sha256 == sha256(revision.source)
    assert (revision.number, revision.message, revision.reasons) == (1, "first", {"some-code": "because"})
    assert targets_of(policy) == [Target(DEVELOPMENT, HANGZHOU), Target(DEVELOPMENT, SHANGHAI)]
    assert policy_get(ada, policy.pk).state == "draft"
    events = list(Event.objects.order_by("-sequence")[:2])
    assert [event.action for event in events] == ["policy.revised", "policy.created"]
    assert events[0].after_sha256 == revision.sha256


def test_viewer_writes_nothing(vera, ada):
    with pytest.raises(NotAllowed):
        make_policy(vera, targets=())
    make_policy(ada, targets=())


@pytest.mark.parametrize("name", ["", "a" * 129, "a b", "a_b", "a\n", "äpp", "а", "a.b", "١", None, 7])
def test_name_that_ram_refuses_is_refused(ada, name):
    assert refused(ada, name=name) == {("/name", "bad-policy-name")}


def test_name_is_unique_in_the_team_whatever_the_letter_case(ada, sam):
    make_policy(ada, "App", targets=())
    with pytest.raises(NameTaken):
        make_policy(ada, "aPP", targets=())
    make_policy(sam, "App", targets=())


def test_name_has_to_fit_with_the_longest_region(ada, development):
    name = "a" * (128 - len(f"-{HANGZHOU}"))
    make_policy(ada, name)
    assert refused(ada, name=name + "a", targets=[at()]) == {("/name", "policy-name-too-long")}
    make_policy(ada, name + "a", region_mode="combined")


def test_faults_of_targets_are_named_by_their_place(ada, sam, development):
    make_account(sam, PRODUCTION)
    own = [at(), at(PRODUCTION), at("1"), at(region="cn-beijing"), at(region="nowhere")]
    problems = refused(ada, targets=own)
    assert problems == {
        ("/targets/1/account", "unknown-account"),
        ("/targets/2/account", "unknown-account"),
        ("/targets/3/region", "region-not-enabled"),
        ("/targets/4/region", "region-not-enabled"),
    }


def test_foreign_account_and_unknown_account_get_the_same_words(ada, sam):
    make_account(sam, PRODUCTION)
    said = []
    for number in (PRODUCTION, "1234567890123457"):
        with pytest.raises(InvalidInput) as error:
            create_policy(by=ada, name="app", source=source_text(), targets=[at(number)])
        said.append([(p.pointer, p.code, p.detail.replace(number, "N")) for p in error.value.problems])
    assert said[0] == said[1]


@pytest.mark.parametrize(
    ("targets", "expected"),
    [
        ([at(), at()], ("/targets/1", "duplicate")),
        ([{"account": DEVELOPMENT}], ("/targets/0", "wrong-type")),
        ([{"account": DEVELOPMENT, "region": 1}], ("/targets/0", "wrong-type")),
        ([{**at(), "team": 1}], ("/targets/0", "wrong-type")),
        ("ab", ("/targets", "wrong-type")),
        (None, ("/targets", "wrong-type")),
        ([at()] * 601, ("/targets", "too-many")),
        ([at("a\0")], ("/targets/0/account", "unknown-account")),
    ],
)
def test_shape_of_targets_is_checked(ada, development, targets, expected):
    assert refused(ada, targets=targets) == {expected}


@pytest.mark.parametrize("source", ["", "[]", "null", '{"Version": "1",}', '{"a": 1, "a": 2}', "\ufeff{}"])
def test_text_that_is_no_json_object_is_refused_with_its_findings(ada, source):
    with pytest.raises(InvalidInput) as error:
        create_policy(by=ada, name="app", source=source)
    assert {problem.pointer for problem in error.value.problems} == {"/source"}
    assert not Policy.objects.exists()


def test_syntax_error_is_told_with_line_and_column(ada):
    with pytest.raises(InvalidInput) as error:
        create_policy(by=ada, name="app", source='{\n  "Version": 1 2\n}')
    assert error.value.problems[0].detail.startswith("line 2, column ")


@pytest.mark.parametrize(
    "source", ["{}", '{"Version": "1", "Statement": []}', '{"Statement": 7, "x": [1e2]}']
)
def test_draft_with_errors_is_kept(ada, source):
    policy = create_policy(by=ada, name="app", source=source)
    assert json.loads(newest_revision(policy).source) == json.loads(source)


def test_number_is_kept_digit_for_digit(ada):
    policy = create_policy(by=ada, name="app", source='{"x": 9007199254740993.0}')
    assert "9007199254740993.0" in newest_revision(policy).source


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"source": None}, ("/source", "required")),
        ({"builder": "key-admin", "parameters": {}}, ("/source", "ambiguous")),
        ({"parameters": {}}, ("/parameters", "ambiguous")),
        ({"source": None, "builder": "no-such", "parameters": {}}, ("/builder", "unknown-builder")),
        ({"region_mode": "both"}, ("/region_mode", "unknown-region-mode")),
        ({"description": "a\0"}, ("/description", "bad-character")),
        ({"description": "a" * 10_001}, ("/description", "too-long")),
        ({"message": "\ud800"}, ("/message", "bad-character")),
        ({"reasons": {"code": 7}}, ("/reasons/code", "wrong-type")),
        ({"reasons": ["code"]}, ("/reasons", "wrong-type")),
    ],
)
def test_other_fields_are_checked(ada, given, expected):
    assert refused(ada, **given) == {expected}


def test_builder_keeps_its_complete_parameters(ada):
    policy = create_policy(by=ada, name="app", builder="key-read-only", parameters={})
    revision = newest_revision(policy)
    assert revision.builder == "key-read-only"
    assert revision.parameters
    assert policies(ada, PolicyFilters(builder="key-read-only")).get() == policy
    revise(by=ada, policy=policy, source=source_text())
    assert not policies(ada, PolicyFilters(builder="key-read-only"))


def test_parameters_that_a_builder_refuses_are_named_below_parameters(ada):
    pointers = {
        pointer for pointer, _ in refused(ada, source=None, builder="key-read-only", parameters={"nope": 1})
    }
    assert all(pointer.startswith("/parameters") for pointer in pointers)


def test_full_access_is_stored_only_when_understood(ada):
    assert {p for p, _ in refused(ada, source=None, builder="full-access", parameters={})} == {
        "/parameters/understood"
    }
    create_policy(by=ada, name="app", builder="full-access", parameters={"understood": True})


def test_list_takes_few_queries(ada, development, django_assert_max_num_queries):
    for number in range(5):
        make_policy(ada, f"app-{number}")
    with django_assert_max_num_queries(2):
        found = list(policies(ada))
        assert [[str(target) for target in policy.targets.all()] for policy in found] == [
            [f"{DEVELOPMENT} {HANGZHOU}"]
        ] * 5
    assert Revision.objects.count() == 5
