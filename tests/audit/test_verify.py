"""Whatever an operator with access to the database changes, `verify` names it. Each test has the triggers off."""

from __future__ import annotations

import hashlib

import pytest

from policystudio.audit.chain import START, event_hash
from policystudio.audit.models import Event, Head
from policystudio.audit.selectors import HeadState, head
from policystudio.audit.verify import verify
from policystudio.review.models import Current, Decision, Release, ReleasedDocument
from policystudio.teams.services.change_role import change_role
from tests.factories import make_policy, make_released


@pytest.fixture
def trail(ada, rui, team, development):
    """A team in which a policy was written, approved and released."""
    make_released(ada, rui)
    make_policy(ada, "another")
    assert verify(team.pk).valid
    return team.pk


def bad(team_id, **known):
    found = verify(team_id, **known)
    assert not found.valid
    return found.first_bad


def test_untouched_trail_is_in_order_and_counts_every_event(trail):
    found = verify(trail)
    assert found.as_json() == {
        "valid": True,
        "count": Event.objects.filter(team_id=trail).count(),
        "head": {
            "sequence": found.count,
            "hash": Event.objects.get(team_id=trail, sequence=found.count).hash,
        },
        "first_bad": None,
    }


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("actor_name", "somebody else"),
        ("actor_id", 999),
        ("address", "203.0.113.9"),
        ("action", "policy.deleted"),
        ("object_id", 4711),
        ("object_name", "x"),
        ("data", '{"verdict": "approve"}'),
        ("data", '{"fraction": 1.5}'),
        ("at", "2020-01-01 00:00:00+00:00"),
        ("token_id", 1),
        ("after_sha256", "0" * 64),
        ("hash", "0" * 64),
    ],
)
def test_edited_event_is_found(trail, unprotected, column, value):
    unprotected.execute(
        f"UPDATE audit_event SET {column} = %s WHERE team_id = %s AND sequence = 4", [value, trail]
    )
    assert bad(trail).sequence == 4


def test_edited_event_with_its_hash_made_anew_is_found_at_the_next_one(trail, unprotected):
    event = Event.objects.get(team_id=trail, sequence=4)
    event.actor_name = "somebody else"
    unprotected.execute(
        "UPDATE audit_event SET actor_name = %s, hash = %s WHERE id = %s",
        [event.actor_name, event_hash(event), event.pk],
    )
    assert bad(trail).sequence == 5


def test_deleted_event_is_found(trail, unprotected):
    unprotected.execute("DELETE FROM audit_event WHERE team_id = %s AND sequence = 3", [trail])
    assert bad(trail).sequence == 4


def test_swapped_events_are_found(trail, unprotected):
    for before, after in ((3, 1000), (4, 3), (1000, 4)):
        unprotected.execute(
            "UPDATE audit_event SET sequence = %s WHERE team_id = %s AND sequence = %s",
            [after, trail, before],
        )
    assert bad(trail).sequence == 3


def test_inserted_event_is_found(trail):
    last = Event.objects.filter(team_id=trail).latest("sequence")
    forged = Event.objects.get(pk=last.pk)
    forged.pk, forged.sequence, forged.previous_hash = None, last.sequence + 1, last.hash
    forged.hash = event_hash(forged)
    forged.save(force_insert=True)
    assert bad(trail).reason == "stands behind the head"


def test_cut_off_tail_is_found_by_the_head(trail, unprotected):
    unprotected.execute("DELETE FROM audit_event WHERE team_id = %s AND sequence > 5", [trail])
    assert bad(trail).sequence == 6


def test_cut_off_tail_with_the_head_set_back_is_found_by_a_head_from_the_log(trail, unprotected, ada, max_):
    change_role(by=max_, member=ada.member, role="viewer")
    logged = head(trail)
    unprotected.execute(
        "DELETE FROM audit_event WHERE team_id = %s AND sequence = %s", [trail, logged.sequence]
    )
    last = Event.objects.get(team_id=trail, sequence=logged.sequence - 1)
    Head.objects.filter(team_id=trail).update(sequence=last.sequence, hash=last.hash)
    assert verify(trail).valid
    assert bad(trail, known=logged).sequence == logged.sequence
    assert bad(trail, known=HeadState(3, START)).sequence == 3


