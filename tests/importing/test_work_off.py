"""Documents become policies one by one: each wholly or not at all, with a report, and again without harm."""

import json

import pytest

from policystudio.audit.models import Event
from policystudio.audit.verify import verify
from policystudio.errors import Conflict, InvalidInput, NotAllowed, NotFound
from policystudio.importing.models import ImportedDocument
from policystudio.importing.selectors import document_get, import_get, imports
from policystudio.importing.services.create_import import create_import
from policystudio.importing.services.prepare_document import prepare_document
from policystudio.importing.services.work_off import work_off, work_off_one
from policystudio.policies.authors import authors_of
from policystudio.policies.models import Policy, Revision
from policystudio.policies.services.delete_policy import delete_policy
from policystudio.ram.render import Target
from policystudio.ram.unpacking import Found, unpack, unpack_file
from tests.factories import DEVELOPMENT, HANGZHOU, SHANGHAI, make_policy
from tests.importing.texts import concrete, document, reply, zipped

pytestmark = pytest.mark.django_db

HERE = [Target(DEVELOPMENT, HANGZHOU)]


def start(by, text, filename="app.json", **fields):
    unpacked = unpack(text, filename)
    return create_import(by=by, found=unpacked.found, notes=unpacked.notes, label=filename, **fields)


def finish(by, parent):
    """Works the import off; state of each document."""
    while work_off(by=by, parent=parent, seconds=0):
        pass
    return [one.state for one in parent.documents.order_by("number")]


def only(parent):
    return parent.documents.select_related("policy").get()


def test_a_document_becomes_a_draft_with_the_chosen_targets(ada, development):
    parent = start(ada, document(), targets=HERE)
    assert not Policy.objects.exists()
    assert finish(ada, parent) == ["stored"]
    policy = Policy.objects.get()
    assert (policy.name, policy.newest_number, policy.released_number) == ("app", 1, None)
    assert [(t.account.number, t.region) for t in policy.targets.all()] == [(DEVELOPMENT, HANGZHOU)]
    assert (only(parent).policy, only(parent).revision_number) == (policy, 1)


def test_every_step_is_in_the_trail_and_a_message_excuses_no_warning(ada, team):
    parent = start(ada, document("kms:*"))
    finish(ada, parent)
    actions = [event.action for event in Event.objects.order_by("sequence") if event.actor_id == ada.actor_id]
    assert actions == ["import.created", "policy.created", "policy.revised", "import.document"]
    assert Revision.objects.get().message == ""
    assert verify(team.pk).valid


def test_the_same_again_changes_nothing(ada, team):
    finish(ada, start(ada, document()))
    before = Policy.objects.get()
    again = start(ada, json.dumps(json.loads(document())))
    assert finish(ada, again) == ["unchanged"]
    assert only(again).policy == before
    assert Policy.objects.get().version == before.version


def test_another_source_under_a_taken_name_is_refused_or_a_new_revision_as_was_chosen(ada):
    finish(ada, start(ada, document()))
    refused = start(ada, document("kms:Decrypt"))
    assert finish(ada, refused) == ["refused"]
    assert only(refused).problems[0]["code"] == "name-taken"
    assert only(refused).text == document("kms:Decrypt")
    revised = start(ada, document("kms:Decrypt"), on_existing="revise")
    assert finish(ada, revised) == ["stored"]
    assert only(revised).revision_number == 2
    assert finish(ada, start(ada, document("kms:Decrypt"))) == ["unchanged"]


def test_a_text_that_cannot_be_read_says_so_though_its_name_is_taken_too(ada):
    make_policy(ada, "app", targets=())
    for on_existing in ("refuse", "revise"):
        parent = start(ada, document()[:-4], on_existing=on_existing)
        assert finish(ada, parent) == ["refused"]
        assert only(parent).problems[0]["pointer"] == "/source"


def test_names_that_differ_in_letter_case_are_one(ada):
    assert finish(ada, start(ada, document(), "App.json")) == ["stored"]
    assert finish(ada, start(ada, document(), "app.json")) == ["unchanged"]


def test_two_documents_of_one_name_in_one_import_are_one_policy(ada):
    files = {"1/2/app.json": document(), "1/3/app.json": document(), "4/app.json": document("kms:Decrypt")}
    unpacked = unpack_file(zipped(files), "all.zip")
    parent = create_import(by=ada, found=unpacked.found)
    assert finish(ada, parent) == ["stored", "unchanged", "refused"]
    assert Policy.objects.count() == 1


def test_a_text_that_cannot_be_read_is_refused_with_its_place_and_kept(ada):
    text = document().replace('"1",', '"1"')
    parent = start(ada, text)
    assert finish(ada, parent) == ["refused"]
    assert "line 3" in only(parent).problems[0]["detail"]
    assert only(parent).text == text
    assert not Policy.objects.exists()


