"""Enables a key that was disabled."""

from collections.abc import Iterable, Sequence

from policystudio.analysis.escalation.model import Life, Tags, Thing
from policystudio.analysis.escalation.transition import Shape, Transition, needed


def _enabled(thing: Thing, tags: Sequence[Tags]) -> Iterable[Thing]:
    if thing.life is Life.DISABLED:
        yield thing._replace(life=Life.ENABLED)


TRANSITION = Transition(
    text="enable {key}",
    needs=needed("kms:EnableKey"),
    shape=Shape.CHANGE,
    source="catalogue: kms:EnableKey",
    is_inferred=False,
    after=_enabled,
)
