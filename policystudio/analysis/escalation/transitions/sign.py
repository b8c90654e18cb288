"""Signs with a key, or makes codes of authenticity."""

from policystudio.analysis.escalation.model import Goal
from policystudio.analysis.escalation.transition import Shape, Transition, needed, usable

TRANSITION = Transition(
    text="sign with {key}",
    needs=needed("kms:AsymmetricSign", "kms:GenerateMac"),
    shape=Shape.USE,
    source="catalogue: kms:AsymmetricSign and kms:GenerateMac",
    is_inferred=False,
    goals=frozenset({Goal.SIGN}),
    when=usable,
)
