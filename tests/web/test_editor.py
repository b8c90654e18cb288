"""The JSON editor: what is typed is judged as typed, kept as typed, and offered to the builder that makes it."""

from __future__ import annotations

from typing import Any

import pytest

from policystudio.accounts.models import Account
from policystudio.policies.models import Policy
from policystudio.policies.selectors import newest_revision
from policystudio.policies.services.revise import revise
from policystudio.teams.viewer import Viewer
from tests.factories import DEVELOPMENT, HANGZHOU, source_text
from tests.web.people import browser_of

pytestmark = pytest.mark.django_db
FAULTY = '{"Version": "1", "Statement": [],}'


def test_a_document_is_saved_as_a_draft(ada: Viewer, development: Account) -> None:
    fields = {
        "name": "own",
        "source": source_text(),
        "targets": f"{DEVELOPMENT}|{HANGZHOU}",
        "message": "mine",
    }
    assert browser_of(ada).post("/policies/editor/", fields).status_code == 302
    assert newest_revision(Policy.objects.get()).source == source_text()


def test_line_ends_of_the_form_are_not_part_of_the_document(ada: Viewer, development: Account) -> None:
    browser_of(ada).post("/policies/editor/", {"name": "own", "source": source_text().replace("\n", "\r\n")})
    assert newest_revision(Policy.objects.get()).source == source_text()


def test_a_faulty_document_comes_back_exactly_with_its_place(ada: Viewer, development: Account) -> None:
    page = browser_of(ada).post("/policies/editor/", {"name": "own", "source": FAULTY})
    assert (page.status_code, Policy.objects.count()) == (422, 0)
    assert page.context["source"] == FAULTY
    assert any(id == "source" and text.startswith("line 1, column") for id, text in page.context["summary"])


def test_the_result_offers_the_builder_that_makes_the_document(ada: Viewer, development: Account) -> None:
    answer = browser_of(ada).post("/policies/editor/preview/", {"source": source_text()})
    assert answer.context["offered"].slug == "crypto-user"
    assert "<html" not in answer.content.decode()


def test_a_fix_is_shown_as_a_change_before_it_is_applied(ada: Viewer, development: Account) -> None:
    text = browser_of(ada).post("/policies/editor/preview/", {"source": FAULTY}).content.decode()
    assert "trailing-comma" in text
    assert '<del class="small-diff__line">' in text
    assert 'data-fix="[{' in text


def test_the_editor_is_told_each_finding_with_its_place(ada: Viewer) -> None:
    found = browser_of(ada).post("/policies/editor/validate/", {"text": FAULTY}).json()["findings"]
    assert ("trailing-comma", 1) in {(finding["code"], finding["line"]) for finding in found}


def test_completions_explain_actions_resources_and_keys(vera: Viewer) -> None:
    found = browser_of(vera).get("/policies/editor/completions/").json()
    assert {"name": "kms:Decrypt", "info": "Turns ciphertext into plaintext."} in found["actions"]
    assert all(found[kind] for kind in ("resources", "keys"))


def test_the_next_revision_is_saved_over_the_version_that_was_opened(ada: Viewer, policy: Policy) -> None:
    client = browser_of(ada)
    page = client.get(f"/policies/{policy.pk}/edit/json/")
    fields: dict[str, Any] = {"source": source_text(key="key-hzz2"), "version": page.context["version"]}
    revise(by=ada, policy=policy, source=source_text(key="theirs"), message="")
    stale = client.post(f"/policies/{policy.pk}/edit/json/", fields)
    assert stale.status_code == 412
    assert stale.context["source"] == fields["source"]
    assert (
        client.post(
            f"/policies/{policy.pk}/edit/json/", {**fields, "version": stale.context["version"]}
        ).status_code
        == 302
    )
    policy.refresh_from_db()
    assert newest_revision(policy).source == fields["source"]


def test_markup_in_a_document_is_shown_and_never_run(ada: Viewer, development: Account) -> None:
    text = (
        browser_of(ada)
        .post("/policies/editor/preview/", {"source": source_text(key="<script>x</script>")})
        .content.decode()
    )
    assert "<script>" not in text
    assert "&lt;script&gt;" in text


def test_whoever_may_not_write_gets_no_editor(vera: Viewer, ada: Viewer) -> None:
    assert browser_of(vera).get("/policies/editor/").status_code == 403
    assert browser_of(ada).get("/policies/editor/").status_code == 200
