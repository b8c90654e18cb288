"""Lifts the deletion protection of a key."""

from collections.abc import Iterable, Sequence

from policystudio.analysis.escalation.model import Life, Tags, Thing
from policystudio.analysis.escalation.transition import Shape, Transition, needed


def _unprotected(thing: Thing, tags: Sequence[Tags]) -> Iterable[Thing]:
    if thing.is_protected and thing.life in (Life.ENABLED, Life.DISABLED):
        yield thing._replace(is_protected=False)


TRANSITION = Transition(
    text="lift the deletion protection of {key}",
    needs=needed("kms:SetDeletionProtection"),
    shape=Shape.CHANGE,
    source="catalogue: kms:SetDeletionProtection, derived from the SDK",
    is_inferred=False,
    after=_unprotected,
)
