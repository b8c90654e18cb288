"""The document allows what was asked and nothing else, and a widening adds exactly what it says."""

from __future__ import annotations

import json
import random
from itertools import combinations
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policystudio.analysis.comparing import Answer, compare
from policystudio.analysis.given import read_given
from policystudio.analysis.request import Request
from policystudio.analysis.requirements import Derived, Limits, derive
from policystudio.catalog import load
from policystudio.ram.document import Document
from policystudio.ram.parse import parse
from policystudio.ram.render import Target, render
from tests.analysis.requirements.generating import (
    ACCOUNT,
    ADDRESS,
    FLAG,
    TAG,
    UNIVERSE,
    Cell,
    allowed,
    asks_for,
    on,
    one_by_one,
    requests,
    said,
)

CATALOGUE = load()
IS_FUZZING = settings.get_current_profile_name() == "fuzz"
SOME = settings(max_examples=400 if IS_FUZZING else 40)
FEW = settings(max_examples=100 if IS_FUZZING else 15)


PATIENT = Limits(milliseconds=60_000, milliseconds_in_all=600_000)


def derived(asked: list[Request], *accepted: str, limits: Limits = PATIENT) -> Derived:
    return derive(asked, catalogue=CATALOGUE, accepted=accepted, limits=limits)


def document(text: str) -> Document:
    found = read_given(text).document
    assert found is not None
    return found


def rendered(found: Derived, asked: list[Request]) -> list[str]:
    """The source in every region that was asked from."""
    source = parse(found.source).document
    assert source is not None
    regions = {each.resource.split(":")[2] for each in asked if each.resource != "*"} or {"cn-hangzhou"}
    return [render(source, Target(ACCOUNT, region)) for region in sorted(regions)]


@SOME
@given(requests)
def test_nothing_is_allowed_but_what_was_asked(asked: list[Request]) -> None:
    wanted = {cell for cell, each in UNIVERSE.items() if any(asks_for(one, each) for one in asked)}
    assert allowed([derived(asked).source]) == wanted


@SOME
@given(requests)
def test_the_document_equals_one_with_a_statement_for_each_request(asked: list[Request]) -> None:
    found = compare([document(one_by_one(asked))], [document(derived(asked).source)])
    assert (found.grants_new_access, found.revokes_access) == (Answer.NO, Answer.NO)


@SOME
@given(requests)
def test_no_two_statements_could_be_one(asked: list[Request]) -> None:
    """There are never more than distinct requests, and no two differ in one list alone."""
    found = derived(asked)
    statements = json.loads(found.source)["Statement"]
    assert len(statements) == found.statements <= len(found.asked)
    for one, two in combinations(statements, 2):
        if dimensions(one).keys() == dimensions(two).keys():
            differing = {key for key in dimensions(one) if dimensions(one)[key] != dimensions(two)[key]}
            assert len(differing) > 1 or differing == {FLAG}


def dimensions(statement: dict[str, object]) -> dict[str, object]:
    blocks: dict[str, dict[str, object]] = statement.get("Condition", {})  # type: ignore[assignment]
    keys = {key: values for block in blocks.values() for key, values in block.items()}
    return {"Action": statement["Action"], "Resource": statement["Resource"], **keys}


@SOME
@given(requests, st.randoms(use_true_random=False))
def test_the_order_of_the_requests_does_not_matter(asked: list[Request], rng: random.Random) -> None:
    shuffled = asked * 2
    rng.shuffle(shuffled)
    assert derived(shuffled).source == derived(asked).source


@FEW
@given(requests, st.data())
def test_a_widening_adds_exactly_what_it_says(asked: list[Request], data: st.DataObject) -> None:
    before = derived(asked)
    accepted: list[str] = []
    spoken: set[Cell] = set()
    for _ in range(data.draw(st.integers(1, 3))):
        if not before.offers:
            break
        offer = data.draw(st.sampled_from(before.offers))
        accepted.append(offer.generalisation.id)
        after = derived(asked, *accepted)
        assert offer.adds.is_exact
        assert not after.unused
        adds = said(offer.adds.lines)
        assert adds == allowed(rendered(after, asked)) - allowed(rendered(before, asked))
        assert adds == said(after.accepted[-1].adds.lines)
        assert bool(adds) <= (offer.adds.answer is Answer.YES)
        spoken |= adds
        before = after
    assert allowed(rendered(before, asked)) == allowed(rendered(derived(asked), asked)) | spoken


@FEW
@given(requests)
def test_every_offer_has_an_id_of_its_own(asked: list[Request]) -> None:
    ids = [each.generalisation.id for each in derived(asked).offers]
    assert len(set(ids)) == len(ids)


