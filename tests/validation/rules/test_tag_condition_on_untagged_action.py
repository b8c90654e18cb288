"""What a tag condition does to actions without tag is said for the effect at hand."""

import pytest


@pytest.mark.parametrize(("effect", "word"), [("Allow", "never allowed"), ("Deny", "never forbidden")])
def test_sentence_fits_the_effect(judge, effect, word):
    statement = {
        "Effect": effect,
        "Action": "kms:ListKeys",
        "Resource": "acs:kms:*:*:key",
        "Condition": {"StringEquals": {"kms:tag/a": "b"}},
    }
    findings = judge(statement)
    assert [word in f.message for f in findings if f.code == "tag-condition-on-untagged-action"] == [True]
