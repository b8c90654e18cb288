"""Points an alias at another key."""

from policystudio.analysis.escalation.transition import Need, Role, Shape, Transition, usable

TRANSITION = Transition(
    text="point {alias} at {target}",
    needs=((Need("kms:UpdateAlias", Role.ALIAS), Need("kms:UpdateAlias", Role.TARGET)),),
    shape=Shape.POINT,
    source="catalogue: kms:UpdateAlias needs both the alias and the key; inferred: the key is the one pointed at, and "
    "it can be worked with",
    is_inferred=True,
    target=usable,
)
