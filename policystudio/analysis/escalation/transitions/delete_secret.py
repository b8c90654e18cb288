"""Deletes a secret at once, which leaves no time to recover it."""

from collections.abc import Iterable, Sequence

from policystudio.analysis.escalation.model import Life, Tags, Thing
from policystudio.analysis.escalation.transition import Role, Shape, Transition, needed


def _deleted(thing: Thing, tags: Sequence[Tags]) -> Iterable[Thing]:
    if thing.life in (Life.ENABLED, Life.PENDING):
        yield thing._replace(life=Life.GONE)


TRANSITION = Transition(
    text="delete {secret} at once",
    needs=needed("kms:DeleteSecret", role=Role.SECRET),
    shape=Shape.CHANGE,
    source="catalogue: kms:DeleteSecret, at once or after a recovery time; inferred: also while that time runs",
    is_inferred=True,
    of=Role.SECRET,
    after=_deleted,
)