def test_equal_requests_are_one_with_its_count() -> None:
    found = derived([Request("kms:Decrypt", on("key/a")), Request("KMS:decrypt", on("key/a"))])
    [only] = found.asked
    assert (only.request.action, only.times, only.at) == ("kms:Decrypt", 2, (0, 1))


def test_a_request_with_fewer_keys_makes_the_same_with_more_needless() -> None:
    plain = Request("kms:Decrypt", on("key/a"))
    more = Request("kms:Decrypt", on("key/a"), {ADDRESS: "10.0.0.1"})
    assert derived([plain, more]).source == derived([plain]).source


def test_what_is_asked_without_keys_completes_a_statement_with_keys() -> None:
    """Decrypting with `a` needs no address, so the statement with the address may name it too, and one is enough."""
    actions, keys = ("kms:Decrypt", "kms:Encrypt"), (on("key/a"), on("key/b"))
    asked = [Request(action, key, {ADDRESS: "10.0.0.1"}) for action in actions for key in keys]
    asked += [Request("kms:Decrypt", on("key/a"))]
    found = derived(asked)
    assert found.statements == 2
    same = compare([document(one_by_one(asked))], [document(found.source)])
    assert (same.grants_new_access, same.revokes_access) == (Answer.NO, Answer.NO)


def test_values_of_several_keys_are_never_mixed() -> None:
    asked = [
        Request("kms:Decrypt", on("key/a"), {ADDRESS: "10.0.0.1", TAG: "Apollo"}),
        Request("kms:Decrypt", on("key/a"), {ADDRESS: "10.0.0.2", TAG: "Zeus"}),
    ]
    assert derived(asked).statements == 2
    asked += [Request("kms:Decrypt", on("key/a"), {ADDRESS: "10.0.0.1", TAG: "Zeus"})]
    asked += [Request("kms:Decrypt", on("key/a"), {ADDRESS: "10.0.0.2", TAG: "Apollo"})]
    assert derived(asked).statements == 1


def test_one_statement_never_lists_both_values_of_a_boolean() -> None:
    asked = [Request("kms:Decrypt", on("key/a"), {FLAG: value}) for value in ("true", "False")]
    assert derived(asked).statements == 2


def test_nothing_to_write_is_no_document() -> None:
    found = derived([Request("kms:Nothing", "*")])
    assert (found.source, found.statements, found.offers) == ("", 0, ())
    assert [each.code for each in found.left_out] == ["unknown-action"]


def test_what_cannot_be_accepted_is_told() -> None:
    asked = [Request("kms:Decrypt", on("key/a"))]
    number = f"all:key:cn-hangzhou:{ACCOUNT}"
    found = derived(asked, "all:secret:x:1", number, number)
    assert found.unused == ("all:secret:x:1", number)
    assert [each.generalisation.id for each in found.accepted] == [number]


def test_too_much_to_compare_is_told_and_not_guessed() -> None:
    asked = [Request("kms:Decrypt", on(f"key/k{number}")) for number in range(50)]
    found = derived(asked, limits=Limits(exact_entries=20))
    [every] = [each for each in found.offers if each.generalisation.id.startswith("all:")]
    assert (every.adds.is_exact, every.adds.lines, every.adds.answer) == (False, (), Answer.UNKNOWN)
    assert (every.adds.known, every.adds.risk) == (("kms:Decrypt",), "high")


def test_placeholders_for_thousands_of_places_are_not_filled_in() -> None:
    """Each of the names in each of the places would be four million of them."""
    asked = [Request("kms:Decrypt", f"acs:kms:cn-hangzhou:{n:016d}:key/k{n}") for n in range(2_000)]
    began = process_time()
    found = derived(asked, "placeholder:account", limits=Limits(milliseconds_in_all=0))
    assert process_time() - began < 2
    [accepted] = found.accepted
    assert accepted.adds.reason is not None
    assert (accepted.adds.is_exact, accepted.adds.reason.reason) == (False, "too-many-entries")
    assert accepted.adds.known == ("kms:Decrypt",)


def test_of_thousands_of_names_a_widening_of_some_is_told_exactly() -> None:
    """What the widening does not touch costs nothing to compare with."""
    asked = [
        Request("kms:GetSecretValue", on(f"secret/app-{app}/db{number}"))
        for app in range(50)
        for number in range(60)
    ]
    found = derived(asked, f"prefix:secret:cn-hangzhou:{ACCOUNT}:app-1/")
    [accepted] = found.accepted
    [line] = accepted.adds.lines
    assert accepted.adds.is_exact
    assert line.resources.any_of == (on("secret/app-1/*"),)
    assert len(line.resources.but_not) == 60


