"""Reads the value of a secret."""

from policystudio.analysis.escalation.model import Goal, Life
from policystudio.analysis.escalation.transition import Need, Role, Shape, Transition, usable

TRANSITION = Transition(
    text="read the value of {secret}",
    needs=((Need("kms:GetSecretValue", Role.SECRET), Need("kms:Decrypt", Role.KEY)),),
    shape=Shape.TOUCH,
    source="catalogue: kms:GetSecretValue also needs kms:Decrypt where a customer key encrypts the secret",
    is_inferred=False,
    goals=frozenset({Goal.READ_SECRET}),
    of=Role.SECRET,
    when=lambda thing: thing.life is Life.ENABLED,
    target=usable,
)
