"""Gives a key the tags that a condition asks for."""

from collections.abc import Iterable, Sequence

from policystudio.analysis.escalation.model import Life, Tags, Thing
from policystudio.analysis.escalation.transition import Shape, Transition, needed


def _tagged(thing: Thing, tags: Sequence[Tags]) -> Iterable[Thing]:
    """Existing tags stay or get another value; one call sets as many as it likes."""
    if thing.life in (Life.ABSENT, Life.GONE):
        return
    names = {name for name, _value in thing.tags}
    for each in tags:
        if each != thing.tags and names <= {name for name, _value in each}:
            yield thing._replace(tags=each)


TRANSITION = Transition(
    text="set the tags {tags} on {key}",
    needs=needed("kms:TagResource", "kms:TagResources"),
    shape=Shape.CHANGE,
    source="catalogue: both actions act on keys, and `kms:tag/…` is not among their condition keys; "
    "inferred: a key of any state can be tagged",
    is_inferred=True,
    after=_tagged,
    sends_tags=True,
)
