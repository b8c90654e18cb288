"""What is made of entries of lists of actions: the service, the spelling, repetitions and what a pattern includes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policystudio.catalog import load
from policystudio.ram.patterns import covers, fold, normal
from policystudio.validation.alike import but_for_one_list, includes, meaning_of
from policystudio.validation.entries import (
    authorised_as,
    belongs_to_kms,
    covered_entries,
    documented_pattern,
    is_kms_entry,
    is_restricting,
    pattern_fixes,
    pattern_without_match,
    repeated_entries,
    service_of,
    spelling_fix,
    unknown_action,
    unknown_service,
)
from policystudio.validation.spelling import surely_means
from tests.validation.contexts import HERE, PLAIN, about, action, statement, text

CONTEXT = about(PLAIN)


@pytest.mark.parametrize(
    ("written", "service"),
    [
        ("kms:Decrypt", "kms"),
        ("KMS:Decrypt", "kms"),
        ("a:b:c", "a"),
        ("kms", ""),
        ("", ""),
        (":a", ""),
        ("zzz:", "zzz"),
    ],
)
def test_service_is_what_stands_before_the_first_colon(written, service):
    assert service_of(text(written)) == service
    assert is_kms_entry(text(written)) == (service == "kms")


@pytest.mark.parametrize(
    ("statements", "belongs"),
    [
        ([PLAIN], True),
        ([statement(Action="oss:*"), statement(NotAction="Kms:Decrypt")], True),
        ([statement(Action=["oss:*", "ram:*"])], False),
        ([statement(Action="*")], False),
    ],
)
def test_document_belongs_to_kms_when_any_entry_names_it(statements, belongs):
    assert belongs_to_kms(about(*statements).document) is belongs


@pytest.mark.parametrize(
    ("members", "restricts"),
    [
        ({}, False),
        ({"Effect": "Deny"}, True),
        ({"NotAction": "kms:Decrypt"}, True),
        ({"Effect": "Deny", "NotAction": "kms:Decrypt"}, False),
    ],
)
def test_entries_restrict_when_denied_or_left_out_of_an_allow(members, restricts):
    assert is_restricting(about(statement(**members)).document.statements[0]) is restricts


@pytest.mark.parametrize(
    ("written", "repair"),
    [
        ("kms:Decrypt", "none"),
        ("yundun-waf:Get", "none"),
        ("*:Get", "none"),
        ("k?s:Get", "none"),
        ("Decrypt", "none"),
        ("kmss:Decrypt", "kms:Decrypt"),
        ("KMSS:a:b", "kms:a:b"),
        ("qqqqqqq:Get", None),
    ],
)
def test_code_of_no_service_is_told_with_the_nearest_there_is(written, repair):
    found = unknown_service(text(written))
    if repair == "none":
        assert found is None
        return
    assert found is not None
    said, fix = found
    assert f"`{fold(written.partition(':')[0])}`" in said
    assert (fix.text if fix else None) == repair
    assert ("did you mean" in said) == (repair is not None)


@pytest.mark.parametrize(
    ("written", "is_unknown", "meant"),
    [
        ("kms:Decrypt", False, None),
        ("kms:decrypt", False, None),
        ("kms:Decrpyt", True, "kms:Decrypt"),
        ("kms:Zzzzzzzzzz", True, None),
        ("kms:Zzz*", False, None),
        ("oss:Zzz", False, None),
        ("Decrpyt", False, None),
    ],
)
def test_exact_action_is_unknown_when_the_catalogue_does_not_hold_it(written, is_unknown, meant):
    said = unknown_action(text(written), CONTEXT)
    assert (said is not None) is is_unknown
    if said:
        assert f"`{written}`" in said
        assert load().compiled_on.isoformat() in said
        assert ("did you mean" in said) == (meant is not None)
        assert meant is None or f"`{meant}`" in said


@pytest.mark.parametrize(
    ("written", "known", "is_sure"),
    [
        ("kms:Decrpyt", "kms:Decrypt", True),
        ("kms:Decryptt", "kms:Decrypt", True),
        ("kms:Decryptttt", "kms:Decrypt", False),
        ("kms:Encypt", "kms:Encrypt", True),
        # Another verb of the catalogue is no slip of the pen.
        ("kms:DisableKeys", "kms:DisableKey", True),
        ("kms:EnableKeyy", "kms:EnableKey", True),
        ("kms:GetSecretValu", "kms:GetSecretValue", True),
        # As near to one of lower risk.
        ("kms:DescribeKe", "kms:DescribeKey", True),
        ("kms:Decrypt" + "t" * 80, "kms:Decrypt", False),
        ("kms:Decrpyt", "kms:Unheard", False),
    ],
)
def test_button_writes_only_what_was_surely_meant(written, known, is_sure):
    assert surely_means(load(), written, known) is is_sure
    fix = spelling_fix(text(written), CONTEXT)
    if is_sure:
        assert fix is not None
        assert fix.text == known


@pytest.mark.parametrize(
    ("written", "repairs"),
    [
        ("kms:Descrbe*", ["kms:Describe*"]),
        ("kms:Descrbe*Key", []),
        ("kms:descrbe*", []),
        ("kms:Qqqqqq*", []),
        ("kms:Descrbe", []),
        ("oss:Descrbe*", []),
    ],
)
def test_misspelt_verb_before_a_star_is_offered_as_the_verb_that_was_meant(written, repairs):
    assert [fix.text for fix in pattern_fixes(text(written), CONTEXT)] == repairs


@pytest.mark.parametrize(
    ("pattern", "names", "spelt"),
    [
        ("kms:get*", ["GetSecretValue", "GetPublicKey"], "kms:Get*"),
        ("KMS:GETSECRET*", ["GetSecretValue", "GetSecretPolicy"], "kms:GetSecret*"),
        ("kms:ge*t", ["GetSecretValue"], None),
        ("kms:g?t*", ["GetSecretValue"], None),
        ("kms:get", ["GetSecretValue"], None),
        ("kms:d*", ["Decrypt", "DescribeKey"], "kms:D*"),
        ("kms:encrypt*", [], None),
    ],
)
def test_pattern_is_spelt_as_all_that_it_fits(pattern, names, spelt):
    assert documented_pattern(pattern, [action(name) for name in names]) == spelt


def test_pattern_that_fits_names_of_different_letters_has_no_spelling():
    one, other = action("Decrypt"), action("EnableKey")
    assert documented_pattern("kms:?*", [one]) is None
    assert documented_pattern("kms:d*", [one, other]) is None


@pytest.mark.parametrize(
    ("written", "needs"),
    [
        ("kms:ReEncrypt", ["kms:ReEncryptFrom", "kms:ReEncryptTo"]),
        ("kms:BatchGetSecretValue", ["kms:GetSecretValue"]),
        ("kms:GetSecretValue", []),
        ("kms:ReEncryptFrom", []),
        ("kms:Unheard", []),
    ],
)
def test_name_of_an_operation_stands_for_what_is_always_asked_for(written, needs):
    assert [need.action for need in authorised_as(text(written), CONTEXT)] == needs


@pytest.mark.parametrize(
    ("written", "is_empty"),
    [("kms:Zzz*", True), ("kms:Get*", False), ("kms:Zzz", False), ("oss:Zzz*", False), ("Zzz*", False)],
)
def test_pattern_of_kms_may_match_nothing(written, is_empty):
    assert pattern_without_match(text(written), CONTEXT) is is_empty


entries = st.lists(st.sampled_from(["a", "A", "a*", "A*", "ab*", "*b", "*", "a?", "?", "b"]), max_size=8)


@given(entries)
def test_repeated_entries_are_those_with_an_equal_one_before(written):
    listed = [text(each)._replace(start=n) for n, each in enumerate(written)]
    for key in (str, fold):
        expected = [e for n, e in enumerate(listed) if key(e.text) in {key(b.text) for b in listed[:n]}]
        assert list(repeated_entries(listed, key)) == expected


@given(entries)
def test_covered_entries_are_those_that_a_strictly_wider_pattern_includes(written):
    listed = [text(each)._replace(start=n) for n, each in enumerate(written)]
    found = dict(covered_entries(listed, covers, fold))
    for those, pattern in found.items():
        narrow, wide = normal(fold(those[0].text)), normal(fold(pattern.text))
        assert covers(wide, narrow)
        assert not covers(narrow, wide)
        assert those == tuple(each for each in listed if fold(each.text) == fold(those[0].text))
    expected = {
        each.start
        for each in listed
        for wide in listed
        if covers(normal(fold(wide.text)), normal(fold(each.text)))
        and not covers(normal(fold(each.text)), normal(fold(wide.text)))
    }
    assert {each.start for those in found for each in those} == expected


ONE = statement(Action=["kms:Decrypt", "kms:Encrypt"], Resource=[f"{HERE}:key/a", f"{HERE}:key/b"])
MEANINGS = {
    "another order": (
        statement(Action=["kms:Encrypt", "kms:Decrypt"], Resource=[f"{HERE}:key/b", f"{HERE}:key/a"]),
        True,
    ),
    "another case of an action": (
        statement(Action=["KMS:decrypt", "kms:Encrypt"], Resource=ONE["Resource"]),
        True,
    ),
    "an identifier": ({**ONE, "Sid": "a"}, True),
    "another case of a resource": ({**ONE, "Resource": [f"{HERE}:key/A", f"{HERE}:key/b"]}, False),
    "another effect": ({**ONE, "Effect": "Deny"}, False),
    "fewer actions": ({**ONE, "Action": "kms:Decrypt"}, False),
    "more resources": ({**ONE, "Resource": [*ONE["Resource"], "*"]}, False),
    "a condition": ({**ONE, "Condition": {"Bool": {"a": "true"}}}, False),
    "exceptions": ({**{n: v for n, v in ONE.items() if n != "Action"}, "NotAction": ONE["Action"]}, False),
    "all other resources": (
        {**{n: v for n, v in ONE.items() if n != "Resource"}, "NotResource": ONE["Resource"]},
        False,
    ),
}


@pytest.mark.parametrize("what", MEANINGS)
def test_statements_mean_the_same_whatever_their_order(what):
    other, is_same = MEANINGS[what]
    one, two = about(ONE, other).document.statements
    assert (meaning_of(one) == meaning_of(two)) is is_same


@pytest.mark.parametrize(
    ("one", "other", "means_same"),
    [
        ({"a": ["x", "y"]}, {"a": ["y", "x", "x"]}, True),
        ({"a": ["x", "y"]}, {"a": ["x"]}, False),
        ({"a": ["x"]}, {"b": ["x"]}, False),
        ({"a": ["x"]}, {"a": ["X"]}, False),
    ],
)
def test_conditions_mean_the_same_whatever_the_order_of_values(one, other, means_same):
    first, second = about(
        statement(Condition={"StringEquals": one}), statement(Condition={"StringEquals": other})
    ).document.statements
    assert (meaning_of(first) == meaning_of(second)) is means_same
    third = about(statement(Condition={"StringLike": one})).document.statements[0]
    assert meaning_of(third) != meaning_of(first)


@pytest.mark.parametrize(
    ("other", "shared"),
    [
        ({**ONE, "Action": "kms:Sign"}, {"actions"}),
        ({**ONE, "Resource": "*"}, {"resources"}),
        (ONE, {"actions", "resources"}),
        ({**ONE, "Action": "kms:Sign", "Resource": "*"}, set()),
        ({**ONE, "Action": "kms:Sign", "Effect": "Deny"}, set()),
        ({**ONE, "Action": "kms:Sign", "Condition": {"Bool": {"a": "true"}}}, set()),
        (statement(NotAction="kms:Sign", Resource=ONE["Resource"]), set()),
    ],
)
def test_statements_differ_in_one_list_only(other, shared):
    one, two = about(ONE, other).document.statements
    both = {*but_for_one_list(one)} & {*but_for_one_list(two)}
    assert {each[0] for each in both} == shared


@pytest.mark.parametrize(
    ("wider", "narrower", "is_included"),
    [
        (ONE, PLAIN, True),
        (PLAIN, ONE, False),
        (PLAIN, statement(Action="KMS:DECRYPT"), True),
        (statement(Action="kms:D*", Resource=f"{HERE}:*"), PLAIN, True),
        (statement(Action="kms:E*", Resource=f"{HERE}:*"), PLAIN, False),
        (statement(Action="kms:*", Resource=f"{HERE}:secret/*"), PLAIN, False),
        (statement(NotAction="kms:Sign"), PLAIN, False),
        (PLAIN, statement(NotResource=f"{HERE}:key/b"), False),
        (statement(Action=[f"kms:A{n}" for n in range(39)] + ["kms:*"]), PLAIN, True),
        (statement(Action=[f"kms:A{n}" for n in range(40)] + ["kms:*"]), PLAIN, False),
    ],
)
def test_statement_includes_another_entry_by_entry(wider, narrower, is_included):
    one, other = about(wider, narrower, stored=False).document.statements
    assert includes(one, other) is is_included
