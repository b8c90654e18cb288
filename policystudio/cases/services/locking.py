"""The lock under which the cases of a team stand still: the team's row.

Taken after policy, accounts and review, before the register of guardrails and the audit head.
"""

from __future__ import annotations

from policystudio.teams.models import Team


def lock_cases(team_id: int) -> None:
    """Until the transaction ends no case of the team is added or removed, and none of its releases asks them."""
    Team.objects.select_for_update(no_key=True).get(pk=team_id)
