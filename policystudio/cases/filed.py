"""The tests of one policy as a file; those for every policy of the team are no part of it."""

from __future__ import annotations

from policystudio.analysis.testing.files import Filed, written
from policystudio.cases.selectors import cases
from policystudio.policies.models import Policy
from policystudio.teams.viewer import Viewer


def file_of(viewer: Viewer, policy: Policy) -> str:
    """The file, by name; the policy was fetched for the viewer already."""
    own = cases(viewer, policy.pk).filter(policy_id=policy.pk)
    return written(Filed(case.test, case.note) for case in own)