def test_cut_off_tail_is_found_by_what_it_told_of(trail, unprotected):
    unprotected.execute("DELETE FROM audit_event WHERE team_id = %s AND sequence > 6", [trail])
    last = Event.objects.get(team_id=trail, sequence=6)
    Head.objects.filter(team_id=trail).update(sequence=6, hash=last.hash)
    assert bad(trail).reason == "no event of the trail speaks of it"


def test_removed_head_is_found(trail, unprotected):
    unprotected.execute("DELETE FROM audit_head WHERE team_id = %s", [trail])
    assert bad(trail).reason == "stands behind the head"


@pytest.mark.parametrize(
    "change", ["source = source || ' '", "sha256 = %s", "author_id = author_id + 1", "number = 9"]
)
def test_altered_revision_is_found(trail, unprotected, change, ada, rui, noor):
    wanted = change.replace("author_id + 1", str(noor.actor_id))
    unprotected.execute(
        f"UPDATE policies_revision SET {wanted} WHERE number = 1", ["a" * 64] if "%s" in wanted else []
    )
    if "number" in change:
        unprotected.execute("UPDATE policies_policy SET newest_number = 9")
    assert bad(trail).object_type == "revision"


def test_altered_decision_is_found(trail, unprotected, noor):
    decision = Decision.objects.get()
    unprotected.execute("UPDATE review_decision SET user_id = %s", [noor.actor_id])
    assert bad(trail)[1:3] == ("decision", decision.pk)


def test_decision_without_an_event_is_found(trail, noor):
    decision = Decision.objects.get()
    decision.pk, decision.user_id = None, noor.actor_id
    decision.save(force_insert=True)
    assert bad(trail)[1:3] == ("decision", decision.pk)


def test_entry_that_is_no_json_any_more_is_found(trail, unprotected):
    nonsense = hashlib.sha256(b"{").hexdigest()
    unprotected.execute("UPDATE review_releaseddocument SET entry = '{', entry_sha256 = %s", [nonsense])
    assert bad(trail).object_type == "releaseddocument"


def test_release_with_other_approvals_is_found(trail, unprotected):
    release = Release.objects.get()
    unprotected.execute("UPDATE review_release SET required_approvals = 0")
    assert bad(trail)[1:3] == ("release", release.pk)


@pytest.mark.parametrize("columns", ["text", "entry", "text sha256", "text sha256 entry entry_sha256"])
def test_altered_document_is_found(trail, unprotected, columns):
    document = ReleasedDocument.objects.get()
    text = document.text.replace("kms:Encrypt", "kms:*")
    entry = document.entry.replace("kms:Encrypt", "kms:*").replace(
        document.sha256, hashlib.sha256(text.encode()).hexdigest()
    )
    new = {
        "text": text,
        "sha256": hashlib.sha256(text.encode()).hexdigest(),
        "entry": entry,
        "entry_sha256": hashlib.sha256(entry.encode()).hexdigest(),
    }
    for column in columns.split():
        unprotected.execute(f"UPDATE review_releaseddocument SET {column} = %s", [new[column]])
    assert bad(trail).object_type in {"releaseddocument", "release"}


def test_removed_release_is_found(trail, unprotected):
    release = Release.objects.get()
    for table in ("review_current", "review_releaseddocument", "review_release"):
        unprotected.execute(f"DELETE FROM {table}")
    assert bad(trail)[1:] == ("release", release.pk, "what the event tells of is gone")


def test_export_that_points_elsewhere_is_found(trail, unprotected):
    unprotected.execute("UPDATE review_current SET name = 'other'")
    assert bad(trail)[1:3] == ("current", Current.objects.get().pk)


def test_withheld_export_is_found(trail, unprotected):
    unprotected.execute("DELETE FROM review_current")
    assert bad(trail).reason == "released, and not exported"
