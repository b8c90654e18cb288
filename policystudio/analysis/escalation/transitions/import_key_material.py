"""Imports material that the holder knows into a key that waits for it."""

from collections.abc import Iterable, Sequence

from policystudio.analysis.escalation.model import Life, Material, Tags, Thing
from policystudio.analysis.escalation.transition import Shape, Transition, needed


def _imported(thing: Thing, tags: Sequence[Tags]) -> Iterable[Thing]:
    if thing.material is Material.OFFERED and thing.life is Life.ENABLED:
        yield thing._replace(material=Material.KNOWN)


TRANSITION = Transition(
    text="import material that you know into {key}",
    needs=needed("kms:ImportKeyMaterial"),
    shape=Shape.CHANGE,
    source="catalogue: kms:ImportKeyMaterial, into a key that was made for it; the importer knows the material",
    is_inferred=False,
    after=_imported,
)