def test_when_the_time_is_up_nothing_is_guessed() -> None:
    found = derived([Request("kms:Decrypt", on("key/a"))], limits=Limits(milliseconds_in_all=0))
    told = [each.adds for each in found.offers if each.generalisation.id.startswith("all:")]
    assert [(each.is_exact, each.answer, each.reason and each.reason.reason) for each in told] == [
        (False, Answer.UNKNOWN, "out-of-time")
    ]


def test_more_requests_than_are_read_are_left_out() -> None:
    asked = [Request("kms:Decrypt", on(f"key/k{number}")) for number in range(3)]
    found = derived(asked, limits=Limits(requests=2))
    assert [(each.index, each.code) for each in found.left_out] == [(2, "too-many")]
    assert len(found.asked) == 2


def test_a_further_permission_is_told_and_not_added() -> None:
    secret = Request("kms:GetSecretValue", on("secret/a"))
    found = derived([secret])
    assert [(each.needed_by, each.action) for each in found.dependents] == [
        ("kms:GetSecretValue", "kms:Decrypt")
    ]
    assert "kms:Decrypt" not in found.source
    assert not derived([secret, Request("kms:Decrypt", on("key/a"))]).dependents


@pytest.mark.parametrize(
    ("request_", "pointer", "code"),
    [
        (Request("kms:Decrypt", "*"), "/resource", "no-resource"),
        (Request("kms:Decrypt", ""), "/resource", "no-resource"),
        (Request("kms:Decrypt", "key/a"), "/resource", "malformed-resource"),
        (Request("Decrypt", on("key/a")), "/action", "malformed-action"),
        (Request("kms:Dec*", on("key/a")), "/action", "pattern"),
        (Request("kms:Dekrypt", on("key/a")), "/action", "unknown-action"),
        (Request("kms:DescribeRegions", "*"), "/action", "needs-no-permission"),
        (Request("kms:Decrypt", on("key/*")), "/resource", "pattern"),
        (Request("kms:Decrypt", on("key/a", "${region}")), "/resource", "placeholder"),
        (Request("kms:Decrypt", "acs:oss:cn-hangzhou:1:key/a"), "/resource", "other-service"),
        (
            Request("kms:Decrypt", on("key/a"), {ADDRESS: "10.0.0.0/8"}),
            f"/context/{ADDRESS}",
            "unreadable-value",
        ),
        (Request("kms:Decrypt", on("key/a"), {"a/b": "$<region>"}), "/context/a~1b", "placeholder"),
        (Request("kms:Decrypt", on("key/a"), {"": "x"}), "/context/", "malformed-condition-key"),
        (Request("kms:GetRandomPassword", "", {"": "x"}), "/context/", "malformed-condition-key"),
        (Request("Decrypt", ""), "/action", "malformed-action"),
        (Request("kms:Decrypt", on("key/a" * 999)), "/resource", "too-long"),
        (Request("kms:Decrypt", on("key/\ud800")), "/resource", "lone-surrogate"),
        (
            Request("kms:Decrypt", on("key/a"), dict.fromkeys(map(str, range(99)), "x")),
            "/context",
            "too-many-keys",
        ),
    ],
)
def test_what_cannot_be_written_is_left_out_with_its_reason(
    request_: Request, pointer: str, code: str
) -> None:
    good = Request("kms:Decrypt", on("key/good"))
    found = derived([good, request_])
    assert [(each.index, each.pointer, each.code) for each in found.left_out] == [(1, pointer, code)]
    assert found.source == derived([good]).source


def test_an_operation_without_a_resource_is_allowed_on_the_star_and_says_so() -> None:
    found = derived([Request("kms:GetRandomPassword", on("secret/a"))])
    [only] = found.asked
    assert only.request.resource == "*"
    assert [note.code for note in only.notes] == ["without-resource"]


def test_only_of_so_many_unknown_actions_the_one_that_was_meant_is_looked_for() -> None:
    """The search takes its time, and thousands of unknown names are no slip of the keyboard."""
    asked = [Request(f"kms:Decrypt{n}", on("key/a")) for n in range(3)]
    told = [each.detail for each in derived(asked, limits=Limits(advised=2)).left_out]
    assert ["did you mean `kms:Decrypt`?" in each for each in told] == [True, True, False]


def test_a_star_that_reaches_more_than_the_operation_says_so() -> None:
    [only] = derived([Request("kms:GetKmsInstance", "*")]).asked
    assert [note.code for note in only.notes] == ["on-everything"]
