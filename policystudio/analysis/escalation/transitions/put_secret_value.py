"""Puts a value of one's own into a secret, which programs fetch from then on."""

from policystudio.analysis.escalation.model import Goal, Life
from policystudio.analysis.escalation.transition import Need, Role, Shape, Transition, usable

TRANSITION = Transition(
    text="put a value of your own into {secret}",
    needs=((Need("kms:PutSecretValue", Role.SECRET), Need("kms:GenerateDataKey", Role.KEY)),),
    shape=Shape.TOUCH,
    source="catalogue: kms:PutSecretValue also needs kms:GenerateDataKey where a customer key encrypts the secret",
    is_inferred=False,
    goals=frozenset({Goal.REPLACE_SECRET}),
    of=Role.SECRET,
    when=lambda thing: thing.life is Life.ENABLED,
    target=usable,
)
