"""What a document mentions, whatever shape it has."""

import json

from hypothesis import given
from hypothesis import strategies as st

from policystudio.builders.seen import PREFIX, see


def test_the_mentions_of_all_statements_are_gathered():
    seen = see(
        {
            "Statement": [
                {"Action": "a:B", "Resource": PREFIX + "key/k"},
                {"Action": ["a:C"], "Resource": [PREFIX + "key/l", PREFIX + "key"]},
                {"Condition": {"Bool": {"acs:MFAPresent": "true"}}},
            ]
        }
    )
    assert seen.actions == {"a:B", "a:C"}
    assert seen.names("key") == ["k", "l"]
    assert seen.one("Bool", "acs:MFAPresent") == "true"
    assert seen.one("Bool", "acs:SecureTransport") is None


NAMES = st.sampled_from(["Statement", "Action", "Resource", "Condition", "a"])


@given(
    st.recursive(
        st.none() | st.text(max_size=3), lambda inner: st.lists(inner) | st.dictionaries(NAMES, inner)
    )
)
def test_no_shape_is_too_odd(value):
    json.dumps(value)
    see(value)
