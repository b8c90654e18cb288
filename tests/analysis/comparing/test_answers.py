"""What single comparisons answer: in which words, with which causes, and when they cannot tell."""

import copy
import json
import random
import time
from itertools import pairwise
from pathlib import Path

import pytest

from policystudio.analysis.comparing import (
    Answer,
    Certainty,
    Comparison,
    Guardrail,
    Limits,
    compare,
    guard,
)
from policystudio.analysis.deciding import Decision, Reading, evaluate
from policystudio.catalog import load
from policystudio.catalog.lookup import expand
from tests.analysis.comparing.generating import given, pair

SAMPLES = Path(__file__).parents[2] / "samples"
KEY = "acs:kms:*:*:key/*"


def allow(action, resource="*", effect="Allow", **more):
    return {"Effect": effect, "Action": action, "Resource": resource, **more}


def where(operator, key, *values):
    return {"Condition": {operator: {key: list(values)}}}


def doc(*statements):
    return given({"Version": "1", "Statement": list(statements)})


def between(before, after, **more) -> Comparison:
    return compare([doc(*before)], [doc(*after)], **more)


def said(changes):
    return [
        (str(each.actions), str(each.resources), *(str(limit) for limit in each.conditions))
        for each in changes
    ]


def test_a_new_action_and_a_new_resource_are_named_and_nothing_else():
    found = between(
        [allow(["kms:Encrypt", "kms:Decrypt"], KEY)],
        [allow(["kms:Encrypt", "kms:Decrypt", "kms:Sign"], [KEY, "acs:kms:*:*:alias/*"])],
    )
    assert sorted(said(found.added)) == [
        ("kms:Encrypt, kms:Decrypt, kms:Sign", "acs:kms:*:*:alias/*"),
        ("kms:Sign", KEY),
    ]
    assert (found.grants_new_access, found.revokes_access) == (Answer.YES, Answer.NO)
    assert found.complete


def test_strings_are_told_with_exceptions():
    found = between([allow("kms:*", "acs:kms:*:*:key/a*")], [allow("kms:*", KEY)])
    assert said(found.added) == [("kms:*", f"{KEY} except acs:kms:*:*:key/a*")]


def test_a_deny_that_went_away_is_named_as_the_cause():
    deny = allow("kms:ScheduleKeyDeletion", effect="Deny")
    found = between([allow("kms:*"), deny], [allow("kms:*")])
    (line,) = found.added
    assert str(line.actions) == "kms:ScheduleKeyDeletion"
    assert [(cause.side, cause.place.path) for cause in line.causes] == [
        ("after", "/Statement/0"),
        ("before", "/Statement/1"),
    ]
    assert line.witness.before is Decision.EXPLICIT_DENY


def test_a_condition_that_went_away_leaves_its_complement_and_the_missing_key():
    office = where("IpAddress", "acs:SourceIp", "10.0.0.0/8")
    found = between([allow("kms:Decrypt", KEY, **office)], [allow("kms:Decrypt", KEY)])
    assert said(found.added) == [
        ("kms:Decrypt", KEY, "NotIpAddress acs:SourceIp 10.0.0.0/8, or acs:SourceIp is missing")
    ]


def test_a_wider_block_is_told_as_the_least_list_of_blocks():
    found = between(
        [allow("kms:Decrypt", **where("IpAddress", "acs:SourceIp", "10.0.0.0/9"))],
        [allow("kms:Decrypt", **where("IpAddress", "acs:SourceIp", "10.0.0.0/8"))],
    )
    (line,) = found.added
    assert [test.values for limit in line.conditions for test in limit.present or ()] == [("10.128.0.0/9",)]


def test_the_lone_star_alone_reaches_what_has_no_resource():
    found = between([allow("kms:*", "acs:*:*:*:*")], [allow("kms:*")])
    assert found.witness is not None
    assert found.witness.request.resource == "*"
    assert between([allow("kms:*")], [allow("kms:*", "acs:*:*:*:*")]).grants_new_access is Answer.NO


def test_a_pattern_beyond_all_known_actions_is_marked():
    found = between([allow(["kms:Encryp", "kms:Encrypt"])], [allow(["kms:Encrypt", "kms:Encrypt*"])])
    assert [line.certainty for line in found.added] == [Certainty.ONLY_UNLISTED]