def test_repairs_are_made_only_when_they_were_chosen(ada):
    faulty = document().replace("]\n", "],\n").replace("  ", "\u00a0 ")
    assert finish(ada, start(ada, faulty)) == ["refused"]
    repaired = start(ada, faulty, repairs=True)
    assert finish(ada, repaired) == ["stored"]
    assert only(repaired).text == faulty
    assert Revision.objects.get().source == document()


def test_a_refused_document_can_be_repaired_renamed_and_tried_again(ada):
    parent = start(ada, document().replace("]\n", "],\n"))
    finish(ada, parent)
    prepared = prepare_document(by=ada, document=only(parent), name="other", is_mended=True)
    assert (prepared.state, prepared.problems) == ("pending", [])
    assert work_off_one(by=ada, document=prepared).state == "stored"
    assert Policy.objects.get().name == "other"
    with pytest.raises(Conflict):
        prepare_document(by=ada, document=only(parent), name="third")


def test_a_skipped_document_stays_out(ada):
    parent = start(ada, document())
    prepare_document(by=ada, document=only(parent), is_skipped=True)
    assert finish(ada, parent) == ["skipped"]
    with pytest.raises(Conflict):
        work_off_one(by=ada, document=only(parent))
    prepare_document(by=ada, document=only(parent))
    assert finish(ada, parent) == ["stored"]


def test_errors_of_meaning_are_stored_as_a_draft_and_counted(ada):
    parent = start(ada, document().replace("acs:kms:", "arn:kms:"))
    assert finish(ada, parent) == ["stored"]
    assert only(parent).findings["error"] >= 1


def test_account_and_region_become_placeholders_only_when_that_was_chosen(ada, development):
    as_it_is = start(ada, concrete(), "one.json", targets=HERE)
    general = start(ada, concrete(), "two.json", targets=HERE, placeholders=True)
    finish(ada, as_it_is)
    finish(ada, general)
    assert Revision.objects.get(policy__name="one").source == concrete()
    assert Revision.objects.get(policy__name="two").source == document()


def test_an_account_of_the_team_is_recognised_without_being_chosen(ada, development):
    parent = start(ada, concrete(region=SHANGHAI), placeholders=True)
    finish(ada, parent)
    assert Revision.objects.get().source == document()


def test_a_document_that_a_builder_makes_is_stored_with_its_parameters(ada, rui):
    from policystudio.builders.builder import all_builders

    builder = all_builders()["crypto-user"]
    source = builder.build({}).source
    parent = start(ada, source)
    finish(ada, parent)
    revision = Revision.objects.get()
    assert (revision.builder, only(parent).builder) == ("crypto-user", "crypto-user")
    assert revision.source == source
    # What nobody has understood yet is no parameter that may be stored, so the document is stored as such.
    finish(ada, start(ada, all_builders()["full-access"].build({}).source, "all.json"))
    assert Revision.objects.get(policy__name="all").builder == ""


def test_a_reply_gives_name_and_description(ada):
    parent = start(ada, json.dumps(reply(document())), "reply.json")
    finish(ada, parent)
    policy = Policy.objects.get()
    assert (policy.name, policy.description) == ("crypto-user", "as it is in the account")


def test_a_sample_without_a_name_is_called_like_its_builder(ada):
    from policystudio.builders.builder import all_builders

    sources = [builder.build({}).source for builder in all_builders().values()]
    parent = start(ada, "\n".join(sources), "page.txt")
    assert [one.name for one in parent.documents.order_by("number")] == list(all_builders())


def test_very_many_documents_without_a_name_are_numbered_instead(ada):
    text = json.dumps([json.loads(document("kms:Encrypt", f"kms:Tag{n}")) for n in range(60)])
    names = list(start(ada, text, "all.json").documents.values_list("name", flat=True))
    assert sorted(names) == sorted(f"all-{n}" for n in range(1, 61))


@pytest.mark.parametrize("name", ["", "a/b c.json", "密钥.json", "x" * 300])
def test_names_are_made_such_that_ram_takes_them_or_asked_for(name, ada):
    parent = create_import(by=ada, found=[Found(document(), name)])
    state = finish(ada, parent)
    assert state == (["stored"] if only(parent).name else ["refused"])
    if state == ["refused"]:
        assert only(parent).problems[0]["pointer"] == "/name"


def test_bytes_that_are_no_text_are_refused_at_once_and_their_text_kept(ada):
    unpacked = unpack_file(document().encode().replace(b"kms", b"k\xffms"), "bad.json")
    parent = create_import(by=ada, found=unpacked.found)
    assert only(parent).state == "refused"
    assert "k\\xffms" in only(parent).text
    assert only(parent).problems[0]["code"] == "not-utf-8"
    with pytest.raises(Conflict):
        prepare_document(by=ada, document=only(parent), is_mended=True)


def test_nul_is_refused_and_shown(ada):
    parent = start(ada, document() + "\0")
    assert (only(parent).state, "␀" in only(parent).text) == ("refused", True)


