"""The page of a policy: released beside drafted, exact bytes, proposing, settings over a version, deleting."""

from __future__ import annotations

import hashlib
import re

import pytest
from django.test import Client

from policystudio.accounts.models import Account
from policystudio.policies.models import Policy
from policystudio.policies.selectors import targets_of
from policystudio.policies.services.revise import revise
from policystudio.review.exporting import export_one
from policystudio.review.models import Review
from policystudio.teams.viewer import Viewer
from tests.factories import DEVELOPMENT, HANGZHOU, SHANGHAI, make_policy, make_released, source_text
from tests.web.people import browser_of

pytestmark = pytest.mark.django_db
WIDE = '{"Version": "1", "Statement": [{"Effect": "Allow", "Action": "kms:*", "Resource": "*"}]}'


@pytest.fixture
def changed(ada: Viewer, rui: Viewer, development: Account) -> Policy:
    """Released, with a newer draft."""
    policy = make_released(ada, rui)
    revise(by=ada, policy=policy, source=source_text(key="key-hzz0000000000002"), message="another key")
    policy.refresh_from_db()
    return policy


@pytest.mark.parametrize("tab", ["", "targets", "findings", "history", "reviews", "no-such-tab"])
def test_every_tab_has_an_address(vera: Viewer, changed: Policy, tab: str) -> None:
    assert browser_of(vera).get(f"/policies/{changed.pk}/?tab={tab}").status_code == 200


def test_each_part_of_a_sentence_leads_to_its_line_which_is_on_the_page(
    vera: Viewer, changed: Policy
) -> None:
    page = browser_of(vera).get(f"/policies/{changed.pk}/")
    text = page.content.decode()
    lines = set(re.findall(r'class="said" href="#(source-L\d+)"', text))
    assert len(lines) >= 3
    assert all(f'id="{line}"' in text for line in lines)
    sentence = page.context["explained"].sentences[0]
    assert "".join(piece.text for piece in sentence.pieces) == sentence.sentence.text


def test_sentences_are_in_the_readers_language_denials_first(
    ada: Viewer, vera: Viewer, development: Account
) -> None:
    denied = """{"Effect": "Deny", "Action": "kms:Decrypt", "Resource": "acs:kms:*:*:key/a"}"""
    policy = make_policy(ada, "never", source=WIDE.replace("}]", f"}}, {denied}]"))
    vera.member.user.language = "zh-hans"
    vera.member.user.save()
    explained = browser_of(vera).get(f"/policies/{policy.pk}/").context["explained"]
    texts = [each.sentence.text for each in explained.sentences]
    assert [text[:4] for text in texts] == ["绝不允许", "允许对所"]
    assert explained.closing.endswith("。")


def test_released_and_draft_stand_beside_each_other(vera: Viewer, changed: Policy) -> None:
    page = browser_of(vera).get(f"/policies/{changed.pk}/")
    assert page.context["release"].revision.number == 1
    assert page.context["newest"].number == 2
    assert "compare/?a=1&amp;b=2" in page.content.decode()


def test_the_released_bytes_are_those_of_the_export(vera: Viewer, changed: Policy) -> None:
    answer = browser_of(vera).get(f"/policies/{changed.pk}/targets/{DEVELOPMENT}/{HANGZHOU}/released.json")
    exported = export_one(vera, DEVELOPMENT, HANGZHOU, changed.name)
    assert answer.content.decode() == exported.text
    assert hashlib.sha256(answer.content).hexdigest() == exported.sha256
    assert f"{changed.name}_{DEVELOPMENT}_{HANGZHOU}_r1.json" in answer["Content-Disposition"]


def test_the_draft_of_a_target_has_no_placeholder_left(vera: Viewer, changed: Policy) -> None:
    answer = browser_of(vera).get(f"/policies/{changed.pk}/targets/{DEVELOPMENT}/{HANGZHOU}/draft.json")
    assert f"acs:kms:{HANGZHOU}:{DEVELOPMENT}:key/key-hzz0000000000002" in answer.content.decode()


def test_a_target_page_says_the_address_for_machines(vera: Viewer, changed: Policy) -> None:
    text = browser_of(vera).get(f"/policies/{changed.pk}/targets/{DEVELOPMENT}/{HANGZHOU}/").content.decode()
    assert f"/api/v1/export/{DEVELOPMENT}/{HANGZHOU}/{changed.name}/" in text
    assert "Bearer $" in text


def test_where_a_policy_is_not_stored_there_is_no_page(vera: Viewer, changed: Policy) -> None:
    client = browser_of(vera)
    assert client.get(f"/policies/{changed.pk}/targets/{DEVELOPMENT}/{SHANGHAI}/").status_code == 404
    assert (
        client.get(f"/policies/{changed.pk}/targets/{DEVELOPMENT}/{SHANGHAI}/released.json").status_code
        == 404
    )


