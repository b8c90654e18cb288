"""The tests of a policy on its page and in its reviews: results, offers, score, files, and a refused release."""

from __future__ import annotations

import html
import json
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from policystudio.analysis.mutants.mutant import mutants
from policystudio.analysis.request import Request
from policystudio.audit.models import Event
from policystudio.cases.models import Case
from policystudio.cases.services.remove_case import remove_case
from policystudio.catalog import load
from policystudio.policies.models import Policy
from policystudio.review.models import Review
from policystudio.teams.models import Member
from policystudio.teams.viewer import Viewer
from policystudio.web.tested import mutant_words
from tests.analysis.access.sources import given
from tests.analysis.mutants.test_scoring import TYPICAL
from tests.factories import make_case
from tests.web.test_cases import browser_of

OWN = "acs:kms:${region}:${account}:key/key-1"
TAGGED = {"kms:tag/Project": "Apollo"}


@pytest.fixture
def author(demo: None) -> Client:
    return browser_of("author")


@pytest.fixture
def policy(demo: None) -> Policy:
    return Policy.objects.get(name="tag-scoped-crypto-user")


@pytest.fixture
def by(demo: None) -> Viewer:
    return Viewer(member=Member.objects.get(user__username="author", team__slug="demo"))


def page_of(browser: Client, policy: Policy, query: str = "") -> str:
    answer = browser.get(f"/policies/{policy.pk}/tests/{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def values(page: str) -> list[str]:
    """The tests that the page offers, as its forms would send them."""
    found = re.findall(r'name="test" value="([^"]*)"', page)
    return [html.unescape(each) for each in found]


def test_offered_tests_are_taken_and_hold_and_are_not_offered_again(author: Client, policy: Policy) -> None:
    page = page_of(author, policy)
    assert "The tests notice 0 of" in page
    offered = values(page)
    chosen = [each for each in offered if "without" in json.loads(each)["name"]]
    assert chosen
    answer = author.post(f"/policies/{policy.pk}/tests/add/", {"test": chosen}, follow=True)
    assert answer.redirect_chain
    page = answer.content.decode()
    assert "as expected" in page
    assert "The tests notice 0 of" not in page
    assert chosen[0] not in values(page)
    assert Event.objects.order_by("-pk")[0].action == "case.added"
    author.post(f"/policies/{policy.pk}/tests/add/", {"test": chosen})
    assert Case.objects.filter(policy=policy).count() == len(chosen)


def test_a_change_that_no_test_notices_becomes_a_test_that_notices_it(author: Client, policy: Policy) -> None:
    page = page_of(author, policy)
    assert "the condition <code>StringEqualsIgnoreCase kms:tag/Project</code> is dropped" in page
    for value in values(page):
        author.post(f"/policies/{policy.pk}/tests/add/", {"test": value})
    page = page_of(author, policy)
    assert "(100 %)" in page
    assert "Changes that no test would notice" not in page


def test_what_was_tampered_with_or_not_chosen_is_refused_and_told(author: Client, policy: Policy) -> None:
    request = {"action": "Decrypt", "resource": "acs:kms:${regio}::", "context": {}}
    wrong = json.dumps({"name": "x", "request": request, "expectation": "allow"})
    for sent in ([], ["{"], [wrong], ['{"name": 1}'], ["], 3 ["]):
        answer = author.post(f"/policies/{policy.pk}/tests/add/", {"test": sent})
        assert answer.status_code == 422
        assert "No test was added" in answer.content.decode()
    assert not Case.objects.filter(policy=policy).exists()


def test_a_file_goes_out_and_comes_in_and_again_changes_nothing(
    author: Client, policy: Policy, by: Viewer
) -> None:
    case = make_case(
        by,
        "App decrypts",
        policy=policy,
        request=Request("kms:Decrypt", OWN, TAGGED),
        expectation="allow",
        note="why",
    )
    make_case(Viewer(member=Member.objects.get(user__username="reviewer")), "of the team")
    answer = author.get(f"/policies/{policy.pk}/tests/export/")
    assert answer["Content-Disposition"] == 'attachment; filename="tag-scoped-crypto-user.tests.json"'
    text = answer.content
    assert [each["name"] for each in json.loads(text)["tests"]] == ["App decrypts"]
    remove_case(by=by, case=case)

    def sent(data: bytes) -> tuple[int, str]:
        file = SimpleUploadedFile("t.json", data, "application/json")
        came = author.post(f"/policies/{policy.pk}/tests/import/", {"file": file}, follow=True)
        return came.status_code, came.content.decode()

    assert "1 test is added." in sent(text)[1]
    assert "1 was there already" in sent(text)[1]
    assert Case.objects.filter(policy=policy, removed_at=None).count() == 1
    assert author.get(f"/policies/{policy.pk}/tests/export/").content == text
    status, page = sent(text.replace(b'"allow"', b'"deny"'))
    assert status == 422
    assert "/tests/0/name" in page
    for wrong in (
        b"\xff",
        b"",
        b"[]",
        b'{"policy_tests": 2, "tests": []}',
        b'{"policy_tests": 1, "tests": [{}]}',
    ):
        assert sent(wrong)[0] == 422


def test_a_review_shows_what_fails_and_refuses_the_release(author: Client, by: Viewer) -> None:
    review = Review.objects.get(policy__name="ip-restricted-access")
    case = make_case(
        by, "App signs", policy=review.policy, request=Request("kms:Sign", OWN), expectation="allow"
    )
    page = author.get(f"/reviews/{review.pk}/").content.decode()
    assert "Tests that do not hold" in page
    assert "Not so: App signs." in page
    answer = author.post(f"/reviews/{review.pk}/release/")
    assert answer.status_code == 409
    assert "App signs" in answer.content.decode()
    for number in range(6):
        request = Request("kms:Sign", OWN + str(number))
        make_case(by, f"B{number}", policy=review.policy, request=request, expectation="allow")
    page = author.get(f"/reviews/{review.pk}/").content.decode()
    assert "Not so: App signs, B0, B1, B2, B3 and 2 more." in page
    for each in Case.objects.filter(name__startswith="B"):
        remove_case(by=by, case=each)
    remove_case(by=by, case=case)
    page = author.get(f"/reviews/{review.pk}/").content.decode()
    assert "Not so" not in page
    assert "Tests are gone" in page


def test_a_reviewer_sees_that_a_test_of_the_last_release_is_gone(
    author: Client, by: Viewer, policy: Policy
) -> None:
    case = make_case(
        by, "Dropped quietly", policy=policy, request=Request("kms:Sign", OWN), expectation="deny"
    )
    Case.objects.filter(pk=case.pk).update(added_at=policy.created_at)
    remove_case(by=by, case=case)
    author.post(f"/policies/{policy.pk}/propose/", {"message": "again"})
    review = Review.objects.filter(policy=policy).order_by("-pk")[0]
    page = author.get(f"/reviews/{review.pk}/").content.decode()
    assert "Tests are gone" in page
    assert "Dropped quietly" in page
    assert "removed by author" in page


def test_a_finished_review_shows_the_tests_as_they_were(author: Client, by: Viewer, policy: Policy) -> None:
    review = Review.objects.get(policy=policy, state="released")
    assert "Tests</" not in author.get(f"/reviews/{review.pk}/").content.decode()
    names = ("Was there", "Was there and is gone", "Came later")
    for name, action in zip(names, ("Decrypt", "Encrypt", "Sign"), strict=True):
        request = Request(f"kms:{action}", OWN, TAGGED)
        expectation = "deny" if action == "Sign" else "allow"
        case = make_case(by, name, policy=policy, request=request, expectation=expectation)
        if name != "Came later":
            Case.objects.filter(pk=case.pk).update(added_at=policy.created_at)
        if name == "Was there and is gone":
            remove_case(by=by, case=case)
    page = author.get(f"/reviews/{review.pk}/").content.decode()
    assert "All 2 tests hold" in page
    assert "as they were when this was released" in page
    assert [name in page for name in names] == [True, True, False]
    assert f'href="/cases/{Case.objects.get(name="Was there and is gone").pk}/"' not in page
    assert "Tests are gone" not in page


def test_a_viewer_reads_and_a_stranger_finds_nothing(policy: Policy, by: Viewer) -> None:
    make_case(by, "Of the policy", policy=policy, request=Request("kms:Sign", OWN), expectation="deny")
    page = page_of(browser_of("viewer"), policy)
    assert "Of the policy" in page
    assert values(page) == []
    assert browser_of("viewer").post(f"/policies/{policy.pk}/tests/add/", {"test": "{}"}).status_code == 403
    for part in ("", "export/"):
        assert browser_of("stranger").get(f"/policies/{policy.pk}/tests/{part}").status_code == 404


def test_the_released_revision_can_be_asked(author: Client, policy: Policy, by: Viewer) -> None:
    make_case(
        by, "Of the policy", policy=policy, request=Request("kms:Decrypt", OWN, TAGGED), expectation="allow"
    )
    assert "asked of revision 1" in page_of(author, policy, "?revision=released&look=longer")


def test_every_small_edit_has_words_on_the_pages() -> None:
    made = list(mutants(given(TYPICAL), load()))
    assert [mutant_words(each) for each in made] == [each.said for each in made]
