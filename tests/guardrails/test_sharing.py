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

fields = st.sampled_from(["*", "1", "1*", "?", "2?", "${account}"])
places = st.sampled_from(["*", "cn-a", "cn-*", "?u-a", "${region}"])
rests = st.sampled_from(["*", "key/*", "key/a", "secret/${account}", "key/${region}"])
resources = st.builds("acs:kms:{}:{}:{}".format, places, fields, rests) | st.just("*")
values = st.sampled_from(["${account}", "1", "1*", "${region}", "x"])
conditions: Any = st.just({}) | st.builds(
    lambda operator, value: {operator: {"acs:SourceVpc": value}},
    st.sampled_from(["StringEquals", "StringNotEquals", "StringLike"]),
    values,
)
actions = st.sampled_from(["kms:*", "kms:Encrypt", "kms:Decrypt"])


@st.composite
def statements(draw):
    made = {
        "Effect": draw(st.sampled_from(["Allow", "Allow", "Deny"])),
        "Action": draw(actions),
        draw(st.sampled_from(["Resource", "Resource", "Resource", "NotResource"])): draw(
            st.lists(resources, min_size=1, max_size=2)
        ),
    }
    condition = draw(conditions)
    return {**made, "Condition": condition} if condition else made


@st.composite
def shapes(draw):
    condition = draw(conditions)
    return {
        "actions": [draw(actions)],
        "resources": draw(st.lists(resources, max_size=2)),
        "conditions": [
            {"operator": operator, "key": key, "values": [value]}
            for operator, block in condition.items()
            for key, value in block.items()
        ],
    }


sources = st.lists(statements(), min_size=1, max_size=3).map(
    lambda made: json.dumps({"Version": "1", "Statement": made})
)
definitions = st.builds(
    lambda kind, never, other, unless: read_definition(
        {"kind": kind, "never": never, "other": other, "unless": unless}
    ),
    st.sampled_from(["never", "never", "separation", "deny-floor"]),
    shapes(),
    shapes(),
    st.lists(shapes(), max_size=2),
)


@given(sources, definitions, st.sampled_from(list(RegionMode)))
def test_sharing_says_what_each_target_alone_says(source, definition, mode):
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


@given(sources, st.sampled_from(list(RegionMode)))
def test_every_target_is_in_one_class(source, mode):
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
