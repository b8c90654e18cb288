"""Two at once, and killed in the middle: every document is made once, wholly or not yet."""

from __future__ import annotations

import subprocess
import sys
from functools import partial
from itertools import islice

import pytest

from policystudio.audit.verify import verify
from policystudio.importing.models import ImportedDocument
from policystudio.importing.services.create_import import create_import
from policystudio.importing.services.prepare_document import prepare_document
from policystudio.importing.services.work_off import work_off, work_off_one
from policystudio.policies.models import Policy, Revision
from policystudio.policies.services.create_policy import create_policy
from policystudio.ram.unpacking import Found
from tests.audit.test_kill import environment
from tests.importing.texts import document
from tests.racing import race, refusals

pytestmark = pytest.mark.django_db(transaction=True)

__all__ = ["environment"]


def make_import(by, count, **fields):
    found = [Found(document("kms:Encrypt", f"kms:Tag{n}"), f"app-{n:02d}") for n in range(count)]
    return create_import(by=by, found=found, **fields)


def hold_true(parent):
    """What is promised at every moment: a finished document names its policy, no policy is without its document."""
    done = ImportedDocument.objects.filter(parent=parent, state="stored")
    for one in done.select_related("policy"):
        assert one.policy is not None
        assert one.revision_number is not None
        revision = Revision.objects.get(policy=one.policy, number=one.revision_number)
        assert one.policy.name == one.name
        assert revision.source == one.text
        assert one.finished_at is not None
    assert Policy.objects.count() == done.count()
    assert not ImportedDocument.objects.filter(state="pending", policy__isnull=False).exists()


def test_two_people_at_once_make_each_document_once(ada, rui, team):
    parent = make_import(ada, 12)
    outcomes = race(
        partial(work_off, by=ada, parent=parent, seconds=60),
        partial(work_off, by=rui, parent=parent, seconds=60),
    )
    numbers = [one.number for outcome in outcomes for one in outcome]
    assert sorted(numbers) == list(range(1, 13))
    hold_true(parent)
    assert Revision.objects.count() == 12
    assert verify(team.pk).valid


def test_the_same_documents_in_two_imports_at_once_are_one_policy_each(ada, rui, team):
    one, two = make_import(ada, 8), make_import(rui, 8)
    race(partial(work_off, by=ada, parent=one, seconds=60), partial(work_off, by=rui, parent=two, seconds=60))
    states = list(ImportedDocument.objects.values_list("state", flat=True))
    assert sorted(states) == ["stored"] * 8 + ["unchanged"] * 8
    assert Policy.objects.count() == Revision.objects.count() == 8
    assert verify(team.pk).valid


def test_somebody_takes_the_name_at_the_same_moment(ada, rui):
    for turn in range(4):
        found = [Found(document("kms:Decrypt"), f"taken-{turn}")]
        parent = create_import(by=ada, found=found)
        race(
            partial(work_off, by=ada, parent=parent),
            partial(create_policy, by=rui, name=f"taken-{turn}", source=document()),
        )
        state = ImportedDocument.objects.get(parent=parent).state
        assert state in ("stored", "refused")
        assert Policy.objects.filter(name=f"taken-{turn}").count() == 1


def test_storing_and_leaving_out_at_once_is_one_of_both(ada, rui):
    for _ in range(4):
        parent = create_import(by=ada, found=[Found(document(), "app")], on_existing="revise")
        one = parent.documents.get()
        outcomes = race(
            partial(work_off_one, by=ada, document=one),
            partial(prepare_document, by=rui, document=one, is_skipped=True),
        )
        assert len(refusals(outcomes)) == 1
        one.refresh_from_db()
        assert (one.state == "skipped") == (one.policy_id is None)


def test_a_killed_worker_leaves_whole_documents_and_pending_ones_and_another_finishes(ada, team, environment):
    parent = make_import(ada, 60)
    command = [sys.executable, "-m", "tests.importing.worker", str(parent.pk), "ada"]
    workers = [
        subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) for _ in range(2)
    ]
    acknowledged: list[int] = []
    for worker in workers:
        assert worker.stdout is not None
        acknowledged += [int(line) for line in islice(worker.stdout, 3)]
    for worker in workers:
        worker.kill()
        assert worker.stdout is not None
        acknowledged += [int(line) for line in worker.stdout if line.endswith("\n")]
        worker.wait()
        worker.stdout.close()
    hold_true(parent)
    states = dict(ImportedDocument.objects.values_list("number", "state"))
    assert len(acknowledged) == len(set(acknowledged)) >= 3
    assert all(states[number] == "stored" for number in acknowledged)
    assert set(states.values()) <= {"stored", "pending"}
    while work_off(by=ada, parent=parent, seconds=60):
        pass
    hold_true(parent)
    assert Policy.objects.count() == 60
    assert verify(team.pk).valid
