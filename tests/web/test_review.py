"""The page of a review: what it shows in which state, and that every form of it keeps what was typed when refused."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from policystudio.accounts.models import Account
from policystudio.policies.models import Policy
from policystudio.policies.services.revise import revise
from policystudio.policies.services.set_targets import set_targets
from policystudio.policies.services.update_policy import update_policy
from policystudio.review.models import Comment, Decision, Review
from policystudio.review.services.comment import comment
from policystudio.review.services.decide import decide
from policystudio.review.services.propose import propose
from policystudio.review.services.release import release
from policystudio.review.services.resolve import resolve
from policystudio.review.services.withdraw import withdraw
from policystudio.review.standing import standing
from policystudio.teams.viewer import Viewer
from tests.factories import DEVELOPMENT, HANGZHOU, SHANGHAI, approve, make_released, source_text
from tests.web.people import browser_of

pytestmark = pytest.mark.django_db
# Bounded, whatever the number of comments, decisions and targets.
QUERIES = 41
WIDER = source_text(actions=("kms:Encrypt", "kms:Decrypt"))


def address(review: Review, verb: str = "") -> str:
    return f"/reviews/{review.pk}/{verb}"


def shown(client: Client, review: Review) -> Any:
    answer = client.get(address(review))
    assert answer.status_code == 200
    return answer


def decision_form(page: Any, **fields: str) -> dict[str, str]:
    """What the browser would send from the decision box of this page."""
    return {"digest": page.context["stands"].digest, "seal": page.context["seal"], **fields}


def met(page: Any) -> list[bool]:
    return [condition.is_met for condition in page.context["conditions"]]


def test_a_new_review_says_what_is_missing_and_who_could_do_it(
    rui: Viewer, noor: Viewer, review: Review
) -> None:
    page = shown(browser_of(rui), review)
    assert met(page) == [True, True, True, False]
    assert page.context["conditions"][3].detail == "Could approve: max, noor, rui."
    assert page.context["why_not"] == ""
    assert (page.context["what"].card.added, page.context["what"].card.removed) == (1, 0)


def test_the_page_grows_by_no_query_with_what_is_said(
    rui: Viewer, noor: Viewer, review: Review, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = browser_of(rui)
    # The first page of a session may write that it was used.
    shown(client, review)
    with django_assert_max_num_queries(QUERIES) as first:
        shown(client, review)
    for _each in range(3):
        comment(by=noor, review=review, body="why?", line=1)
    with django_assert_max_num_queries(len(first) + 1):
        shown(client, review)


def test_an_approval_goes_to_exactly_what_was_shown(rui: Viewer, review: Review) -> None:
    client = browser_of(rui)
    form = decision_form(shown(client, review), verdict="approve", body="good")
    answer = client.post(address(review, "decide/"), form)
    assert (answer.status_code, answer["Location"]) == (302, address(review))
    made = Decision.objects.get()
    assert (made.verdict, made.body, made.digest) == ("approve", "good", standing(review).digest)
    page = shown(client, review)
    assert met(page) == [True, True, True, True]
    assert page.context["is_ready"]


def test_a_new_revision_meanwhile_sends_nothing_and_shows_what_changed(
    ada: Viewer, rui: Viewer, review: Review
) -> None:
    client = browser_of(rui)
    form = decision_form(shown(client, review), verdict="approve", body="typed with care")
    revise(by=ada, policy=review.policy, source=WIDER, message="more")
    answer = client.post(address(review, "decide/"), form)
    assert answer.status_code == 409
    assert not Decision.objects.exists()
    moved = answer.context["moved"]
    assert moved.facts == (("Revision", "1", "2"),)
    assert (moved.diff.added, moved.diff.removed) == (2, 1)
    text = answer.content.decode()
    assert "Nothing was sent" in text
    assert "typed with care" in text
    again = decision_form(answer, verdict="approve")
    assert client.post(address(review, "decide/"), again).status_code == 302


def test_other_targets_or_another_name_meanwhile_are_named(ada: Viewer, rui: Viewer, review: Review) -> None:
    client = browser_of(rui)
    form = decision_form(shown(client, review), verdict="approve")
    policy = review.policy
    set_targets(
        by=ada,
        policy=policy,
        targets=[{"account": DEVELOPMENT, "region": SHANGHAI}],
        expected_version=None,
    )
    policy.refresh_from_db()
    update_policy(by=ada, policy=policy, expected_version=policy.version, name="other-name")
    answer = client.post(address(review, "decide/"), form)
    assert answer.status_code == 409
    assert [(name, before) for name, before, _now in answer.context["moved"].facts] == [
        ("Name", "app-decrypt"),
        ("Targets", f"{DEVELOPMENT} {HANGZHOU}"),
    ]


def test_a_forged_seal_only_loses_the_comparison(ada: Viewer, rui: Viewer, review: Review) -> None:
    answer = browser_of(rui).post(
        address(review, "decide/"), {"digest": "0" * 64, "verdict": "approve", "seal": "forged"}
    )
    assert answer.status_code == 409
    assert answer.context["moved"] is None


def test_whoever_wrote_a_revision_reads_why_they_may_not_decide(
    rui: Viewer, noor: Viewer, review: Review
) -> None:
    revise(by=rui, policy=review.policy, source=WIDER, message="more")
    client = browser_of(rui)
    page = shown(client, review)
    assert page.context["why_not"] == "You wrote revision 2, so somebody else has to decide."
    form = decision_form(page, verdict="approve")
    assert client.post(address(review, "decide/"), form).status_code == 403
    assert browser_of(noor).post(address(review, "decide/"), form).status_code == 302


def test_whoever_changed_the_targets_reads_why_they_may_not_decide(rui: Viewer, review: Review) -> None:
    elsewhere = [{"account": DEVELOPMENT, "region": SHANGHAI}]
    set_targets(by=rui, policy=review.policy, targets=elsewhere)
    page = shown(browser_of(rui), review)
    assert page.context["why_not"].startswith("You changed the targets")


def test_author_of_a_released_revision_reads_why_they_may_not_decide(
    rui: Viewer, noor: Viewer, development: Account
) -> None:
    policy = make_released(rui, noor)
    page = shown(browser_of(rui), propose(by=rui, policy=policy, message="again"))
    assert page.context["why_not"] == "You wrote revision 1, so somebody else has to decide."


def test_authors_and_viewers_are_told_which_role_decides(ada: Viewer, vera: Viewer, review: Review) -> None:
    for person in (ada, vera):
        client = browser_of(person)
        page = shown(client, review)
        assert "needs the role reviewer" in page.context["why_not"]
        form = decision_form(page, verdict="approve")
        assert client.post(address(review, "decide/"), form).status_code == 403


def test_a_missing_verdict_keeps_the_text(rui: Viewer, review: Review) -> None:
    client = browser_of(rui)
    form = decision_form(shown(client, review), body="typed with care")
    answer = client.post(address(review, "decide/"), form)
    assert answer.status_code == 422
    assert "typed with care" in answer.content.decode()


def test_a_stale_approval_is_shown_as_such(ada: Viewer, rui: Viewer, review: Review) -> None:
    approve(rui, review)
    revise(by=ada, policy=review.policy, source=WIDER, message="more")
    page = shown(browser_of(rui), review)
    assert "rui approved has changed since" in page.context["conditions"][3].detail
    assert "Stale" in page.content.decode()
    assert page.context["own_last"][1] is True


def test_requested_changes_name_who_asked(rui: Viewer, noor: Viewer, review: Review) -> None:
    decide(by=rui, review=review, verdict="request_changes", digest=standing(review).digest, body="narrower")
    page = shown(browser_of(noor), review)
    assert met(page) == [True, True, False, False]
    assert page.context["conditions"][2].detail.startswith("rui asked for changes")


def test_a_comment_stands_at_its_line_and_moves_with_it(ada: Viewer, rui: Viewer, review: Review) -> None:
    client = browser_of(rui)
    answer = client.post(
        address(review, "comment/"), {"place": "line:10", "body": "which key?", "revision": "1"}
    )
    made = Comment.objects.get()
    assert answer["Location"] == f"{address(review)}#thread-{made.pk}"
    assert (made.line, made.path, made.revision_number) == (10, None, 1)
    (thread,) = shown(client, review).context["threads"]
    assert (thread.line, thread.is_outdated) == (10, False)
    revise(by=ada, policy=review.policy, source=WIDER, message="more")
    (thread,) = shown(client, review).context["threads"]
    assert (thread.line, thread.is_outdated) == (11, False)
    revise(by=ada, policy=review.policy, source=source_text(key="key-hzz0000000000002"), message="other")
    made_at_key = comment(by=rui, review=review, body="and this?", path="/Statement/0/Resource/0", revision=2)
    threads = {thread.pk: thread for thread in shown(client, review).context["threads"]}
    assert threads[made_at_key.pk].is_outdated
    assert "key-hzz0000000000001" in threads[made_at_key.pk].quote


def test_a_comment_may_be_about_a_statement_or_all_of_it(rui: Viewer, review: Review) -> None:
    client = browser_of(rui)
    client.post(address(review, "comment/"), {"place": "/Statement/0", "body": "one"})
    client.post(address(review, "comment/"), {"place": "", "body": "two"})
    assert list(Comment.objects.order_by("pk").values_list("path", "line")) == [
        ("/Statement/0", None),
        (None, None),
    ]


def test_the_line_in_the_address_begins_a_comment_there(rui: Viewer, review: Review) -> None:
    client = browser_of(rui)
    about = client.get(address(review) + "?line=7").context["about"]
    assert (about["chosen"], about["quote"]) == ("line:7", '"kms:Encrypt"')
    for odd in ("0", "99999999999", "x", "²"):
        assert client.get(address(review), {"line": odd}).context["about"]["chosen"] == ""


def test_an_empty_or_misplaced_comment_is_refused_with_what_was_typed(rui: Viewer, review: Review) -> None:
    client = browser_of(rui)
    for fields in ({"place": "", "body": " "}, {"place": "line:9999", "body": "typed with care"}):
        answer = client.post(address(review, "comment/"), fields)
        assert answer.status_code == 422
        assert fields["body"].strip() in answer.content.decode()
    assert not Comment.objects.exists()


def test_threads_are_answered_resolved_and_opened_again(ada: Viewer, rui: Viewer, review: Review) -> None:
    root = comment(by=rui, review=review, body="why?")
    client = browser_of(ada)
    client.post(address(review, "comment/"), {"parent": str(root.pk), "body": "because"})
    client.post(f"/comments/{root.pk}/resolve/", {"resolved": "yes"})
    page = shown(client, review)
    assert [c["body"] for c in page.context["threads"][0].comments] == ["why?", "because"]
    assert (page.context["open_threads"], page.context["threads"][0].resolved_by) == ([], "ada")
    client.post(f"/comments/{root.pk}/resolve/", {"resolved": "no"})
    assert len(shown(client, review).context["open_threads"]) == 1


def test_viewers_see_the_conversation_and_cannot_join(vera: Viewer, rui: Viewer, review: Review) -> None:
    root = comment(by=rui, review=review, body="why is this so?")
    client = browser_of(vera)
    text = shown(client, review).content.decode()
    assert "why is this so?" in text
    assert 'name="place"' not in text
    assert client.post(address(review, "comment/"), {"body": "x"}).status_code == 403
    assert client.post(f"/comments/{root.pk}/resolve/", {"resolved": "yes"}).status_code == 403


def test_releasing_makes_the_page_say_by_whom_and_with_whose_approval(
    ada: Viewer, rui: Viewer, review: Review
) -> None:
    approve(rui, review)
    client = browser_of(ada)
    assert client.post(address(review, "release/")).status_code == 302
    page = shown(client, review)
    assert page.context["release"].approved_by == ["rui"]
    assert page.context["conditions"] == []
    assert "sure-release" not in page.content.decode()
    assert page.context["why_not"] == "The review is finished."


def test_releasing_too_early_releases_nothing_and_says_why(ada: Viewer, review: Review) -> None:
    answer = browser_of(ada).post(address(review, "release/"))
    assert answer.status_code == 409
    assert "0 of 1 required approvals count now" in answer.content.decode()
    review.refresh_from_db()
    assert not review.is_finished


def test_a_withdrawn_review_is_over(ada: Viewer, rui: Viewer, review: Review) -> None:
    client = browser_of(ada)
    assert client.post(address(review, "withdraw/")).status_code == 302
    assert client.post(address(review, "withdraw/")).status_code == 409
    page = shown(client, review)
    assert [step["name"] for step in page.context["steps"]] == ["Proposed", "Withdrawn"]
    form = decision_form(page, verdict="approve")
    assert browser_of(rui).post(address(review, "decide/"), form).status_code == 409


def test_a_second_release_is_compared_with_the_first_also_afterwards(
    ada: Viewer, rui: Viewer, development: Account
) -> None:
    policy = make_released(ada, rui, name="app-two")
    revise(by=ada, policy=policy, source=WIDER, message="decrypt too")
    review = propose(by=ada, policy=policy, message="please")
    client = browser_of(rui)
    for _before_and_after in range(2):
        what = shown(client, review).context["what"]
        assert (what.before.number, what.revision.number) == (1, 2)
        ((line,),) = [group.lines for group in what.card.groups]
        assert line.is_added
        assert line.change.known == ("kms:Decrypt",)
        if not review.is_finished:
            approve(rui, review)
            review = release(by=ada, review=review)


def test_findings_are_new_still_there_or_gone(ada: Viewer, rui: Viewer, development: Account) -> None:
    twice = source_text(actions=("kms:Encrypt", "kms:Encrypt"))
    policy = make_released(ada, rui, name="app-three", source=twice)
    revise(by=ada, policy=policy, source=source_text(actions=("kms:Decrypt", "kms:Decrypt")), message="other")
    findings = shown(browser_of(rui), propose(by=ada, policy=policy, message="x")).context["what"].findings
    assert "`kms:Encrypt` is already listed; remove one" in {row.finding["message"] for row in findings.gone}
    assert "`kms:Decrypt` is already listed; remove one" in {row.finding["message"] for row in findings.new}
    assert not {row.finding["code"] for row in findings.remaining} & {"repeated-action"}
    revise(by=ada, policy=policy, source=twice, message="back")
    review = policy.reviews.get(state="open")
    back = shown(browser_of(rui), review).context["what"].findings
    assert (back.new, back.gone) == ((), ())
    assert "repeated-action" in {row.finding["code"] for row in back.remaining}


def test_targets_that_come_and_go_are_marked(ada: Viewer, rui: Viewer, development: Account) -> None:
    policy = make_released(ada, rui, name="app-four")
    sent = [{"account": DEVELOPMENT, "region": SHANGHAI}]
    set_targets(by=ada, policy=policy, targets=sent, expected_version=None)
    (account,) = shown(browser_of(rui), propose(by=ada, policy=policy, message="x")).context["what"].targets
    assert [(line.target.region, line.is_new, line.is_gone) for line in account.lines] == [
        (HANGZHOU, False, True),
        (SHANGHAI, True, False),
    ]
    assert (account.ram_names, account.old_ram_names) == (
        (f"app-four-{SHANGHAI}",),
        (f"app-four-{HANGZHOU}",),
    )


def test_a_stranger_finds_nothing(sam: Viewer, rui: Viewer, review: Review) -> None:
    root = comment(by=rui, review=review, body="why?")
    client = browser_of(sam)
    assert client.get(address(review)).status_code == 404
    for verb in ("decide/", "comment/", "release/", "withdraw/"):
        assert client.post(address(review, verb), {"body": "x"}).status_code == 404
    assert client.post(f"/comments/{root.pk}/resolve/", {"resolved": "yes"}).status_code == 404
    root.refresh_from_db()
    assert root.resolved_at is None


def test_what_people_write_is_shown_and_never_run(ada: Viewer, rui: Viewer, review: Review) -> None:
    comment(by=rui, review=review, body="<script>alert(1)</script>")
    resolve(by=ada, comment=Comment.objects.get())
    text = shown(browser_of(ada), review).content.decode()
    assert "&lt;script&gt;alert(1)" in text
    assert "<script>alert" not in text


def test_the_review_of_a_deleted_policy_can_still_be_read(
    ada: Viewer, policy: Policy, review: Review
) -> None:
    from policystudio.policies.services.delete_policy import delete_policy

    withdraw(by=ada, review=review)
    policy.refresh_from_db()
    delete_policy(by=ada, policy=policy, expected_version=policy.version)
    page = shown(browser_of(ada), review)
    assert "withdrawn" in page.content.decode()
    # Nothing can be asked of it any more.
    card = page.context["what"].card
    assert (card.simulator, bool(card.unasked)) == ("", True)


def test_every_part_of_a_sentence_leads_to_its_line_of_the_diff(rui: Viewer, review: Review) -> None:
    page = shown(browser_of(rui), review)
    html, lines = page.content.decode(), page.context["what"].revision.source.split("\n")
    grants = html[html.index('id="grants"') : html.index("</ol>", html.index('id="grants"'))]
    led_to = [int(number) for number in re.findall(r'class="said" href="#diff-L([0-9]+)"', grants)]
    assert {lines[number - 1].split('"')[1] for number in led_to} >= {"Action", "Resource"}
    assert all(f'id="diff-L{number}"' in html for number in led_to)
