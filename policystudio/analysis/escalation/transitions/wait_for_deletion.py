"""Lets the waiting time of a scheduled deletion pass, in which somebody else may notice."""

from collections.abc import Iterable, Sequence

from policystudio.analysis.escalation.model import Life, Tags, Thing
from policystudio.analysis.escalation.transition import Shape, Transition


def _gone(thing: Thing, tags: Sequence[Tags]) -> Iterable[Thing]:
    if thing.life is Life.PENDING:
        yield thing._replace(life=Life.GONE)


TRANSITION = Transition(
    text="wait 7 to 366 days, until {key} is deleted for good",
    needs=((),),
    shape=Shape.CHANGE,
    source="catalogue: kms:ScheduleKeyDeletion, after 7 to 366 days",
    is_inferred=False,
    after=_gone,
)
