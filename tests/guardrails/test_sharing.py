"""One proof for many targets says what a proof for each of them says; and 600 targets need few proofs."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from policystudio.analysis.given import read_given
from policystudio.guardrails import judging
from policystudio.guardrails.breaking import Subject, broken
from policystudio.guardrails.filling import fill, shape_texts
from policystudio.guardrails.judging import judge
from policystudio.guardrails.reading import read_definition
from policystudio.guardrails.sharing import classes
from policystudio.ram.render import RegionMode, Target, render_for

TODAY = date(2026, 5, 1)
ACCOUNTS = ["1", "12", "21", "3"]
REGIONS = ["cn-a", "cn-b", "eu-a"]
TARGETS = [Target(account, region) for account in ACCOUNTS for region in REGIONS]

fields = st.sampled_from(["*", "1", "1*", "?", "2?", "${account}", "${account}"])
places = st.sampled_from(["*", "cn-a", "cn-*", "?u-a", "${region}", "${region}"])
PLAIN_RESTS, WILD_RESTS = ["*", "key/*"], ["*", "key/a", "secret/${account}", "key/${region}"]
PLAIN_VALUES, WILD_VALUES = ["1", "1*"], ["${account}", "1", "${region}"]
actions = st.sampled_from(["kms:*", "kms:Encrypt"])


def resources(is_wild):
    """A wild one may hold a placeholder outside of the two fields, so that nothing is shared."""
    rests = st.sampled_from(WILD_RESTS if is_wild else PLAIN_RESTS)
    return st.builds("acs:kms:{}:{}:{}".format, places, fields, rests)


def conditions(is_wild):
    return st.just({}) | st.builds(
        lambda operator, value: {operator: {"acs:SourceVpc": value}},
        st.sampled_from(["StringEquals", "StringNotEquals", "StringLike"]),
        st.sampled_from(WILD_VALUES if is_wild else PLAIN_VALUES),
    )


@st.composite
def statements(draw, is_wild):
    made = {
        "Effect": draw(st.sampled_from(["Allow", "Allow", "Deny"])),
        "Action": draw(actions),
        draw(st.sampled_from(["Resource", "Resource", "Resource", "NotResource"])): draw(
            st.lists(resources(is_wild), min_size=1, max_size=2)
        ),
    }
    condition = draw(conditions(is_wild))
    return {**made, "Condition": condition} if condition else made


@st.composite
def shapes(draw, is_wild, least=0):
    condition = draw(conditions(is_wild))
    return {
        "actions": [draw(actions)],
        "resources": draw(st.lists(resources(is_wild), min_size=least, max_size=1)),
        "conditions": [
            {"operator": operator, "key": key, "values": [value]}
            for operator, block in condition.items()
            for key, value in block.items()
        ],
    }


def sources(is_wild):
    return st.lists(statements(is_wild), min_size=1, max_size=2).map(
        lambda made: json.dumps({"Version": "1", "Statement": made})
    )


def definitions(is_wild):
    return st.builds(
        lambda kind, never, other, unless: read_definition(
            {"kind": kind, "never": never, "other": other, "unless": unless}
        ),
        st.sampled_from(["never", "never", "never", "separation", "deny-floor"]),
        shapes(is_wild, least=1),
        shapes(is_wild),
        st.lists(shapes(is_wild), max_size=1),
    )


cases: Any = st.booleans().flatmap(lambda is_wild: st.tuples(sources(is_wild), definitions(is_wild)))


@given(cases, st.sampled_from(list(RegionMode)))
def test_sharing_says_what_each_target_alone_says(case, mode):
    source, definition = case
    subject = Subject("app", source, tuple(TARGETS), mode)
    found = {
        target: each.outcome.answer
        for each in broken(definition, subject, {}, TODAY)
        for target in each.targets
    }
    rule = shape_texts(definition, TODAY)
    document = read_given(source).document
    assert document is not None
    for rendered in render_for(document, TARGETS, mode, "app"):
        account, region = rendered.target
        regions = [region] if mode is RegionMode.SEPARATE else REGIONS
        alone = judge(rendered.text, fill(rule, account, regions))
        assert found.get(rendered.target, "no") == alone.answer


@given(cases, st.sampled_from(list(RegionMode)))
def test_every_target_is_in_one_class(case, mode):
    source, _ = case
    document = read_given(source).document
    assert document is not None
    found = classes([document], TARGETS, mode)
    assert sorted(target for alike in found for target in alike) == sorted(TARGETS)


def test_six_hundred_targets_need_one_proof():
    targets = [Target(str(1000 + n), f"cn-{r}") for n in range(60) for r in range(10)]
    statement = {
        "Effect": "Allow",
        "Action": "kms:Decrypt",
        "Resource": "acs:kms:${region}:${account}:key/600",
    }
    source = json.dumps({"Version": "1", "Statement": [statement]})
    definition = read_definition({"never": {"actions": ["kms:Decrypt"]}})
    judging._judge.cache_clear()
    [found] = broken(definition, Subject("app", source, tuple(targets)), {}, TODAY)
    assert len(found.targets) == 600
    assert judging._judge.cache_info().misses == 1


def test_a_literal_account_in_the_guardrail_tells_targets_apart():
    definition = read_definition(
        {"never": {"actions": ["kms:*"], "resources": ["acs:kms:*:12:*"]}, "unless": []}
    )
    source = json.dumps(
        {
            "Version": "1",
            "Statement": [
                {"Effect": "Allow", "Action": "kms:*", "Resource": "acs:kms:${region}:${account}:*"}
            ],
        }
    )
    [found] = broken(definition, Subject("app", source, tuple(TARGETS)), {}, TODAY)
    assert {target.account for target in found.targets} == {"12"}


def test_a_placeholder_elsewhere_tells_targets_apart():
    by_value = {
        "unless": [{"conditions": [{"operator": "StringEquals", "key": "acs:SourceVpc", "values": ["1"]}]}]
    }
    by_name = {"unless": [{"resources": ["acs:kms:*:*:key/1"]}]}
    statement = {"Effect": "Allow", "Action": "kms:*", "Resource": "acs:kms:*:*:key/*"}
    conditioned = {**statement, "Condition": {"StringEquals": {"acs:SourceVpc": "${account}"}}}
    named = {**statement, "Resource": "acs:kms:*:*:key/${account}"}
    for made, rule in ((conditioned, by_value), (named, by_name)):
        definition = read_definition({"never": {"actions": ["kms:*"]}, **rule})
        source = json.dumps({"Version": "1", "Statement": [made]})
        found = broken(definition, Subject("app", source, tuple(TARGETS)), {}, TODAY)
        accounts = {target.account for each in found for target in each.targets}
        assert accounts == set(ACCOUNTS) - {"1"}
