"""A builder's form: every builder, what is typed and refused, the live result, and saving over somebody else."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from django.http import QueryDict

from policystudio.accounts.models import Account
from policystudio.builders.builder import Builder, all_builders
from policystudio.policies.models import Policy, Revision
from policystudio.policies.selectors import newest_revision
from policystudio.policies.services.revise import revise
from policystudio.teams.viewer import Viewer
from policystudio.web.forms.builder_form import BuilderForm
from policystudio.web.forms.kind import kind_of
from tests.factories import DEVELOPMENT, HANGZHOU, make_policy
from tests.web.people import browser_of

pytestmark = pytest.mark.django_db
NAMES = {
    "p.operations": ["encrypt", "decrypt"],
    "p.keys": "these",
    "p.keys.names": "key-1\nkey-2",
    "p.aliases": "none",
}


def crypto_user(**fields: Any) -> dict[str, Any]:
    return {"name": "payments", "targets": f"{DEVELOPMENT}|{HANGZHOU}", "action": "save", **NAMES, **fields}


def test_every_kind_of_parameter_can_be_drawn() -> None:
    for builder in all_builders().values():
        for parameter in (*builder.parameters, *builder.conditions.parts):
            assert kind_of(parameter).template


def typed(fields: dict[str, Any]) -> QueryDict:
    data = QueryDict(mutable=True)
    for name, value in fields.items():
        data.setlist(name, value if isinstance(value, list) else [value])
    return data


def as_typed(builder: Builder) -> dict[str, Any]:
    """What a browser sends from the untouched form."""
    fields: dict[str, Any] = {}
    for section in BuilderForm(builder, builder.defaults()).sections:
        for field in section.fields:
            inputs, name = field.inputs, field.id
            if "choice" in inputs:
                fields |= {name: inputs["choice"], f"{name}.names": "\n".join(inputs["names"])}
            elif "choices" in inputs:
                fields[name] = [choice["value"] for choice in inputs["choices"] if choice["checked"]]
            elif "checked" in inputs:
                fields |= {name: "on"} if inputs["checked"] else {}
            elif "values" in inputs:
                fields[name] = "\n".join(inputs["values"])
            for row in inputs.get("rows", ()):
                if "secret" in row:
                    fields |= {f"{row['name']}.name": row["secret"], f"{row['name']}.key": row["key"]}
                else:
                    fields |= {
                        f"{row['name']}.key": row["key"],
                        f"{row['name']}.values": "\n".join(row["values"]),
                    }
    return fields


@pytest.mark.parametrize("builder", all_builders().values(), ids=lambda builder: builder.slug)
def test_the_untouched_form_of_every_builder_makes_its_sample(builder: Builder) -> None:
    form = BuilderForm.typed(builder, typed(as_typed(builder)))
    assert form.problems == ()
    assert form.parameters == builder.defaults()


@pytest.mark.parametrize("slug", all_builders())
def test_every_builder_has_a_form_with_its_result(ada: Viewer, development: Account, slug: str) -> None:
    page = browser_of(ada).get(f"/policies/new/{slug}/")
    assert page.status_code == 200
    assert page.context["result"].validation.document is not None
    assert "Allows" in page.content.decode()


def test_conditions_are_read_from_their_switches_and_kept_when_empty() -> None:
    builder = all_builders()["crypto-user"]
    fields = {
        "p.conditions.not_after.on": "on",
        "p.conditions.not_after": "2026-12-31T18:00",
        "p.conditions.not_after.zone": "+08:00",
        "p.conditions.source_ip.on": "on",
        "p.conditions.https.on": "on",
        "p.conditions.mfa": "on",
    }
    given = kind_of(builder.conditions).read(builder.conditions, typed(fields), "p.conditions")
    assert given == {"source_ip": [], "https": True, "not_after": "2026-12-31T18:00:00+08:00"}


def test_a_policy_is_saved_with_its_parameters_and_targets(ada: Viewer, development: Account) -> None:
    answer = browser_of(ada).post("/policies/new/crypto-user/", crypto_user(message="first"))
    policy = Policy.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"/policies/{policy.pk}/")
    revision = newest_revision(policy)
    assert revision.parameters is not None
    assert (revision.builder, revision.parameters["keys"], revision.message) == (
        "crypto-user",
        ["key-1", "key-2"],
        "first",
    )
    assert policy.targets.count() == 1


def test_all_regions_of_an_account_are_those_it_has_enabled(ada: Viewer, development: Account) -> None:
    browser_of(ada).post("/policies/new/crypto-user/", crypto_user(targets=[], all_regions=DEVELOPMENT))
    assert sorted(Policy.objects.get().targets.values_list("region", flat=True)) == sorted(
        development.regions
    )


def test_what_is_refused_comes_back_as_it_was_typed_with_its_reason(
    ada: Viewer, development: Account
) -> None:
    fields = crypto_user(name="no blanks", description="why", **{"p.keys.names": "key-1\nbad:key"})
    page = browser_of(ada).post("/policies/new/crypto-user/", fields)
    text = page.content.decode()
    assert (page.status_code, Policy.objects.count()) == (422, 0)
    assert "bad:key" in text
    assert 'value="no blanks"' in text
    assert ">\nwhy</textarea>" in text
    assert {id for id, _text in page.context["summary"]} >= {"name"}


def test_an_understanding_that_is_missing_is_asked_for_at_its_box(ada: Viewer, development: Account) -> None:
    page = browser_of(ada).post("/policies/new/full-access/", {"name": "all", "action": "save"})
    assert page.status_code == 422
    assert "p.understood" in {id for id, _text in page.context["summary"]}


def test_a_name_that_is_taken_is_said_at_the_name(ada: Viewer, policy: Policy) -> None:
    page = browser_of(ada).post("/policies/new/crypto-user/", crypto_user(name=policy.name.upper()))
    assert page.status_code == 422
    assert "name" in page.context["errors"]


def preview(viewer: Viewer, **fields: Any) -> Any:
    return browser_of(viewer).post(
        "/policies/new/crypto-user/preview/", crypto_user(**fields), headers={"HX-Request": "true"}
    )


def test_the_preview_answers_with_the_result_alone(ada: Viewer, development: Account) -> None:
    answer = preview(ada)
    assert answer.status_code == 200
    assert "<html" not in answer.content.decode()
    assert "the key <code>key-1</code> and the key <code>key-2</code>" in answer.content.decode()
    assert Policy.objects.count() == 0


@pytest.mark.parametrize("show_as", ["", f"{DEVELOPMENT}|{HANGZHOU}"])
def test_the_sentences_lead_to_the_lines_of_what_is_shown(
    ada: Viewer, development: Account, show_as: str
) -> None:
    html = preview(ada, show_as=show_as).content.decode()
    led_to = re.findall(r'class="said" href="#(shown-L[0-9]+)"', html)
    assert led_to
    assert all(f'id="{line}"' in html for line in led_to)


def test_a_preview_of_a_faulty_form_keeps_the_last_result(ada: Viewer, development: Account) -> None:
    answer = preview(ada, **{"p.keys.names": "bad:key"})
    assert answer["HX-Retarget"] == "#result-problems"
    assert "bad:key" in answer.content.decode()


def test_the_document_of_one_target_can_be_shown(ada: Viewer, development: Account) -> None:
    shown = preview(ada, show_as=f"{DEVELOPMENT}|{HANGZHOU}").context["result"].shown
    assert f"acs:kms:{HANGZHOU}:{DEVELOPMENT}:key/key-1" in json.loads(shown)["Statement"][0]["Resource"]


def test_reasons_typed_beside_findings_are_saved(ada: Viewer, development: Account) -> None:
    fields = {
        "name": "all",
        "p.understood": "on",
        "reason.every-kms-action-on-every-resource": "break glass",
        "action": "save",
    }
    browser_of(ada).post("/policies/new/full-access/", fields)
    assert Revision.objects.get().reasons == {"every-kms-action-on-every-resource": "break glass"}


def made(ada: Viewer) -> Policy:
    return make_policy(ada, "payments", builder="crypto-user", parameters={"keys": ["key-1"], "aliases": []})


def test_the_form_opens_as_it_was_saved_and_saves_the_next_revision(
    ada: Viewer, development: Account
) -> None:
    policy = made(ada)
    client = browser_of(ada)
    page = client.get(f"/policies/{policy.pk}/edit/")
    assert page.context["form"].parameters["keys"] == ["key-1"]
    fields = {
        **NAMES,
        "builder": "crypto-user",
        "version": page.context["version"],
        "message": "two keys",
        "action": "save",
    }
    answer = client.post(f"/policies/{policy.pk}/edit/", fields)
    assert answer.status_code == 302
    policy.refresh_from_db()
    assert newest_revision(policy).number == 2


def test_saving_over_somebody_else_shows_both_and_saves_only_when_asked_again(
    ada: Viewer, development: Account
) -> None:
    policy, client = made(ada), browser_of(ada)
    fields: dict[str, Any] = {**NAMES, "builder": "crypto-user", "version": policy.version, "action": "save"}
    revise(
        by=ada,
        policy=policy,
        builder="crypto-user",
        parameters={"keys": ["theirs"], "aliases": []},
        message="",
    )
    page = client.post(f"/policies/{policy.pk}/edit/", fields)
    assert page.status_code == 412
    assert "theirs" in page.content.decode()
    assert "key-2" in page.content.decode()
    policy.refresh_from_db()
    assert policy.newest_number == 2
    assert (
        client.post(
            f"/policies/{policy.pk}/edit/", {**fields, "version": page.context["version"]}
        ).status_code
        == 302
    )


def test_an_older_revision_can_be_the_start_of_the_next(ada: Viewer, development: Account) -> None:
    policy = made(ada)
    revise(by=ada, policy=policy, builder="crypto-user", parameters={"keys": "all"}, message="")
    page = browser_of(ada).get(f"/policies/{policy.pk}/edit/?from=1")
    assert page.context["form"].parameters["keys"] == ["key-1"]


def test_a_document_that_a_builder_makes_opens_in_its_form_with_a_way_back(
    ada: Viewer, policy: Policy
) -> None:
    page = browser_of(ada).get(f"/policies/{policy.pk}/edit/")
    assert page.context["is_detected"]
    assert f"/policies/{policy.pk}/edit/json/" in page.content.decode()


def test_a_document_that_no_builder_makes_opens_in_the_editor(ada: Viewer, development: Account) -> None:
    source = '{"Version": "1", "Statement": [{"Effect": "Deny", "Action": "kms:Encrypt", "Resource": "*"}]}'
    policy = make_policy(ada, "own", source=source)
    assert (
        browser_of(ada).get(f"/policies/{policy.pk}/edit/")["Location"]
        == f"/policies/{policy.pk}/edit/statements/"
    )


def test_switching_to_json_and_back_loses_nothing(ada: Viewer, development: Account) -> None:
    client = browser_of(ada)
    editor = client.post("/policies/new/crypto-user/", crypto_user(action="json", description="why"))
    assert editor.context["offered"].slug == "crypto-user"
    assert (editor.context["fields"].name, editor.context["fields"].description) == ("payments", "why")
    back = client.post(
        "/policies/new/crypto-user/", crypto_user(action="detected", source=editor.context["source"])
    )
    assert back.context["form"].parameters["keys"] == ["key-1", "key-2"]
    assert back.context["fields"].targets == editor.context["fields"].targets


def test_whoever_may_not_write_gets_no_form(vera: Viewer, ada: Viewer, development: Account) -> None:
    assert browser_of(vera).get("/policies/new/crypto-user/").status_code == 403
    assert browser_of(ada).get("/policies/new/crypto-user/").status_code == 200


def test_an_unknown_builder_is_not_found(ada: Viewer) -> None:
    assert browser_of(ada).get("/policies/new/no-such-builder/").status_code == 404


def test_a_policy_of_another_team_is_not_found(sam: Viewer, policy: Policy) -> None:
    assert browser_of(sam).get(f"/policies/{policy.pk}/edit/").status_code == 404
