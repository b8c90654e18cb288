"""Takes a secret back that is in its recovery time."""

from collections.abc import Iterable, Sequence

from policystudio.analysis.escalation.model import Life, Tags, Thing
from policystudio.analysis.escalation.transition import Role, Shape, Transition, needed


def _restored(thing: Thing, tags: Sequence[Tags]) -> Iterable[Thing]:
    if thing.life is Life.PENDING:
        yield thing._replace(life=Life.ENABLED)


TRANSITION = Transition(
    text="restore {secret}",
    needs=needed("kms:RestoreSecret", role=Role.SECRET),
    shape=Shape.CHANGE,
    source="catalogue: kms:RestoreSecret",
    is_inferred=False,
    of=Role.SECRET,
    after=_restored,
)
