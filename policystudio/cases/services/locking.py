"""The lock under which the cases of a team stand still: the team's row.

Taken after policy, accounts and review, before the register of guardrails and the audit head.
"""

from __future__ import annotations

from policystudio.policies.models import Policy
from policystudio.policies.services.locking import locked_policy
from policystudio.teams.models import Team
from policystudio.teams.viewer import Viewer


def lock_cases(by: Viewer, policy: Policy | None = None) -> None:
    """Until the transaction ends no case of the team is added or removed, and none of its releases asks them.

    A case that is added for a policy refers to its row, which a release has locked before: so that row comes first.
    Raises: NotFound for a policy that was deleted meanwhile or belongs to another team.
    """
    if policy is not None:
        locked_policy(by, policy.pk)
    Team.objects.select_for_update(no_key=True).get(pk=by.team_id)
