"""Asks the validator about a stored revision, for every target of its policy, as its team wants it asked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from policystudio.errors import InvalidInput
from policystudio.policies.circumstances import Circumstances, circumstances_of
from policystudio.policies.models import Policy, Revision
from policystudio.ram.render import RegionMode, Target

if TYPE_CHECKING:
    from policystudio.standards.selectors import Standards
    from policystudio.validation.pipeline import Validation


def judge(
    policy: Policy,
    revision: Revision,
    targets: Sequence[Target],
    standards: Standards | None = None,
    circumstances: Circumstances | None = None,
) -> Validation:
    """The one validator, on the stored source, as it will be in every target.

    What the author told the builder, such as which secrets have no key of their own, is told to the validator too.
    Whoever judges many policies of a team reads its `standards` and `circumstances` once.
    """
    from policystudio.standards.selectors import standards_of

    return (standards or standards_of(policy.team_id)).validate(
        revision.source,
        now=timezone.now(),
        targets=targets,
        name=policy.name,
        region_mode=RegionMode(policy.region_mode),
        **(circumstances or circumstances_of(policy.team_id, [policy.pk])),
        **_told_to_the_builder(revision),
    )


def _told_to_the_builder(revision: Revision) -> dict[str, Any]:
    """Decision: parameters that today's builder no longer reads, or of a builder that is gone, say nothing."""
    from policystudio.builders.builder import get

    builder = get(revision.builder)
    if builder is None or revision.parameters is None:
        return {}
    try:
        return builder.facts(revision.parameters)
    except InvalidInput:
        return {}
