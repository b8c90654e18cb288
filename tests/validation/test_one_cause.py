"""One cause, one finding: what the example of a rule shows beyond the rule's own code is written down.

A line of `beside.txt` is: code, number of the example, how often its own code is found, and what else is. Most of it is
there for good reasons, as a lone Deny or a star for the region; whatever a change adds has to be looked at.
"""

import json
from collections import Counter
from pathlib import Path

import pytest

from policystudio.catalog import load
from policystudio.validation.pipeline import validate
from policystudio.validation.registry import rules
from tests.validation.conftest import NOW

HERE = Path(__file__).parent
KEYS = "acs:kms:${region}:${account}:key/*"


def beside():
    """The lines as they are now."""
    for code, rule in rules().items():
        for number, example in enumerate(rule.triggers):
            text = json.dumps(example.document(), ensure_ascii=False)
            found = Counter(
                f.code for f in validate(text, catalogue=load(), **example.surroundings()).findings
            )
            own = found.pop(code)
            others = " ".join(
                f"{other}*{times}" if times > 1 else other for other, times in sorted(found.items())
            )
            if others or own > 1:
                yield f"{code} {number} {own} {others}".strip() + "\n"


def test_what_stands_beside_each_finding_is_as_listed():
    """After a change on purpose, write what this prints into `beside.txt`."""
    now = "".join(beside())
    assert now == (HERE / "beside.txt").read_text("utf-8"), now


def codes(*statements):
    complete = [{"Effect": "Allow", "Resource": KEYS, **statement} for statement in statements]
    text = json.dumps({"Version": "1", "Statement": complete})
    return sorted(finding.code for finding in validate(text, catalogue=load(), now=NOW).findings)


@pytest.mark.parametrize("action", ["kms:*", "kms:?*", "kms:**", "kms:*?"])
def test_pattern_that_takes_all_of_kms_is_told_once_however_it_is_written(action):
    assert codes({"Action": action, "Resource": "*"}) == ["every-kms-action-on-every-resource"]
    assert codes({"Action": action}) == ["every-kms-action"]


def test_pattern_that_reads_secrets_everywhere_is_one_matter_and_the_star_another():
    assert codes({"Action": "kms:Get*", "Resource": "*"}) == [
        "every-resource",
        "pattern-covers-secret-value",
        "secret-value-without-decrypt",
    ]


def test_entry_that_reaches_several_risky_actions_is_told_of_once_for_each_danger():
    assert codes({"Action": "kms:*ExportDataKey"}).count("exports-data-key") == 1
    assert max(Counter(codes({"Action": "kms:*Key"})).values()) == 1


def test_tag_key_of_other_services_is_told_of_for_keys():
    condition = {"StringEquals": {"acs:ResourceTag/Project": "Billing"}}
    assert "withdrawn-condition-key" in codes({"Action": "kms:Decrypt", "Condition": condition})


def test_element_that_new_revisions_may_not_use_is_told_of_once():
    text = json.dumps(
        {"Version": "1", "Statement": [{"Effect": "Allow", "Action": "kms:DescribeKey", "NotResource": KEYS}]}
    )
    stored = [f.code for f in validate(text, catalogue=load(), now=NOW).findings]
    read = [f.code for f in validate(text, catalogue=load(), now=NOW, stored=False).findings]
    assert ("not-resource-in-new-revision" in stored, "not-resource-element" in stored) == (True, False)
    assert ("not-resource-in-new-revision" in read, "not-resource-element" in read) == (False, True)


def test_placeholder_for_an_operator_is_out_of_place_and_nothing_else_is_said():
    assert codes({"Action": "kms:DescribeKey", "Condition": {"${region}": {"kms:tag/a": "b"}}}) == [
        "placeholder-out-of-place"
    ]


@pytest.mark.parametrize(("effect", "code"), [("Allow", "malformed-action"), ("Deny", "malformed-action")])
def test_name_in_other_letters_is_told_once_as_unsure(effect, code):
    found = codes({"Effect": effect, "Action": ["kms:DescribeKey", "kms:解密"]})
    assert [each for each in found if each != "document-only-denies"] == [code]
