"""A process of its own that revises a policy without end and prints each number once it is stored; to be killed.

python -m tests.audit.writer POLICY_ID USERNAME
"""

from __future__ import annotations

import sys

import django

django.setup()

from policystudio.policies.selectors import policy_get  # noqa: E402
from policystudio.policies.services.revise import revise  # noqa: E402
from policystudio.teams.models import User  # noqa: E402
from policystudio.teams.selectors import viewer_for_user  # noqa: E402
from tests.factories import source_text  # noqa: E402

if __name__ == "__main__":
    policy_id, username = sys.argv[1:]
    viewer = viewer_for_user(User.objects.get(username=username))
    policy = policy_get(viewer, int(policy_id))
    while True:
        revision = revise(by=viewer, policy=policy, source=source_text(), message="m")
        sys.stdout.write(f"{revision.number}\n")
        sys.stdout.flush()
