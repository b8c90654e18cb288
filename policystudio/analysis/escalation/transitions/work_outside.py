"""Works with known material without KMS, which asks nobody."""

from policystudio.analysis.escalation.model import Goal, Material, Thing
from policystudio.analysis.escalation.transition import Shape, Transition


def _is_known(thing: Thing) -> bool:
    return thing.material is Material.KNOWN and thing.is_usable


TRANSITION = Transition(
    text="work outside KMS with the material of {key}, which you know",
    needs=((),),
    shape=Shape.USE,
    source="catalogue: the importer knows the material; inferred: what the key encrypts can be read with it elsewhere",
    is_inferred=True,
    goals=frozenset({Goal.DECRYPT, Goal.SIGN}),
    when=_is_known,
)
