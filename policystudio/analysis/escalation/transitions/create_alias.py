"""Gives the name of a deleted alias to a key."""

from policystudio.analysis.escalation.transition import Need, Role, Shape, Transition, usable

TRANSITION = Transition(
    text="make {alias} again, pointing at {target}",
    needs=((Need("kms:CreateAlias", Role.ALIAS), Need("kms:CreateAlias", Role.TARGET)),),
    shape=Shape.REPOINT,
    source="catalogue: kms:CreateAlias needs both the alias and the key; inferred: the key can be worked with",
    is_inferred=True,
    target=usable,
)
