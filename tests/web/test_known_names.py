"""Adding a name that the team has seen work, from a finding to the catalogue, and what grew by it."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from policystudio.audit.models import Event
from policystudio.catalog import load
from policystudio.policies.models import Policy
from policystudio.standards.models import KnownName
from policystudio.teams.viewer import Viewer
from policystudio.web.catalogue_age import OLD, age_of
from policystudio.web.forms.unknown_names import UnknownName, unknown_names
from tests import factories
from tests.validation.conftest import NOW
from tests.web.people import browser_of

pytestmark = pytest.mark.django_db
NEW = {"kind": "action", "name": "kms:SpinKey", "note": "tried in the sandbox", "seen_on": "2026-01-31"}


def text_of(client: object, address: str) -> str:
    page = client.get(address)  # type: ignore[attr-defined]
    assert page.status_code == 200
    return str(page.content.decode())


def test_name_is_added_shown_everywhere_as_the_teams_and_removed(rui: Viewer, vera: Viewer) -> None:
    client, reader = browser_of(rui), browser_of(vera)
    answer = client.post("/catalogue/names/new/", NEW)
    assert (answer.status_code, answer["Location"]) == (302, "/catalogue/names/")
    assert "tried in the sandbox" in text_of(reader, "/catalogue/names/")
    assert "added by your team" in text_of(reader, "/catalogue/?q=SpinKey")
    action = text_of(reader, "/catalogue/actions/kms:SpinKey/")
    assert "tried in the sandbox" in action
    assert "unknown, so any may be meant" in action
    assert "Remove it from the catalogue" not in action
    assert "Remove it from the catalogue" in text_of(client, "/catalogue/actions/kms:SpinKey/")
    name = KnownName.objects.get()
    stale = client.post(f"/catalogue/names/{name.pk}/remove/", {"version": "7"})
    assert stale.status_code == 412
    assert client.post(f"/catalogue/names/{name.pk}/remove/", {"version": "1"}).status_code == 302
    gone = reader.get("/catalogue/actions/kms:spinkey/")
    assert gone.status_code == 410
    assert "Removed by rui" in gone.content.decode()
    assert "No policy of your team uses it" in gone.content.decode()
    assert [e.action for e in Event.objects.order_by("pk")][-2:] == ["known_name.added", "known_name.removed"]


def test_what_is_wrong_stands_at_its_field_and_nothing_typed_is_lost(rui: Viewer) -> None:
    client = browser_of(rui)
    answer = client.post(
        "/catalogue/names/new/",
        {**NEW, "name": "kms:Decrypt", "seen_on": "2999-01-01", "resource_types": ["key", "moon"]},
    )
    assert answer.status_code == 422
    form = answer.context["form"]
    assert set(form.errors) == {"name", "seen_on"}
    assert answer.context["type_errors"]
    assert "tried in the sandbox" in answer.content.decode()
    assert [id for id, _label, is_chosen in answer.context["types"] if is_chosen] == ["key"]
    assert client.post("/catalogue/names/new/", {}).status_code == 422
    factories.make_known_name(rui)
    again = client.post("/catalogue/names/new/", NEW)
    assert "added kms:SpinKey already" in str(again.context["form"].errors)
    in_other_case = client.post("/catalogue/names/new/", {**NEW, "name": "kms:SPINKEY"}).content.decode()
    assert f'/catalogue/names/#name-{KnownName.objects.get().pk}">kms:SpinKey</a>' in in_other_case
    assert KnownName.objects.count() == 1


def test_condition_key_is_added_and_shown_among_the_others(rui: Viewer) -> None:
    client = browser_of(rui)
    client.post("/catalogue/names/new/", {**NEW, "kind": "condition_key", "name": "kms:Purpose/"})
    assert "kms:Purpose/${Name}" in text_of(client, "/catalogue/condition-keys/")


def test_author_is_told_whom_to_ask_and_may_send_the_address(ada: Viewer) -> None:
    page = text_of(browser_of(ada), "/catalogue/names/new/?kind=action&name=kms:SpinKey")
    assert '<form method="post" class="form"' not in page
    assert "kms:SpinKey" in page
    assert browser_of(ada).post("/catalogue/names/new/", NEW).status_code == 403


def test_finding_leads_to_the_form_with_the_name_filled_in(
    rui: Viewer, ada: Viewer, development: object
) -> None:
    source = factories.source_text(actions=("kms:SpinKey",))
    policy = factories.make_policy(ada, "spins", source=source)
    link = "/catalogue/names/new/?kind=action&amp;name=kms%3ASpinKey"
    address = reverse("edit_json", args=[policy.pk])
    assert link in text_of(browser_of(ada), address)
    form = browser_of(rui).get(link.replace("&amp;", "&")).context["form"]
    assert (form["kind"].value(), form["name"].value()) == ("action", "kms:SpinKey")
    factories.make_known_name(rui)
    after = text_of(browser_of(ada), address)
    assert link not in after
    assert "unknown-action" not in after
    assert "(added by your team)" in after


def test_text_of_a_name_is_escaped(rui: Viewer) -> None:
    factories.make_known_name(rui, note="<script>alert(1)</script>\u202e")
    for address in ("/catalogue/names/", "/catalogue/actions/kms:SpinKey/"):
        page = text_of(browser_of(rui), address)
        assert "<script>alert" not in page
        assert "\u202e" not in page
    hostile = "/catalogue/names/new/?name=%22%3E%3Cscript%3Ealert(1)%3C/script%3E&kind=%3Cb%3E"
    assert "<script>alert" not in text_of(browser_of(rui), hostile)


def test_grown_patterns_are_listed_and_told_on_the_home_page(
    rui: Viewer, ada: Viewer, sam: Viewer, development: object
) -> None:
    source = factories.source_text(actions=("kms:Get*", "kms:Encrypt"))
    factories.make_released(ada, rui, name="wide", source=source)
    client = browser_of(ada)
    assert "patterns that grew" not in text_of(client, "/")
    assert "No released pattern has grown" in text_of(client, "/catalogue/grown/")
    factories.make_known_name(rui, "kms:GetKeySpin")
    assert "patterns that grew" in text_of(client, "/")
    assert "1 released policy holds patterns" in text_of(client, "/catalogue/")
    page = text_of(client, "/catalogue/grown/")
    assert "now also allows" in page
    assert "added by rui of your team" in page
    assert "kms:GetKeySpin" in page
    assert f"/policies/{Policy.objects.get(name='wide').pk}/" in page
    assert "wide" not in text_of(browser_of(sam), "/catalogue/grown/")


@pytest.mark.parametrize("part", ["", "resource-types/", "condition-keys/", "regions/", "system-policies/"])
def test_every_part_of_the_catalogue_says_how_old_and_how_sure_it_is(vera: Viewer, part: str) -> None:
    page = browser_of(vera).get(f"/catalogue/{part}")
    age = page.context["age"]
    assert age.compiled_on == load().compiled_on
    assert age.days == max(0, (timezone.localdate() - load().compiled_on).days)
    assert dict(age.counts).keys() == {"documented", "derived-from-SDK", "inferred"}
    text = page.content.decode()
    assert "Facts as of" in text
    assert "Nothing was tried against a live account" in text


def test_old_catalogue_says_that_it_is_old() -> None:
    compiled_on = load().compiled_on
    assert not age_of(load(), compiled_on + OLD).is_old
    assert age_of(load(), compiled_on + OLD + timedelta(days=1)).is_old
    assert age_of(load(), date(2000, 1, 1)).days == 0


def test_names_are_taken_from_where_the_finding_points() -> None:
    from policystudio.validation.pipeline import validate

    statements = [
        {"Effect": "Allow", "Action": "kms:SpinKey", "Resource": "*"},
        {"Effect": "Deny", "Action": ["kms:Encrypt", "kms:SpinKeys"], "Resource": "*"},
        {
            "Effect": "Allow",
            "Action": "kms:Encrypt",
            "Resource": "*",
            "Condition": {"StringEquals": {"kms:Purpose/a~b/c": "x", "kms:Flavour": "x", "acs:Flavour": "x"}},
        },
    ]
    text = json.dumps({"Version": "1", "Statement": statements})
    findings = validate(text, catalogue=load(), now=NOW).findings
    assert set(unknown_names(text, findings).values()) == {
        UnknownName("action", "kms:SpinKey"),
        UnknownName("action", "kms:SpinKeys"),
        UnknownName("condition_key", "kms:Purpose/"),
        UnknownName("condition_key", "kms:Flavour"),
    }


def test_who_uses_a_name_is_told_before_and_after_it_is_removed(
    rui: Viewer, ada: Viewer, sam: Viewer, development: object
) -> None:
    name = factories.make_known_name(rui)
    factories.make_policy(ada, "spins", source=factories.source_text(actions=("kms:spinkey",)))
    factories.make_policy(ada, "wide", source=factories.source_text(actions=("kms:*",)))
    factories.make_policy(ada, "other", source=factories.source_text(actions=("kms:Encrypt",)))
    client, address = browser_of(rui), f"/catalogue/names/{name.pk}/remove/"
    before = text_of(client, address)
    assert "1 policy names it and is warned of it again." in before
    assert [use.policy.name for use in client.get(address).context["uses"]] == ["spins", "wide"]
    assert factories.DEVELOPMENT in before
    assert "is warned of it again" in client.post(address, {"version": "1"}, follow=True).content.decode()
    gone = browser_of(ada).get("/catalogue/actions/kms:SpinKey/")
    assert [use.policy.name for use in gone.context["uses"]] == ["spins", "wide"]
    assert browser_of(sam).get("/catalogue/actions/kms:SpinKey/").status_code == 404