def test_actions_are_named_by_the_catalogue():
    found = between([allow("kms:GetSecretValue")], [allow(["kms:GetSecretValue", "kms:GetPublic*"])])
    assert found.added[0].known == ("kms:GetPublicKey",)
    assert found.added[0].witness.request.action == "kms:GetPublicKey"


@pytest.mark.parametrize("operator", ["ForAllValues:StringEquals", "StringMatches"])
def test_an_entry_without_meaning_that_stands_on_both_sides_spoils_nothing(operator):
    shared = where(operator, "ram:Kind", "a")
    same = [allow("kms:Sign", **shared), allow("kms:Verify", KEY)]
    found = between(same, [same[0], allow(["kms:Verify", "kms:Encrypt"], KEY)])
    assert said(found.added) == [("kms:Encrypt", KEY)]
    assert found.complete
    assert between([allow("kms:*", **shared)], [allow("kms:Sign", **shared)]).grants_new_access is Answer.NO


def test_an_entry_without_meaning_that_decides_is_unknown_and_named():
    found = between([allow("kms:Sign", **where("ForAnyValue:StringEquals", "k:a", "x"))], [allow("kms:Sign")])
    assert found.grants_new_access is Answer.UNKNOWN
    assert found.revokes_access is Answer.NO
    assert found.reason is not None
    assert (found.reason.reason, found.reason.dimension) == ("undetermined", "k:a")
    assert not found.complete


def test_what_is_new_whatever_the_entry_means_is_new():
    doubtful = where("ForAnyValue:StringEquals", "k:a", "x")
    found = between([allow("kms:Sign", **doubtful)], [allow(["kms:Sign", "kms:Verify"])])
    assert found.grants_new_access is Answer.YES
    assert not found.complete


def test_a_key_of_two_types_is_unknown_only_where_it_decides():
    number, text = where("NumericEquals", "k:a", "1"), where("StringEquals", "k:a", "1")
    found = between([allow("kms:Sign", **number)], [allow("kms:Sign", **text)])
    assert found.grants_new_access is Answer.UNKNOWN
    assert found.reason is not None
    assert (found.reason.reason, found.reason.dimension) == ("mixed-types", "k:a")
    apart = [allow("kms:Sign", **number), allow("kms:Verify", **text)]
    assert between(apart, apart[:1]).revokes_access is Answer.YES


def test_between_two_seconds_nothing_is_ruled_out():
    found = between(
        [allow("kms:Sign", **where("DateLessThanEquals", "acs:CurrentTime", "2026-01-01T00:00:00Z"))],
        [allow("kms:Sign", **where("DateLessThan", "acs:CurrentTime", "2026-01-01T00:00:01Z"))],
    )
    assert found.grants_new_access is Answer.UNKNOWN
    assert found.reason is not None
    assert found.reason.reason == "between-values"


def test_the_reading_of_missing_keys_is_a_parameter():
    before = [allow("kms:Sign", **where("StringEquals", "k:a", "x"))]
    after = [*before, allow("kms:Sign", **where("StringNotEquals", "k:a", "x"))]
    limit = between(before, after).added[0].conditions[0]
    assert limit.missing
    other = between(before, after, reading=Reading(missing_negated=False))
    assert not other.added[0].conditions[0].missing
    assert other.reading == Reading(missing_negated=False)


@pytest.mark.parametrize("milliseconds", [100, 1000])
def test_a_document_made_to_explode_ends_within_its_time_and_says_that_not_all_is_told(milliseconds):
    letters = "abcdefghijklmnopqrstuvwxyz"
    patterns = [f"acs:kms:*:*:*{one}*{two}*{one}*" for one, two in pairwise(letters)]
    started = time.monotonic()
    found = between(
        [allow("kms:*", patterns)],
        [allow("kms:*", "acs:kms:*:*:*q*"), allow("kms:*", patterns[::-1], effect="Deny")],
        limits=Limits(states=10**9, nodes=10**9, milliseconds=milliseconds),
    )
    assert time.monotonic() - started < milliseconds / 1000 + 1
    assert not found.complete
    assert found.reason is not None
    assert found.reason.reason == "out-of-time"


