"""What may stand in the account field."""

import pytest


@pytest.mark.parametrize(
    ("account", "code"),
    [
        ("1234567890123456", None),
        ("*", "every-account"),
        ("${account}", None),
        ("my-company", "malformed-account-number"),
        ("1234-5678-9012", "malformed-account-number"),
        ("system", "malformed-account-number"),
        ("123456", "unlikely-account-number"),
        ("123456789012****", "masked-identifier"),
        ("", "empty-resource-field"),
    ],
)
def test_account_is_judged_by_its_form(judge, account, code):
    codes = [
        f.code for f in judge({"Resource": f"acs:kms:${{region}}:{account}:key/key-hzz1234567890abcdefgh"})
    ]
    assert codes == ([code] if code else [])


def test_digits_of_another_script_are_no_digits(judge):
    findings = judge({"Resource": "acs:kms:*:１２３４５６７８９０１２３４５６:key/*"})
    assert "malformed-account-number" in [finding.code for finding in findings]
