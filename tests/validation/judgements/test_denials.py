"""What Deny statements without a condition take back, whatever the request."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policystudio.ram.patterns import fold, matches
from policystudio.validation.alike import MOST_COMPARED
from policystudio.validation.denials import Denials
from tests.validation.contexts import HERE, PLAIN, about, statement

KEYS = f"{HERE}:key/*"


def denials(*statements):
    return Denials(about(*statements, stored=False).document.statements)


def deny(**members):
    return statement(Effect="Deny", **members)


@pytest.mark.parametrize(
    ("members", "speaks"),
    [
        ({"Action": "kms:Decrypt"}, True),
        ({"Action": "KMS:decrypt"}, True),
        ({"Action": "kms:*crypt"}, True),
        ({"Action": ["kms:Sign", "*"]}, True),
        ({"Action": "kms:Encrypt"}, False),
        ({"NotAction": "kms:Encrypt"}, True),
        ({"NotAction": ["kms:Encrypt", "kms:D*"]}, False),
        ({"Action": "kms:Decrypt", "Condition": {"Bool": {"a": "true"}}}, False),
        ({"Action": "kms:Decrypt", "Effect": "Allow"}, False),
    ],
)
def test_deny_speaks_of_an_action(members, speaks):
    found = denials(PLAIN, statement(**{"Effect": "Deny", **members}))
    assert found.of("kms:Decrypt") == ((0,) if speaks else ())
    assert found.of("kms:Decrypt") == ((0,) if speaks else ())


def test_denies_are_numbered_among_themselves_and_of_very_many_the_first_count():
    found = denials(deny(Action="kms:Sign"), PLAIN, deny(), deny(Action="kms:D*"))
    assert found.of("kms:Decrypt") == (1, 2)
    many = [deny(Action="kms:Sign")] * (MOST_COMPARED - 1)
    assert denials(*many, deny()).of("kms:Decrypt") == (MOST_COMPARED - 1,)
    assert denials(*many, deny(Action="kms:Sign"), deny()).of("kms:Decrypt") == ()


@pytest.mark.parametrize(
    ("members", "resource", "covers"),
    [
        ({"Resource": KEYS}, f"{HERE}:key/a", True),
        ({"Resource": f"{HERE}:key/a"}, KEYS, False),
        ({"Resource": [f"{HERE}:key/b", "*"]}, KEYS, True),
        ({"NotResource": f"{HERE}:key/b"}, f"{HERE}:key/a", True),
        ({"NotResource": f"{HERE}:key/b"}, KEYS, False),
        ({"NotResource": [f"{HERE}:secret/*", f"{HERE}:key/a"]}, f"{HERE}:key/a", False),
        ({"NotResource": f"{HERE}:secret/*"}, KEYS, True),
    ],
)
def test_deny_takes_the_whole_resource(members, resource, covers):
    found = denials(deny(**members))
    assert found.cover([0], resource) is covers
    assert found.cover([0], resource) is covers
    assert not found.cover([], resource)


TAG = statement(Action="kms:TagResource", Resource="*")
CREATE = {"Action": "kms:CreateAlias", "Resource": [f"{HERE}:alias/a", f"{HERE}:key/a"]}


@pytest.mark.parametrize(
    ("allow", "denied", "is_taken"),
    [
        (PLAIN, [], False),
        (PLAIN, [deny()], True),
        (PLAIN, [deny(Resource=KEYS)], True),
        (PLAIN, [deny(Resource=f"{HERE}:key/b")], False),
        (PLAIN, [deny(Action="kms:Sign")], False),
        (statement(Resource=[f"{HERE}:key/a", f"{HERE}:key/b"]), [deny()], False),
        (
            statement(Resource=[f"{HERE}:key/a", f"{HERE}:key/b"]),
            [deny(), deny(Resource=f"{HERE}:key/b")],
            True,
        ),
        (statement(Resource="*"), [deny(Resource=KEYS)], False),
        (statement(Resource="*"), [deny(Resource="acs:kms:*:*:key/*")], True),
        (statement(**CREATE), [deny(Action="kms:CreateAlias", Resource=f"{HERE}:alias/*")], True),
        (statement(**CREATE), [deny(Action="kms:CreateAlias", Resource=f"{HERE}:key/*")], True),
        (statement(**CREATE), [deny(Action="kms:CreateAlias", Resource=f"{HERE}:secret/*")], False),
        (
            statement(Action="kms:TagResource", Resource="*"),
            [deny(Action="kms:TagResource", Resource="acs:kms:*:*:key/*")],
            False,
        ),
    ],
)
def test_granted_action_is_taken_back_on_each_of_its_resources(allow, denied, is_taken):
    context = about(allow, *denied)
    reach = context.reach(context.document.statements[0])
    (grant,) = reach.grants.values()
    assert context.denials.take_back(grant, reach) is is_taken
    assert bool(list(context.grants(grant.action.name))) is not is_taken


entries = st.lists(
    st.sampled_from(["kms:Decrypt", "kms:D*", "kms:*", "KMS:encrypt", "oss:*"]), min_size=1, max_size=3
)


@given(st.lists(st.tuples(entries, st.booleans()), max_size=4))
def test_denies_that_speak_of_an_action_are_those_that_name_it_or_do_not_leave_it_out(written):
    statements = [deny(**{"NotAction" if negated else "Action": listed}) for listed, negated in written]
    found = denials(PLAIN, *statements)
    for action in ("kms:Decrypt", "kms:Encrypt", "kms:Sign"):
        expected = tuple(
            number
            for number, (listed, negated) in enumerate(written)
            if any(matches(fold(entry), fold(action)) for entry in listed) is not negated
        )
        assert found.of(action) == expected