def test_spent_states_are_told_with_the_patterns_to_blame():
    patterns = [f"acs:kms:*:*:*{letter}*" for letter in "abcdefghij"]
    found = between(
        [allow("kms:*", patterns)], [allow("kms:*", "acs:kms:*:*:kk/*")], limits=Limits(states=200)
    )
    assert not found.complete
    assert not found.added
    assert found.reason is not None
    assert found.reason.reason == "too-many-states"
    assert "*a*" in found.reason.patterns


INFIXES = ("Key", "Sec", "Ali", "Tag", "Pol", "Cry", "Sig", "Ver", "Cer", "Imp", "Exp", "Rot", "Ecs", "Oss")
INFIX_ACTIONS = [f"kms:*{each}*" for each in INFIXES]
INFIX_RESOURCES = [f"acs:kms:*:*:*{each.lower()}*" for each in INFIXES]
INFIX_DENIES = [allow(each, effect="Deny") for each in INFIX_ACTIONS]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ([allow(INFIX_ACTIONS[:12])], [allow("kms:*")]),
        ([allow("kms:*", INFIX_RESOURCES)], [allow("kms:*")]),
        ([allow("kms:*", INFIX_RESOURCES)], [allow("kms:*", "acs:kms:*:*:*")]),
        ([allow("kms:*"), *INFIX_DENIES], [allow("kms:*"), *INFIX_DENIES[1:]]),
        ([allow("kms:*"), *INFIX_DENIES], [allow("kms:*"), *INFIX_DENIES[:-1]]),
        ([allow(INFIX_ACTIONS)], [allow("kms:*", **where("StringLike", "k:a", "x*"))]),
        ([allow(INFIX_ACTIONS)], [allow("kms:*", **where("IpAddress", "acs:SourceIp", "10.0.0.0/8"))]),
    ],
)
def test_what_a_plain_request_shows_is_new_though_the_search_comes_to_no_end(before, after):
    # States run out before the time does, so that a busy machine does not run out of time for trying requests.
    limits = Limits(states=2_000, milliseconds=20_000)
    found = between(before, after, limits=limits)
    assert found.grants_new_access is Answer.YES
    assert found.witness is not None
    assert evaluate([doc(*after)], found.witness.request).decision is Decision.ALLOW
    assert evaluate([doc(*before)], found.witness.request).decision is not Decision.ALLOW
    assert between(after, before, limits=limits).revokes_access is Answer.YES


def test_nothing_new_among_many_infixes_is_never_told_as_new():
    one = allow(INFIX_ACTIONS, effect="Deny")
    found = between([allow("kms:*"), *INFIX_DENIES], [allow("kms:*"), one], limits=Limits(milliseconds=200))
    assert Answer.YES not in (found.grants_new_access, found.revokes_access)


def test_two_types_of_one_key_do_not_hide_what_they_have_no_part_in():
    before = [
        allow("kms:Decrypt", **where("StringLike", "acs:SourceIp", "10.*")),
        allow("kms:*", **where("IpAddress", "acs:SourceIp", "10.0.0.0/8")),
    ]
    found = between(before, [allow("*")])
    assert found.grants_new_access is Answer.YES
    assert found.witness is not None
    assert not found.complete
    assert found.reason is not None
    assert found.reason.reason == "mixed-types"


