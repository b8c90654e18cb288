"""Has the data keys that a key encrypts handed out under a public key of one's own."""

from policystudio.analysis.escalation.model import Goal
from policystudio.analysis.escalation.transition import Shape, Transition, needed, usable

TRANSITION = Transition(
    text="export the data keys under {key} to a public key of your own",
    needs=needed("kms:ExportDataKey"),
    shape=Shape.USE,
    source="catalogue: kms:ExportDataKey, whose public key the caller chooses",
    is_inferred=False,
    goals=frozenset({Goal.DECRYPT}),
    when=usable,
)
