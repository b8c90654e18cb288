"""Takes an alias away from its key."""

from policystudio.analysis.escalation.model import Life
from policystudio.analysis.escalation.transition import Need, Role, Shape, Transition

TRANSITION = Transition(
    text="delete {alias}, which points at {key}",
    needs=((Need("kms:DeleteAlias", Role.ALIAS), Need("kms:DeleteAlias", Role.KEY)),),
    shape=Shape.UNPOINT,
    source="catalogue: kms:DeleteAlias needs both the alias and the key behind it",
    is_inferred=False,
    when=lambda thing: thing.life not in (Life.ABSENT, Life.GONE),
)
