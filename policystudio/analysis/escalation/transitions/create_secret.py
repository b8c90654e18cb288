"""Puts a secret of one's own in the place of one that was deleted; programs fetch it by the name, as before."""

from policystudio.analysis.escalation.model import Goal, Life
from policystudio.analysis.escalation.transition import Role, Shape, Transition, needed

TRANSITION = Transition(
    text="make {secret} again with a value of your own",
    needs=needed("kms:CreateSecret", role=Role.CONTAINER),
    shape=Shape.REMAKE,
    source="catalogue: kms:CreateSecret is asked of the collection, and kms:GenerateDataKey only where a customer key "
    "is chosen; inferred: the name of a deleted secret is free again",
    is_inferred=True,
    goals=frozenset({Goal.REPLACE_SECRET}),
    of=Role.SECRET,
    when=lambda thing: thing.life is Life.GONE,
)
