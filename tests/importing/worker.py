"""A process of its own that works an import off and prints each document once it is done; to be killed.

python -m tests.importing.worker IMPORT_ID USERNAME
"""

from __future__ import annotations

import sys

import django

django.setup()

from policystudio.importing.selectors import import_get  # noqa: E402
from policystudio.importing.services.work_off import work_off  # noqa: E402
from policystudio.teams.models import User  # noqa: E402
from policystudio.teams.selectors import viewer_for_user  # noqa: E402

if __name__ == "__main__":
    import_id, username = sys.argv[1:]
    viewer = viewer_for_user(User.objects.get(username=username))
    parent = import_get(viewer, int(import_id))
    while done := work_off(by=viewer, parent=parent, most=1):
        for document in done:
            sys.stdout.write(f"{document.number}\n")
            sys.stdout.flush()
