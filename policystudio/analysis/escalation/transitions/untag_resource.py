"""Removes tags by which a key is kept out."""

from collections.abc import Iterable, Sequence

from policystudio.analysis.escalation.model import Life, Tags, Thing
from policystudio.analysis.escalation.transition import Shape, Transition, needed


def _untagged(thing: Thing, tags: Sequence[Tags]) -> Iterable[Thing]:
    if thing.life in (Life.ABSENT, Life.GONE):
        return
    for each in tags:
        if each != thing.tags and set(each) < set(thing.tags):
            yield thing._replace(tags=each)


TRANSITION = Transition(
    text="remove the tags {tags} from {key}",
    needs=needed("kms:UntagResource", "kms:UntagResources"),
    shape=Shape.CHANGE,
    source="catalogue: both actions act on keys, and `kms:tag/…` is not among their condition keys; "
    "inferred: tags of a key of any state can be removed",
    is_inferred=True,
    after=_untagged,
)