class TestGuardrails:
    """Never this, unless that."""

    NEVER = doc(allow("kms:ScheduleKeyDeletion")).statements[0]
    OFFICE = doc(allow("*", **where("IpAddress", "acs:SourceIp", "10.0.0.0/8"))).statements[0]

    def test_a_wildcard_breaks_it_and_a_deny_keeps_it(self):
        broken = guard([doc(allow("kms:*", KEY))], Guardrail(self.NEVER))
        assert broken.is_broken is Answer.YES
        assert said(broken.breaches) == [("kms:ScheduleKeyDeletion", KEY)]
        kept = [doc(allow("kms:*", KEY)), doc(allow("kms:Schedule*", effect="Deny"))]
        assert guard(kept, Guardrail(self.NEVER)).is_broken is Answer.NO

    def test_what_is_excepted_is_no_breach(self):
        office = where("IpAddress", "acs:SourceIp", "10.1.0.0/16")
        rule = Guardrail(self.NEVER, (self.OFFICE,))
        assert guard([doc(allow("kms:*", **office))], rule).is_broken is Answer.NO
        verdict = guard([doc(allow("kms:*"))], rule)
        assert verdict.is_broken is Answer.YES
        assert verdict.witness is not None
        assert "acs:SourceIp" not in verdict.witness.request.context
        assert evaluate([doc(allow("kms:*"))], verdict.witness.request).decision is Decision.ALLOW

    def test_a_plain_breach_among_many_patterns_is_found(self):
        rule = Guardrail(
            doc(allow("kms:*")).statements[0], tuple(doc(allow(each)).statements[0] for each in INFIX_ACTIONS)
        )
        verdict = guard([doc(allow("kms:*"))], rule, limits=Limits(milliseconds=300))
        assert verdict.is_broken is Answer.YES
        assert verdict.witness is not None

    def test_an_exception_without_meaning_leaves_it_open(self):
        doubtful = doc(allow("*", **where("ForAnyValue:StringEquals", "k:a", "x"))).statements[0]
        verdict = guard([doc(allow("kms:*"))], Guardrail(self.NEVER, (doubtful,)))
        assert verdict.is_broken is Answer.UNKNOWN


def _answers(before, after):
    found = compare(before, after)
    return found.grants_new_access, found.revokes_access


@pytest.mark.parametrize("seed", range(60))
def test_what_must_not_change_the_answer_does_not(seed):
    rng = random.Random(seed + 5000)
    one, two = pair(rng)
    before, after = given(one), given(two)
    wanted = _answers([before], [after])
    assert _answers([after], [before]) == wanted[::-1]
    assert _answers([before], [before]) == (Answer.NO, Answer.NO)
    shuffled = {**two, "Statement": rng.sample(two["Statement"], len(two["Statement"]))}
    assert _answers([before], [given(shuffled)]) == wanted
    assert _answers([before, before], [after, after]) == wanted
    apart = [
        {**each, name: [entry]}
        for each in two["Statement"]
        for name in ("Action", "NotAction")
        if name in each
        for entry in (each[name] if name == "Action" else [None])
        if entry is not None
    ] + [each for each in two["Statement"] if "NotAction" in each]
    assert _answers([before], [given({**two, "Statement": apart})]) == wanted
    deny, grant = ({**rng.choice(one["Statement"]), "Effect": effect} for effect in ("Deny", "Allow"))
    narrower = given({**one, "Statement": [*one["Statement"], deny]})
    wider = given({**one, "Statement": [*one["Statement"], grant]})
    assert _answers([before], [narrower])[0] is Answer.NO
    assert _answers([before], [wider])[1] is Answer.NO
    if wanted[0] is Answer.NO:
        assert _answers([narrower], [wider])[1] is Answer.NO


@pytest.mark.parametrize("path", sorted(SAMPLES.glob("*-*.json")), ids=lambda path: path.stem)
def test_wildcards_written_out_lose_no_action_of_the_catalogue(path):
    policy = json.loads(path.read_text())
    catalogue = load()
    spelt = copy.deepcopy(policy)
    for each in spelt["Statement"]:
        listed = each["Action"] if isinstance(each["Action"], list) else [each["Action"]]
        each["Action"] = sorted({action.name for text in listed for action in expand(catalogue, text)})
    found = compare([given(policy)], [given(spelt)])
    assert found.grants_new_access is Answer.NO
    assert all(line.certainty is Certainty.ONLY_UNLISTED for line in found.removed)
    assert not any(line.known for line in found.removed)


@pytest.mark.parametrize("seed", range(40))
def test_literals_renamed_on_both_sides_change_no_answer(seed):
    one, two = pair(random.Random(seed + 7000))
    names = str.maketrans("abcABC", "zyxZYX")

    def renamed(document):
        for each in document["Statement"]:
            for name in ("Action", "NotAction", "Resource", "NotResource"):
                for index, text in enumerate(each.get(name, [])):
                    head, colon, rest = text.partition("acs:")
                    each[name][index] = (
                        colon + rest.translate(names) if colon and not head else text.translate(names)
                    )
        return given(document)

    wanted = _answers([given(one)], [given(two)])
    assert _answers([renamed(one)], [renamed(two)]) == wanted
