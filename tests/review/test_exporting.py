"""What is handed out is what was released; an altered document is an incident and not an answer."""

from __future__ import annotations

import json

import pytest

from policystudio.audit.models import Event
from policystudio.audit.verify import verify
from policystudio.errors import NotAllowed, NotFound
from policystudio.review.exporting import export_one, export_rows
from policystudio.review.services.refusals import IntegrityBroken
from policystudio.teams.permissions import Scope
from policystudio.teams.viewer import Viewer
from tests.factories import DEVELOPMENT, HANGZHOU, SHANGHAI, make_released


@pytest.fixture
def released(ada, rui, development):
    return make_released(ada, rui)


def test_export_takes_one_query(released, vera, django_assert_num_queries):
    with django_assert_num_queries(1):
        export_one(vera, DEVELOPMENT, HANGZHOU, "app-decrypt")
    with django_assert_num_queries(1):
        list(export_rows(vera))


def test_altered_document_is_not_served_and_the_trail_says_so(released, vera, unprotected, team):
    export_one(vera, DEVELOPMENT, HANGZHOU, "app-decrypt")
    unprotected.execute("UPDATE review_releaseddocument SET text = replace(text, 'kms:Encrypt', 'kms:*')")
    with pytest.raises(IntegrityBroken):
        export_one(vera, DEVELOPMENT, HANGZHOU, "app-decrypt")
    assert Event.objects.latest("sequence").action == "export.integrity_broken"
    assert not verify(team.pk).valid


def test_altered_entry_is_not_served(released, vera, unprotected):
    unprotected.execute("UPDATE review_releaseddocument SET entry = replace(entry, 'kms:Encrypt', 'kms:*')")
    with pytest.raises(IntegrityBroken):
        list(export_rows(vera))
    assert Event.objects.latest("sequence").action == "export.integrity_broken"


@pytest.mark.parametrize("name", ["App-decrypt", "app-decrypt\0", "", "app-decrypt ", "%"])
def test_name_is_taken_literally(released, vera, name):
    with pytest.raises(NotFound):
        export_one(vera, DEVELOPMENT, HANGZHOU, name)


def test_bulk_export_is_filtered_and_in_order(released, ada, rui, vera, development):
    make_released(ada, rui, name="another", targets=[(DEVELOPMENT, SHANGHAI), (DEVELOPMENT, HANGZHOU)])

    def exported(**filters):
        return [(e["region"], e["name"]) for e in map(json.loads, export_rows(vera, **filters))]

    everything = [(HANGZHOU, "another"), (HANGZHOU, "app-decrypt"), (SHANGHAI, "another")]
    assert exported() == exported(account=DEVELOPMENT) == everything
    assert exported(region=SHANGHAI) == everything[2:]
    assert exported(account="1") == exported(account="1\0") == exported(region="\0") == []


def test_token_needs_the_scope_for_export(released, vera):
    for scopes, is_allowed in (({Scope.READ}, False), ({Scope.EXPORT}, True)):
        viewer = Viewer(member=vera.member, token_id=1, scopes=frozenset(scopes))
        if is_allowed:
            export_one(viewer, DEVELOPMENT, HANGZHOU, "app-decrypt")
            list(export_rows(viewer))
        else:
            with pytest.raises(NotAllowed):
                export_one(viewer, DEVELOPMENT, HANGZHOU, "app-decrypt")
            with pytest.raises(NotAllowed):
                export_rows(viewer)
