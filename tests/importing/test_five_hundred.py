"""Five hundred documents at once, with real commits: in steps, all of them, and again without any change."""

import pytest

from policystudio.audit.verify import verify
from policystudio.importing.selectors import counts
from policystudio.importing.services.create_import import create_import
from policystudio.importing.services.work_off import work_off
from policystudio.policies.models import Policy, Revision
from policystudio.ram.render import Target
from policystudio.ram.unpacking import unpack_file
from tests.factories import DEVELOPMENT, HANGZHOU
from tests.importing.texts import document, zipped

COUNT = 500


@pytest.mark.timeout(300)
@pytest.mark.django_db(transaction=True)
def test_five_hundred_documents_are_worked_off_in_steps(ada, development, team):
    files = {f"policies/app-{n:03d}.json": document("kms:Encrypt", f"kms:Tag{n}") for n in range(COUNT)}
    found = unpack_file(zipped(files), "all.zip").found
    targets = [Target(DEVELOPMENT, HANGZHOU)]
    # Again with a part of them: it takes as long, and nothing new could happen with the others.
    for state, some in (("stored", found), ("unchanged", found[::10])):
        parent = create_import(by=ada, found=some, targets=targets)
        first = work_off(by=ada, parent=parent, most=20)
        assert 1 <= len(first) <= 20
        assert counts(parent)["pending"] == len(some) - len(first)
        while work_off(by=ada, parent=parent, most=COUNT, seconds=5):
            pass
        assert counts(parent)[state] == len(some)
        assert Policy.objects.count() == Revision.objects.count() == COUNT
    assert verify(team.pk).valid
