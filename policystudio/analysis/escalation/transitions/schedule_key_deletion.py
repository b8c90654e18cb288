"""Schedules a key for deletion, unless the deletion protection is on."""

from collections.abc import Iterable, Sequence

from policystudio.analysis.escalation.model import Life, Tags, Thing
from policystudio.analysis.escalation.transition import Shape, Transition, needed


def _scheduled(thing: Thing, tags: Sequence[Tags]) -> Iterable[Thing]:
    if not thing.is_protected and thing.life in (Life.ENABLED, Life.DISABLED):
        yield thing._replace(life=Life.PENDING)


TRANSITION = Transition(
    text="schedule {key} for deletion",
    needs=needed("kms:ScheduleKeyDeletion"),
    shape=Shape.CHANGE,
    source="catalogue: kms:ScheduleKeyDeletion, and that its protection has to be off",
    is_inferred=False,
    after=_scheduled,
)