def test_a_policy_deleted_meanwhile_is_made_anew(ada):
    finish(ada, start(ada, document()))
    delete_policy(by=ada, policy=Policy.objects.get())
    assert finish(ada, start(ada, document())) == ["stored"]
    assert Policy.objects.filter(deleted_at=None).count() == 1


def test_a_target_that_is_gone_refuses_and_says_so(ada, max_, development):
    from policystudio.accounts.services.delete_account import delete_account

    parent = start(ada, document(), targets=HERE)
    delete_account(by=max_, account=development)
    assert finish(ada, parent) == ["refused"]
    assert only(parent).problems[0]["pointer"].startswith("/targets/0")


@pytest.mark.parametrize(
    "wrong",
    [{"on_existing": "overwrite"}, {"region_mode": "both"}, {"targets": [Target("1", "2")]}, {"found": []}],
)
def test_what_cannot_be_done_is_refused_before_anything_is_stored(wrong, ada):
    given = {"by": ada, "found": unpack(document()).found, **wrong}
    with pytest.raises(InvalidInput):
        create_import(**given)
    assert not ImportedDocument.objects.exists()


def test_who_may_not_write_may_not_import(vera, ada):
    with pytest.raises(NotAllowed):
        start(vera, document())
    parent = start(ada, document())
    for forbidden in (
        lambda: work_off(by=vera, parent=parent),
        lambda: work_off_one(by=vera, document=only(parent)),
        lambda: prepare_document(by=vera, document=only(parent), is_skipped=True),
    ):
        with pytest.raises(NotAllowed):
            forbidden()


def test_another_teams_import_does_not_exist(ada, sam):
    parent = start(ada, document())
    for hidden in (
        lambda: import_get(sam, parent.pk),
        lambda: document_get(sam, parent.pk, 1),
        lambda: work_off(by=sam, parent=parent),
        lambda: work_off_one(by=sam, document=only(parent)),
        lambda: prepare_document(by=sam, document=only(parent), is_skipped=True),
    ):
        with pytest.raises(NotFound):
            hidden()
    assert list(imports(sam)) == []
    assert only(parent).state == "pending"


def test_a_name_of_another_team_is_free(ada, sam):
    make_policy(sam, "app", targets=())
    assert finish(ada, start(ada, document())) == ["stored"]


def test_who_sent_or_prepared_a_document_counts_as_an_author_of_what_becomes_of_it(
    ada, rui, noor, development
):
    parent = start(rui, document(), targets=HERE)
    prepare_document(by=noor, document=only(parent), is_mended=True)
    assert finish(ada, parent) == ["stored"]
    assert authors_of(only(parent).policy) == {ada.actor_id, rui.actor_id, noor.actor_id}
    other = start(noor, document("kms:Decrypt"), on_existing="revise")
    assert finish(ada, other) == ["stored"]
    assert authors_of(only(other).policy) >= {noor.actor_id}


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty-text"),
        (b" \r\n", "empty-text"),
        (b"words", "document-not-an-object"),
        (b"[]", "document-not-an-object"),
    ],
)
def test_a_file_that_holds_no_document_is_refused_at_once_with_the_reason(data, code, ada):
    files = {"app.json": document(), "nothing.json": data.decode()}
    parent = create_import(by=ada, found=unpack_file(zipped(files), "all.zip").found)
    empty = parent.documents.get(number=2)
    assert (empty.state, empty.name, empty.problems[0]["code"]) == ("refused", "nothing", code)
    assert finish(ada, parent) == ["stored", "refused"]
    with pytest.raises(Conflict):
        prepare_document(by=ada, document=empty, is_mended=True)


def test_of_two_sources_under_one_name_in_one_import_the_second_is_told_and_hides_nothing(ada):
    files = {"one/app.json": document(), "two/App.json": document("kms:Decrypt"), "six/app.json": document()}
    found = unpack_file(zipped(files), "all.zip").found
    for state in ("stored", "unchanged"):
        parent = create_import(by=ada, found=found, on_existing="revise")
        assert finish(ada, parent) == [state, "refused", "unchanged"]
        second = parent.documents.get(number=2)
        assert second.problems[0]["code"] == "name-twice-in-import"
        assert "one/app.json" in second.problems[0]["detail"]
        assert Policy.objects.get().newest_number == 1
    renamed = prepare_document(by=ada, document=second, name="app-two")
    assert work_off_one(by=ada, document=renamed).state == "stored"
    assert sorted(Policy.objects.values_list("name", flat=True)) == ["app", "app-two"]


def test_the_same_import_may_revise_a_policy_that_was_there_before_once(ada):
    finish(ada, start(ada, document("kms:Encrypt")))
    found = [Found(document("kms:Decrypt"), "app"), Found(document("kms:Encrypt"), "app")]
    parent = create_import(by=ada, found=found, on_existing="revise")
    assert finish(ada, parent) == ["stored", "refused"]
    assert Policy.objects.get().newest_number == 2