def test_proposing_opens_a_review(ada: Viewer, policy: Policy) -> None:
    answer = browser_of(ada).post(f"/policies/{policy.pk}/propose/", {"message": "please"})
    assert answer["Location"] == f"/reviews/{Review.objects.get().pk}/"


def test_a_security_warning_asks_for_a_reason_and_takes_one(ada: Viewer, development: Account) -> None:
    policy = make_policy(ada, "wide", source=WIDE, message="")
    client = browser_of(ada)
    refused = client.post(f"/policies/{policy.pk}/propose/", {"message": ""})
    assert refused.status_code == 422
    assert 'name="reason.every-kms-action-on-every-resource"' in refused.content.decode()
    given = {"reason.every-kms-action-on-every-resource": "break glass"}
    assert client.post(f"/policies/{policy.pk}/propose/", given).status_code == 302


def test_a_policy_without_targets_says_so_when_proposed(ada: Viewer, development: Account) -> None:
    policy = make_policy(ada, "nowhere", targets=())
    page = browser_of(ada).post(f"/policies/{policy.pk}/propose/", {"message": "x"})
    assert page.status_code == 422
    assert page.context["summary"]


def settings(client: Client, policy: Policy, **fields: object) -> object:
    given = {
        "part": "settings",
        "name": policy.name,
        "description": "",
        "region_mode": "separate",
        "version": policy.version,
    }
    return client.post(f"/policies/{policy.pk}/settings/", {**given, **fields})


def test_settings_are_saved(ada: Viewer, policy: Policy) -> None:
    settings(browser_of(ada), policy, name="renamed", description="why", region_mode="combined")
    policy.refresh_from_db()
    assert (policy.name, policy.description, policy.region_mode) == ("renamed", "why", "combined")


def test_settings_opened_before_a_change_are_not_saved_over_it(ada: Viewer, policy: Policy) -> None:
    client, version = browser_of(ada), policy.version
    settings(client, policy, description="first")
    page = settings(client, policy, description="second", version=version)
    policy.refresh_from_db()
    assert (page.status_code, policy.description) == (412, "first")  # type: ignore[attr-defined]
    text = page.content.decode()  # type: ignore[attr-defined]
    assert ">\nsecond</textarea>" in text
    assert "<dd>first</dd>" in text


def test_targets_are_replaced(ada: Viewer, policy: Policy) -> None:
    given = {"part": "targets", "targets": f"{DEVELOPMENT}|{SHANGHAI}", "version": policy.version}
    browser_of(ada).post(f"/policies/{policy.pk}/settings/", given)
    assert [target.region for target in targets_of(policy)] == [SHANGHAI]


def test_a_target_that_is_not_enabled_is_refused_at_the_matrix(ada: Viewer, policy: Policy) -> None:
    given = {"part": "targets", "targets": f"{DEVELOPMENT}|us-east-1", "version": policy.version}
    page = browser_of(ada).post(f"/policies/{policy.pk}/settings/", given)
    assert page.status_code == 422
    assert "targets" in page.context["errors"]


def test_a_draft_can_be_deleted_and_a_released_policy_cannot(
    ada: Viewer, rui: Viewer, policy: Policy
) -> None:
    client = browser_of(ada)
    released = make_released(ada, rui, name="kept")
    assert client.post(f"/policies/{released.pk}/delete/", {"version": released.version}).status_code == 409
    assert client.post(f"/policies/{policy.pk}/delete/", {"version": policy.version}).status_code == 302
    assert client.get(f"/policies/{policy.pk}/").status_code == 404
    assert client.get(f"/policies/{released.pk}/").status_code == 200


@pytest.mark.parametrize(
    "page", ["", "propose/", "settings/", "revisions/1/", "compare/", f"targets/{DEVELOPMENT}/{HANGZHOU}/"]
)
def test_another_team_finds_nothing(sam: Viewer, policy: Policy, page: str) -> None:
    assert browser_of(sam).get(f"/policies/{policy.pk}/{page}").status_code == 404


@pytest.mark.parametrize("page", ["propose/", "settings/"])
def test_a_viewer_may_not_change_anything(vera: Viewer, policy: Policy, page: str) -> None:
    client = browser_of(vera)
    assert client.get(f"/policies/{policy.pk}/{page}").status_code == 403
    assert client.post(f"/policies/{policy.pk}/delete/").status_code == 403
    text = client.get(f"/policies/{policy.pk}/").content.decode()
    assert "/propose/" not in text
    assert 'id="delete"' not in text
