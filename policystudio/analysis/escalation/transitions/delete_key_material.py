"""Deletes imported material, without which nothing under the key can be read any more."""

from collections.abc import Iterable, Sequence

from policystudio.analysis.escalation.model import Life, Material, Tags, Thing
from policystudio.analysis.escalation.transition import Shape, Transition, needed


def _emptied(thing: Thing, tags: Sequence[Tags]) -> Iterable[Thing]:
    is_imported = thing.material in (Material.IMPORTED, Material.KNOWN)
    if is_imported and thing.life in (Life.ENABLED, Life.DISABLED):
        yield thing._replace(material=Material.DELETED)


TRANSITION = Transition(
    text="delete the imported material of {key}",
    needs=needed("kms:DeleteKeyMaterial"),
    shape=Shape.CHANGE,
    source="catalogue: kms:DeleteKeyMaterial, final unless the same material is imported again; "
    "inferred: the deletion protection does not stop it",
    is_inferred=True,
    after=_emptied,
)
