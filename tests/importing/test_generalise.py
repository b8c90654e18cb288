"""Placeholders come back only where rendering gives the document again, value for value; repairs never widen."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policystudio.importing.reading import canonical_or_none, policy_name, read_document
from policystudio.ram.canonical import canonical, text_of
from policystudio.ram.document import Document
from policystudio.ram.generalise import generalise, generalise_combined
from policystudio.ram.mend import mended
from policystudio.ram.parse import parse
from policystudio.ram.reader import JsonObject, read
from policystudio.ram.render import RenderError, Target, render, render_combined
from tests import strategies

HERE = Target("1234567890123456", "cn-hangzhou")
THERE = Target("6543210987654321", "cn-shanghai")
accounts = st.sampled_from([HERE.account, THERE.account, "*", "${account}", "", "12345678901234567"])
regions = st.sampled_from([HERE.region, THERE.region, "*", "${region}", "", "cn-hangzhou-1"])
rest = st.sampled_from(
    ["key/*", "alias/a", f"key/{HERE.account}", HERE.region, "x:cn-hangzhou:1", "${account}"]
)
resources = st.builds("acs:{}:{}:{}:{}".format, st.sampled_from(["kms", "*"]), regions, accounts, rest)
values = resources | st.sampled_from(["*", HERE.account, HERE.region, "acs:kms", "x"])


@st.composite
def sources(draw):
    lists = st.lists(values, max_size=4) | values
    statement = {
        "Effect": "Allow",
        "Action": [HERE.region, "kms:*"],
        draw(st.sampled_from(["Resource", "NotResource"])): draw(lists),
        "Condition": {"StringLike": {"acs:SourceArn": draw(lists)}},
    }
    return text_of({"Version": "1", "Statement": [statement]})


def parsed(text):
    reading = read(text)
    assert isinstance(reading.value, JsonObject)
    return Document(reading.source, reading.value, ())


def offered(text, targets):
    """What is offered, where something must be."""
    made = generalise(text, targets)
    assert made is not None
    return made


@given(sources(), st.lists(st.sampled_from([HERE, THERE]), max_size=2))
def test_what_is_offered_renders_to_the_same_document(text, targets):
    made = generalise(text, targets)
    if made is None:
        return
    assert made.target in targets
    assert render(parsed(made.text), made.target) == render(parsed(text), made.target)
    assert made.text == canonical(parsed(made.text).value)
    assert made.count


@given(sources(), st.sampled_from([HERE, THERE]))
def test_a_rendered_source_is_recognised_and_renders_everywhere_as_the_source_did(text, target):
    """Not always the very same source: where it named the target itself, that has become a placeholder too."""
    try:
        concrete = render(parsed(text), target)
    except RenderError:
        return
    made = generalise(concrete, [target])
    if made is not None:
        assert render(parsed(made.text), target) == concrete


@given(strategies.any_text | strategies.syntax_near_misses() | strategies.json_texts())
def test_never_raises(text):
    generalise(text, [HERE])
    repaired = mended(text)
    assert mended(repaired.text).repaired == () or len(repaired.repaired) > 10
    policy_name(text)


def one(resource):
    return text_of(
        {
            "Version": "1",
            "Statement": [{"Effect": "Allow", "Action": ["kms:Encrypt"], "Resource": [resource]}],
        }
    )


@pytest.mark.parametrize(
    ("resource", "wanted"),
    [
        ("acs:kms:cn-hangzhou:1234567890123456:key/*", "acs:kms:${region}:${account}:key/*"),
        ("acs:kms:*:1234567890123456:key/*", "acs:kms:*:${account}:key/*"),
        ("acs:kms:cn-hangzhou:*:key/*", "acs:kms:${region}:*:key/*"),
        ("acs:kms:${region}:1234567890123456:key/*", "acs:kms:${region}:${account}:key/*"),
        ("acs:ram::1234567890123456:role/cn-hangzhou", "acs:ram::${account}:role/cn-hangzhou"),
        ("acs:kms:cn-beijing:111:key/1234567890123456", None),
        ("acs:kms:cn-hangzhou-1:12345678901234567:key/*", None),
        ("acs:kms:cn-hangzhou:1234567890123456:key/${other}", None),
        ("1234567890123456", None),
        ("*", None),
    ],
)
def test_only_whole_fields_become_placeholders(resource, wanted):
    made = generalise(one(resource), [HERE])
    assert (made and made.text) == (wanted and one(wanted))


def test_entries_that_would_become_one_are_left_alone():
    text = text_of(
        {
            "Version": "1",
            "Statement": [
                {"Effect": "Allow", "Action": "kms:*", "Resource": ["acs:kms:cn-hangzhou:*:key/a"] * 2}
            ],
        }
    )
    assert generalise(text, [HERE]) is None


def test_of_several_targets_the_one_that_explains_most_is_taken():
    text = one("acs:kms:cn-shanghai:1234567890123456:key/*")
    both = Target(HERE.account, THERE.region)
    assert offered(text, [HERE, THERE, both]).target == both
    many = [Target(HERE.account, f"cn-{n}") for n in range(600)]
    assert offered(text, many).count == 1


def test_region_that_the_document_does_not_name_is_not_reported():
    targets = [HERE, Target(HERE.account, THERE.region)]
    made = offered(one(f"acs:kms:*:{HERE.account}:key/a"), targets)
    assert (made.account, made.region) == (HERE.account, None)
    made = offered(one(f"acs:kms:{THERE.region}:*:key/a"), targets)
    assert (made.account, made.region) == (None, THERE.region)


def test_of_regions_that_are_named_equally_often_none_is_chosen():
    def two(account):
        text = one(f"acs:kms:{HERE.region}:{account}:key/a")
        return text.replace('key/a"', f'key/a", "acs:kms:{THERE.region}:{account}:key/b"')

    targets = [HERE, Target(HERE.account, THERE.region)]
    made = offered(two(HERE.account), targets)
    assert (made.account, made.region, made.count) == (HERE.account, None, 2)
    assert "${region}" not in made.text
    assert generalise(two("*"), targets) is None


FAULTY = one("*").replace("]\n", "],\n", 1).replace("  ", "\u00a0 ")


def test_every_offered_repair_is_made_at_once_and_told():
    repaired = mended(FAULTY)
    assert repaired.text == one("*")
    assert {finding.code for finding in repaired.repaired} == {"trailing-comma", "no-break-space"}
    assert mended(one("*")).repaired == ()


@given(strategies.damaged_documents())
def test_repairs_leave_no_repairable_error_and_what_could_be_read_can_be_read(document):
    text = text_of(document)
    after = mended(text).text
    assert canonical_or_none(after) is not None or canonical_or_none(text) is None
    assert not [f for f in parse(after).findings if f.severity == "error" and f.fix and not f.fix.widens]


@pytest.mark.parametrize("is_mended", [True, False])
@pytest.mark.parametrize("is_generalised", [True, False])
def test_what_was_not_chosen_is_not_done(is_mended, is_generalised):
    text = one("acs:kms:cn-hangzhou:1234567890123456:key/*").replace("]\n", "],\n", 1)
    made = read_document(text, [[HERE]], is_mended=is_mended, is_generalised=is_generalised)
    assert (made.text == text) == (not is_mended)
    assert ("${region}" in made.text) == (is_mended and is_generalised)
    assert [finding.code for finding in made.repaired] == ["trailing-comma"]


def test_the_likeliest_origin_decides():
    text = one("acs:kms:cn-hangzhou:6543210987654321:key/*")
    made = read_document(text, [[HERE], [THERE]], is_mended=False, is_generalised=True)
    assert made.generalised is not None
    assert made.generalised.target == HERE
    assert json.loads(made.text)["Statement"][0]["Resource"] == ["acs:kms:${region}:6543210987654321:key/*"]


@pytest.mark.parametrize(
    ("hint", "name"),
    [
        ("a", "a"),
        ("a b/c", "a-b-c"),
        ("-a-", "a"),
        ("密钥", ""),
        ("x" * 200, "x" * 128),
        ("a~2", "a-2"),
        ("", ""),
    ],
)
def test_names_are_made_of_hints(hint, name):
    assert policy_name(hint) == name


BEIJING = Target(HERE.account, "cn-beijing")
SHANGHAI = Target(HERE.account, "cn-shanghai")


def listing(*resources):
    statement = {"Effect": "Allow", "Action": "kms:Encrypt", "Resource": list(resources)}
    return text_of({"Version": "1", "Statement": [statement]})


def of(target, item="key/*"):
    return f"acs:kms:{target.region}:{target.account}:{item}"


@given(sources(), st.lists(st.sampled_from([HERE, THERE, SHANGHAI]), max_size=3))
def test_what_is_offered_for_several_regions_renders_to_the_same_document(text, targets):
    made = generalise_combined(text, targets)
    if made is None:
        return
    assert len(made.regions) > 1
    account = made.target.account
    assert {Target(account, region) for region in made.regions} <= set(targets)
    before = render_combined(parsed(text), account, made.regions)
    assert render_combined(parsed(made.text), account, made.regions) == before


def test_resources_listed_for_every_region_become_one_with_placeholders():
    text = listing(of(HERE), of(SHANGHAI), of(HERE, "alias/a"), of(SHANGHAI, "alias/a"))
    made = generalise_combined(text, [SHANGHAI, BEIJING, HERE, THERE])
    assert made is not None
    assert (made.regions, made.account) == ((HERE.region, SHANGHAI.region), HERE.account)
    assert made.text == listing("acs:kms:${region}:${account}:key/*", "acs:kms:${region}:${account}:alias/a")


@pytest.mark.parametrize(
    "listed",
    [
        [of(HERE)],
        [of(HERE), of(SHANGHAI), of(HERE, "alias/a")],
        [of(SHANGHAI), of(HERE)],
        [of(HERE), of(THERE)],
    ],
    ids=["one region", "one resource in one region only", "another order", "two accounts"],
)
def test_nothing_is_offered_for_several_regions_where_the_document_would_change(listed):
    assert generalise_combined(listing(*listed), [HERE, SHANGHAI, THERE]) is None


def test_only_the_combined_mode_takes_several_regions_for_one_placeholder():
    text, origins = listing(of(HERE), of(SHANGHAI)), [[HERE, SHANGHAI]]
    combined = read_document(text, origins, is_mended=False, is_generalised=True, region_mode="combined")
    assert combined.text == listing("acs:kms:${region}:${account}:key/*")
    separate = read_document(text, origins, is_mended=False, is_generalised=True)
    assert "${region}" not in separate.text
