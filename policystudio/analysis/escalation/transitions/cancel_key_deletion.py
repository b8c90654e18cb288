"""Takes a key back that was scheduled for deletion."""

from collections.abc import Iterable, Sequence

from policystudio.analysis.escalation.model import Life, Tags, Thing
from policystudio.analysis.escalation.transition import Shape, Transition, needed


def _kept(thing: Thing, tags: Sequence[Tags]) -> Iterable[Thing]:
    if thing.life is Life.PENDING:
        yield thing._replace(life=Life.ENABLED)


TRANSITION = Transition(
    text="cancel the deletion of {key}",
    needs=needed("kms:CancelKeyDeletion"),
    shape=Shape.CHANGE,
    source="catalogue: kms:CancelKeyDeletion; inferred: the key is enabled afterwards",
    is_inferred=True,
    after=_kept,
)
