"""Decrypts with a key."""

from policystudio.analysis.escalation.model import Goal
from policystudio.analysis.escalation.transition import Shape, Transition, needed, usable

TRANSITION = Transition(
    text="decrypt with {key}",
    needs=needed("kms:Decrypt", "kms:AsymmetricDecrypt"),
    shape=Shape.USE,
    source="catalogue: kms:Decrypt and kms:AsymmetricDecrypt",
    is_inferred=False,
    goals=frozenset({Goal.DECRYPT}),
    when=usable,
)
