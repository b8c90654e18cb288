"""The proof card on the pages: the answer in words first, each line with its statement and a way to the simulator."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.utils import translation

from policystudio.accounts.models import Account
from policystudio.analysis.access import Place, prove
from policystudio.analysis.comparing import Limit
from policystudio.analysis.comparing.answers import Test as Asked
from policystudio.analysis.given import read_given
from policystudio.analysis.sentences import Language
from policystudio.analysis.sentences.limits import limit_text
from policystudio.catalog import load
from policystudio.policies.models import Revision
from policystudio.policies.services.revise import revise
from policystudio.policies.services.set_targets import set_targets
from policystudio.review.proof import Proof
from policystudio.review.services.propose import propose
from policystudio.review.services.release import release
from policystudio.teams.viewer import Viewer
from policystudio.web.proposal.card import Card, card
from tests.factories import DEVELOPMENT, HANGZHOU, SHANGHAI, approve, make_released, source_text
from tests.web.people import browser_of

KEYS = "acs:kms:${region}:${account}:key/*"
SINGLE = Place(DEVELOPMENT, ((HANGZHOU,),), ((HANGZHOU,),))


def allow(*actions: str, **more: Any) -> dict[str, Any]:
    return {"Effect": "Allow", "Action": list(actions), "Resource": [KEYS], **more}


def shown(
    before: list[dict[str, Any]] | None, after: list[dict[str, Any]], *where: Place, language: str = "en"
) -> Card:
    """The card of a change of these statements."""
    texts = [
        json.dumps({"Version": "1", "Statement": each}, indent=2) if each is not None else None
        for each in (before, after)
    ]
    documents = [read_given(text).document if text is not None else None for text in texts]
    revisions = [Revision(number=number, source=text or "") for number, text in enumerate(texts, 1)]
    assert documents[1] is not None
    access = prove(documents[0], documents[1], where or (SINGLE,), catalogue=load())
    with translation.override(language):
        return card(Proof(revisions[0] if before is not None else None, revisions[1], access), 7, load())


def test_the_same_said_otherwise_grants_nothing_new_and_takes_nothing_away() -> None:
    found = shown([allow("kms:Encrypt", "kms:Decrypt")], [allow("kms:Decrypt"), allow("kms:Encrypt")])
    assert found.headline == "Grants nothing new and takes nothing away"
    assert (found.tone, found.groups, found.lost) == ("success", (), "")


def test_one_new_action_is_said_in_words_and_can_be_asked() -> None:
    found = shown([allow("kms:Encrypt")], [allow("kms:Encrypt"), allow("kms:Decrypt")])
    assert found.headline == f"New: `kms:Decrypt` on `{KEYS}` from any address"
    assert found.lost == "Takes nothing away"
    assert found.example.startswith(f"For example: `kms:Decrypt` on `acs:kms:{HANGZHOU}:{DEVELOPMENT}:key/")
    address = urlsplit(found.simulator)
    asked = parse_qs(address.query)
    assert address.path == "/simulator/"
    assert {name: asked[name] for name in ("policy", "revision", "account", "region", "action")} == {
        "policy": ["7"],
        "revision": ["2"],
        "account": [DEVELOPMENT],
        "region": [HANGZHOU],
        "action": ["kms:Decrypt"],
    }
    ((line,),) = [group.lines for group in found.groups]
    assert line.simulator == found.simulator
    assert [(blame.number, blame.href) for blame in line.blames] == [(2, "#diff-L13")]


def test_where_it_is_new_is_told_with_its_conditions() -> None:
    offices = {"Condition": {"IpAddress": {"acs:SourceIp": ["10.0.0.0/8"]}}}
    found = shown([allow("kms:Encrypt")], [allow("kms:Encrypt"), allow("kms:Decrypt", **offices)])
    assert found.headline == f"New: `kms:Decrypt` on `{KEYS}`, if the request's address is in `10.0.0.0/8`"
    assert parse_qs(urlsplit(found.simulator).query)["context"] == ["acs:SourceIp=10.0.0.0"]


def test_what_is_lost_leads_to_the_revision_that_had_it() -> None:
    found = shown([allow("kms:Encrypt", "kms:Decrypt")], [allow("kms:Encrypt")])
    assert found.headline == "Grants nothing new"
    assert found.lost == f"No longer: `kms:Decrypt` on `{KEYS}` from any address"
    assert parse_qs(urlsplit(found.lost_simulator).query)["revision"] == ["1"]
    ((line,),) = [group.lines for group in found.groups]
    assert [blame.href for blame in line.blames] == ["/policies/7/revisions/1/#shown-L4"]


def test_a_first_release_leads_with_the_gravest() -> None:
    found = shown(
        None, [allow("kms:DescribeKey"), allow("kms:ScheduleKeyDeletion")], Place("1", (), (("a",),))
    )
    assert found.headline.startswith("Everything is new, the gravest: `kms:ScheduleKeyDeletion` on")
    assert (found.is_first, found.added, found.removed) == (True, 1, 0)


def test_what_cannot_be_told_names_the_entry_to_blame() -> None:
    doubtful = {"Condition": {"ForAnyValue:StringEquals": {"kms:tag/Team": ["a"]}}}
    found = shown([allow("kms:Encrypt")], [allow("kms:Encrypt"), allow("kms:Decrypt", **doubtful)])
    assert (found.tone, found.headline) == ("warning", "Whether anything is new cannot be told")
    assert "`kms:tag/Team`: `ForAnyValue:StringEquals`, `a`" in found.doubt


def test_what_one_target_gains_is_told_apart_only_where_targets_differ() -> None:
    regions = ["cn-beijing", "cn-hangzhou", "eu-central-1"]
    where = [Place("1", ((each,),), ((each,),)) for each in regions]
    wider = allow("kms:Encrypt", "kms:Decrypt")
    assert [group.heading for group in shown([allow("kms:Encrypt")], [wider], *where).groups] == [""]
    except_here = {"Effect": "Deny", "Action": ["kms:Decrypt"], "Resource": ["acs:kms:eu-central-1:*:*"]}
    (group,) = shown([allow("kms:Encrypt")], [wider, except_here], *where).groups
    assert group.heading == "In 2 targets of 3"
    assert [target.region for target in group.targets] == ["cn-beijing", "cn-hangzhou"]


@pytest.mark.parametrize(
    ("limit", "english", "chinese"),
    [
        (Limit("k", None, True), "the request does not carry `k`", "请求不携带 `k`"),
        (Limit("k", (), False), "the request carries `k`", "请求携带 `k`"),
    ],
)
def test_a_limit_is_said_in_both_languages(limit: Limit, english: str, chinese: str) -> None:
    assert limit_text(limit) == english
    assert limit_text(limit, Language.CHINESE) == chinese


def test_a_limit_says_whether_the_key_may_be_missing() -> None:
    block = (Asked("NotIpAddress", ("10.0.0.0/8",)),)
    may, must = (limit_text(Limit("acs:SourceIp", block, missing)) for missing in (True, False))
    assert (
        may == "the request's address is not in `10.0.0.0/8` (or the request carries no such condition key)"
    )
    assert must == "the request's address is not in `10.0.0.0/8` (and the request carries `acs:SourceIp`)"
    positive = (Asked("StringEquals", ("a",)),)
    assert limit_text(Limit("k:t", positive, missing=True)).endswith(
        "(or the request carries no such condition key)"
    )


@pytest.mark.django_db
def test_the_comparison_of_two_revisions_leads_with_the_card(
    ada: Viewer, rui: Viewer, development: Account
) -> None:
    policy = make_released(ada, rui)
    revise(by=ada, policy=policy, source=source_text(actions=("kms:Encrypt", "kms:Decrypt")), message="more")
    page = browser_of(rui).get(f"/policies/{policy.pk}/compare/")
    assert page.context["card"].headline.startswith("New: `kms:Decrypt`")
    text = page.content.decode()
    assert text.index("What changes in access") < text.index('id="diff"')


@pytest.mark.django_db
def test_a_review_leads_with_the_card_and_its_links_lead_somewhere(
    ada: Viewer, rui: Viewer, development: Account
) -> None:
    policy = make_released(ada, rui)
    revise(by=ada, policy=policy, source=source_text(actions=("kms:Encrypt", "kms:Decrypt")), message="more")
    review = propose(by=ada, policy=policy, message="please")
    client = browser_of(rui)
    page = client.get(f"/reviews/{review.pk}/")
    text = page.content.decode()
    assert text.index('id="permissions"') < text.index('id="state"')
    ((line,),) = [group.lines for group in page.context["what"].card.groups]
    assert f'id="{line.blames[0].href[1:]}"' in text
    assert client.get(line.simulator).status_code == 200


@pytest.mark.django_db
def test_a_target_that_is_taken_away_is_asked_of_the_release_while_that_has_it(
    ada: Viewer, rui: Viewer, development: Account
) -> None:
    policy = make_released(ada, rui)
    sent = [{"account": DEVELOPMENT, "region": SHANGHAI}]
    set_targets(by=ada, policy=policy, targets=sent, expected_version=None)
    review = propose(by=ada, policy=policy, message="elsewhere")
    browser = browser_of(rui)
    found = browser.get(f"/reviews/{review.pk}/").context["what"].card
    asked = parse_qs(urlsplit(found.lost_simulator).query)
    assert (asked["revision"], asked["region"]) == (["released"], [HANGZHOU])
    lines = [line for group in found.groups for line in group.lines]
    addresses = [found.simulator, found.lost_simulator, *(line.simulator for line in lines)]
    assert [browser.get(address).status_code for address in addresses] == [200] * len(addresses)

    approve(rui, review)
    release(by=ada, review=review)
    page = browser.get(f"/reviews/{review.pk}/")
    found = page.context["what"].card
    assert found.lost_simulator == ""
    assert found.lost_unasked in page.content.decode()
    lines = [line for group in found.groups for line in group.lines]
    assert [(line.is_added, bool(line.simulator), bool(line.unasked)) for line in lines] == [
        (True, True, False),
        (False, False, True),
    ]
    assert browser.get(found.simulator).status_code == 200


def test_new_access_without_a_line_is_never_said_to_be_nothing_new() -> None:
    parts = ("Key", "Sec", "Ali", "Tag", "Pol", "Cry", "Sig", "Ver", "Cer", "Imp", "Exp", "Rot", "Ecs", "Oss")
    narrow, wide = [allow(*(f"kms:*{part}*" for part in parts))], [allow("kms:*")]
    found = shown(narrow, wide)
    assert (found.headline, found.tone) == ("Grants new access", "security_warning")
    assert found.doubt
    assert shown(wide, narrow).lost != "Takes nothing away"


@pytest.mark.parametrize("is_gone", [False, True])
def test_what_changes_without_a_line_is_shown_by_a_request(is_gone: bool) -> None:
    parts = ("Key", "Sec", "Ali", "Tag", "Pol", "Cry", "Sig", "Ver", "Cer", "Imp", "Exp", "Rot", "Ecs", "Oss")
    narrow, wide = [allow(*(f"kms:*{part}*" for part in parts))], [allow("kms:*")]
    found = shown(wide, narrow) if is_gone else shown(narrow, wide)
    said = found.lost if is_gone else found.example
    assert "for example: `kms:" in said.lower()
    assert (found.lost_simulator if is_gone else found.simulator).startswith("/simulator/?")
    texts = [json.dumps({"Version": "1", "Statement": each}) for each in (narrow, wide)]
    sources = [read_given(text).document for text in texts]
    before, after = reversed(sources) if is_gone else sources
    assert before is not None
    assert after is not None
    told = prove(before, after, [SINGLE], catalogue=load()).as_json()
    assert told["lost" if is_gone else "witness"] is not None
