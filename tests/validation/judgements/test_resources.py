"""What is made of resources: what they are in disguise, which part belongs to a type, how masks and blanks read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policystudio.catalog import load
from policystudio.ram.patterns import matches
from policystudio.ram.render import Target
from policystudio.validation.accounts import number_of, unlikely_number, untargeted_account
from policystudio.validation.blanks import bare_words, fitting, found_in, is_runtime_variable, replaced
from policystudio.validation.expanse import is_every_account, is_every_region, is_everything
from policystudio.validation.masks import has_dots, is_masked, masks_account, with_stars
from policystudio.validation.prefixes import fits_nearly_all, is_short, secrets_named
from policystudio.validation.reach import takes_all
from policystudio.validation.regions import unknown_region, untargeted_region
from policystudio.validation.shares import share, shares
from tests.validation.contexts import HERE, PLAIN, about, statement, text

TYPES = load().resource_types
ACCOUNT = "1234567890123456"


@pytest.mark.parametrize(
    ("resource", "kind", "part"),
    [
        ("*", "key", "acs:kms:*:*:key/*"),
        ("*", "key-container", "acs:kms:*:*:key"),
        ("*", "secret-container", "acs:kms:*:*:secret"),
        ("*", "alias", "acs:kms:*:*:alias/*"),
        ("*", "instance", "acs:kms:*:*:keystore/*"),
        ("*", "all", "*"),
        (f"{HERE}:*", "secret", f"{HERE}:secret/*"),
        (f"{HERE}:*", "secret-container", f"{HERE}:secret"),
        (f"{HERE}:key/a", "key", f"{HERE}:key/a"),
        (f"{HERE}:key/a", "all", f"{HERE}:key/a"),
        ("acs:*:cn-hangzhou:1:*", "key", "acs:kms:cn-hangzhou:1:key/*"),
        ("acs:oss:cn-hangzhou:1:*", "key", "acs:oss:cn-hangzhou:1:key/*"),
        (f"{HERE}:key/a*", "key", f"{HERE}:key/a*"),
        (f"{HERE}:k*", "key", f"{HERE}:key/*"),
        (f"{HERE}:k*", "key-container", f"{HERE}:key"),
        ("nonsense", "key", "nonsense"),
    ],
)
def test_part_of_a_resource_that_is_of_a_type(resource, kind, part):
    assert share(resource, TYPES[kind]) == part


def test_parts_are_those_of_the_resources_that_reach_the_type():
    context = about(statement(Resource=[f"{HERE}:*", f"{HERE}:key/a", f"{HERE}:secret/b"]))
    reach = context.reach(context.document.statements[0])
    (grant,) = context.grants("kms:Decrypt")
    assert list(shares(grant, reach, "key")) == [f"{HERE}:key/*", f"{HERE}:key/a"]
    assert list(shares(grant, reach, "secret")) == [f"{HERE}:secret/*", f"{HERE}:secret/b"]
    context = about(statement(NotResource=f"{HERE}:key/a"), stored=False)
    (grant,) = context.grants("kms:Decrypt")
    reach = context.reach(grant.statement)
    assert list(shares(grant, reach, "key")) == ["acs:kms:*:*:key/*"]


@pytest.mark.parametrize(
    ("field", "is_every"),
    [
        ("*", True),
        ("**", True),
        ("?*", True),
        ("*-*", True),
        ("cn-*", False),
        ("cn-hangzhou", False),
        ("", False),
        ("????", False),
    ],
)
def test_region_is_every_region_when_all_fit(field, is_every):
    assert is_every_region(field, load()) is is_every


@pytest.mark.parametrize(
    ("field", "is_every"),
    [
        ("*", True),
        ("?" * 16, True),
        ("?" * 15, False),
        ("?" * 17, False),
        ("?" * 15 + "*", True),
        ("?" * 16 + "*", True),
        ("1*", False),
        (ACCOUNT, False),
        ("", False),
    ],
)
def test_account_is_every_account_when_sixteen_digits_fit(field, is_every):
    assert is_every_account(field) is is_every


@pytest.mark.parametrize(
    ("resource", "is_all"),
    [
        ("*", True),
        ("acs:kms:*:*:*", True),
        ("acs:*:*:*:*", True),
        ("acs:k*:**:?*:?*", True),
        (f"acs:kms:*:{'?' * 16}:*", True),
        ("acs:kms:cn-*:*:*", False),
        ("acs:kms:*:1*:*", False),
        ("acs:oss:*:*:*", False),
        ("acs:kms:*:*:*/*", False),
        ("acs:kms:*:*:key*", False),
        ("acs:kms:*:*:??*", True),
        ("acs:kms:*:*:" + "?" * 4 + "*", False),
        ("**", False),
        ("", False),
    ],
)
def test_resource_is_everything_when_every_type_fits(resource, is_all):
    assert is_everything(resource, load()) is is_all


@pytest.mark.parametrize(
    ("resource", "form", "takes"),
    [
        ("*", "key/*", True),
        (f"{HERE}:*", "key/*", True),
        (f"{HERE}:key/*", "key/*", True),
        (f"{HERE}:key/?*", "key/*", True),
        (f"{HERE}:key/key-????????*", "key/*", True),
        (f"{HERE}:key/key-?????????*", "key/*", False),
        (f"{HERE}:key/key-*", "key/*", True),
        (f"{HERE}:key/a*", "key/*", False),
        (f"{HERE}:secret/?*", "secret/*", True),
        (f"{HERE}:secret/??*", "secret/*", False),
        (f"{HERE}:alias/?*", "alias/*", True),
        (f"{HERE}:alias/?*", "key/*", False),
        ("acs:oss:*:*:key/*", "key/*", False),
        ("acs:*:*:*:key/*", "key/*", True),
        (f"{HERE}:keystore/?*", "keystore/*", False),
        (f"{HERE}:keystore/*", "keystore/*", True),
        ("key/*", "key/*", False),
    ],
)
def test_resource_takes_all_of_a_form_as_no_name_is_empty(resource, form, takes):
    assert takes_all(resource, form) is takes


@pytest.mark.parametrize(
    ("resource", "number", "is_unlikely"),
    [
        (f"{HERE}:key/a", ACCOUNT, False),
        ("acs:kms:a:123456789012345:key/a", "123456789012345", True),
        ("acs:kms:a:12345678901234567:key/a", "12345678901234567", True),
        ("acs:kms:a:0:key/a", "0", True),
        ("acs:kms:a::key/a", None, False),
        ("acs:kms:a:*:key/a", None, False),
        ("acs:kms:a:1234567890123456x:key/a", None, False),
        ("acs:kms:a:\u0661234567890123456:key/a", None, False),
        ("*", None, False),
    ],
)
def test_account_numbers_have_sixteen_digits(resource, number, is_unlikely):
    assert number_of(text(resource)) == number
    said = unlikely_number(text(resource))
    assert (said is not None) is is_unlikely
    assert said is None or (f"{len(number)} digits, not 16" in said and f"`{number}`" in said)


@pytest.mark.parametrize(
    ("resource", "targets", "other"),
    [
        (f"{HERE}:key/a", ["1" * 16], ACCOUNT),
        (f"{HERE}:key/a", ["1" * 16, ACCOUNT], None),
        (f"{HERE}:key/a", [], None),
        ("acs:kms:a:123:key/a", ["1" * 16], None),
        ("acs:kms:a:${account}:key/a", ["1" * 16], None),
    ],
)
def test_account_of_a_resource_is_asked_about_when_it_is_no_target(resource, targets, other):
    context = about(PLAIN, targets=tuple(Target(each, "cn-hangzhou") for each in targets))
    assert untargeted_account(text(resource), context) == other


@pytest.mark.parametrize(
    ("region", "targets", "other"),
    [
        ("cn-beijing", ["cn-hangzhou"], "cn-beijing"),
        ("cn-hangzhou", ["cn-hangzhou"], None),
        ("cn-beijing", [], None),
        ("*", ["cn-hangzhou"], None),
        ("cn-*", ["cn-hangzhou"], None),
        ("${region}", ["cn-hangzhou"], None),
        ("", ["cn-hangzhou"], None),
    ],
)
def test_region_of_a_resource_is_asked_about_when_it_is_no_target(region, targets, other):
    context = about(PLAIN, targets=tuple(Target(ACCOUNT, each) for each in targets))
    assert untargeted_region(text(f"acs:kms:{region}:{ACCOUNT}:key/a"), context) == other
    assert untargeted_region(text(f"acs:oss:{region}:{ACCOUNT}:key/a"), context) is None


@pytest.mark.parametrize(
    ("region", "repair", "sure"),
    [
        ("cn-hangzou", f"{HERE}:key/a", "derived-from-SDK"),
        ("qqqqqqqqqqqq", None, "derived-from-SDK"),
        ("ap-south-1", None, load().regions["ap-south-1"].confidence),
    ],
)
def test_region_that_is_none_or_retired_is_told(region, repair, sure):
    found = unknown_region(text(f"acs:kms:{region}:{ACCOUNT}:key/a"), about(PLAIN))
    assert found is not None
    said, fix, confidence = found
    assert f"`{region}`" in said
    assert ("retired" in said) == (region == "ap-south-1")
    assert ("did you mean `cn-hangzhou`?" in said) == (repair is not None)
    assert (fix.text if fix else None) == repair
    assert confidence == sure


@pytest.mark.parametrize("region", ["cn-hangzhou", "*", "cn-*", "${region}", ""])
def test_region_that_is_one_or_open_is_not_told(region):
    assert unknown_region(text(f"acs:kms:{region}:{ACCOUNT}:key/a"), about(PLAIN)) is None
    assert unknown_region(text(f"acs:oss:{region}x:{ACCOUNT}:key/a"), about(PLAIN)) is None


@pytest.mark.parametrize(
    ("written", "masked", "dots", "starred"),
    [
        ("12****", True, False, "12****"),
        ("12***", True, False, "12***"),
        ("12**", False, False, "12**"),
        ("a...b", True, True, "a*b"),
        ("a..b", False, False, "a..b"),
        ("a…b…", True, True, "a*b*"),
        ("a....b", True, True, "a*.b"),
        ("", False, False, ""),
    ],
)
def test_three_stars_or_dots_hide_something(written, masked, dots, starred):
    assert (is_masked(written), has_dots(written), with_stars(written)) == (masked, dots, starred)


@pytest.mark.parametrize(
    ("account", "name", "is_account"),
    [
        ("12****", "key/a", True),
        ("12****", "key/08ec...8", False),
        ("12", "key/08ec...8", False),
        ("12", "key/a", False),
    ],
)
def test_account_is_masked_where_the_name_is_not(account, name, is_account):
    assert masks_account(text(f"acs:kms:a:{account}:{name}")) is is_account
    assert not masks_account(text("12****"))


@pytest.mark.parametrize(
    ("resource", "names"),
    [
        ("*", "*"),
        (f"{HERE}:*", "*"),
        (f"{HERE}:secret/*", "*"),
        (f"{HERE}:secret/app-*", "app-*"),
        (f"{HERE}:secret/app", "app"),
        (f"{HERE}:secret/", None),
        (f"{HERE}:secret", None),
        (f"{HERE}:key/*", None),
        (f"{HERE}:s*t/app", "app"),
        (f"{HERE}:?ecret/app*", "app*"),
        (f"{HERE}:s*e", "*e"),
        (f"{HERE}:s*app", "*app"),
        ("acs:oss:a:b:secret/*", None),
        ("acs:*:a:b:secret/*", "*"),
        ("secret/*", None),
    ],
)
def test_pattern_for_names_is_what_is_left_behind_the_prefix(resource, names):
    assert secrets_named(resource) == names


@given(st.text("secrt/a*?", max_size=9), st.text("a/s", min_size=1, max_size=4))
def test_names_that_a_resource_fits_are_at_most_those_of_the_pattern_left(pattern, name):
    left = secrets_named(f"{HERE}:{pattern}")
    if left is None:
        assert not matches(pattern, f"secret/{name}")
    elif matches(left, name):
        assert matches(pattern, f"secret/{name}")


@pytest.mark.parametrize(
    ("names", "nearly_all", "short"),
    [
        ("*", True, True),
        ("?*", True, True),
        ("??", True, False),
        ("*e*", True, True),
        ("*ab*", True, True),
        ("*abc*", False, False),
        ("?*ab", True, True),
        ("ab*", False, True),
        ("abc*", False, False),
        ("a?", False, False),
        ("ab", False, False),
        ("", False, False),
    ],
)
def test_two_letters_say_hardly_anything_of_a_secret(names, nearly_all, short):
    assert (fits_nearly_all(names), is_short(names)) == (nearly_all, short)


@pytest.mark.parametrize(
    ("written", "placeholders"),
    [
        ("acs:kms:${x}:1:key/a", ("region",)),
        ("acs:kms:a:${x}:key/a", ("account",)),
        ("acs:kms:a:1:key/${x}", ("region", "account")),
        ("acs:${x}:a:1:key/a", ("region", "account")),
        ("${x}", ("region", "account")),
    ],
)
def test_placeholder_of_a_field_is_that_of_the_field(written, placeholders):
    (found,) = found_in(text(written))
    assert set(fitting(text(written), found)) == set(placeholders)
    fix = replaced(text(written), found, "${region}")
    assert fix.text == written.replace("${x}", "${region}")


@pytest.mark.parametrize(
    ("written", "is_variable"),
    [
        ("${acs:UserName}", True),
        ("${region}", False),
        ("$<acs:UserName>", False),
        ("${acs:UserName", False),
        ("${:}", True),
    ],
)
def test_variable_of_a_request_has_a_colon_and_an_end(written, is_variable):
    assert [is_runtime_variable(found) for found in found_in(text(f"a{written}"))] == [is_variable]


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("acs:kms:<region>:1:key/a", [("<region>", "acs:kms:${region}:1:key/a")]),
        ("acs:kms:a:{{account}}:key/a", [("{{account}}", "acs:kms:a:${account}:key/a")]),
        ("acs:kms:a:1:key/{key-id}", [("{key-id}", None)]),
        ("acs:kms:Region-Id:1:key/a", [("Region-Id", "acs:kms:${region}:1:key/a")]),
        ("acs:kms:a:UID:key/a", [("UID", "acs:kms:a:${account}:key/a")]),
        (
            "acs:kms:regionid:account:key/a",
            [
                ("regionid", "acs:kms:${region}:account:key/a"),
                ("account", "acs:kms:regionid:${account}:key/a"),
            ],
        ),
        ("acs:kms:${region}:${account}:key/a", []),
        ("acs:kms:cn-hangzhou:1:key/region", []),
        ("a<b", []),
        ("<" + "a" * 80 + ">", [("<" + "a" * 80 + ">", None)]),
        ("<" + "a" * 81 + ">", []),
    ],
)
def test_words_that_stand_for_a_blank(written, words):
    assert list(bare_words(text(written))) == words
