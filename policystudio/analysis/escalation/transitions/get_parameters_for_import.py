"""Fetches what an import of key material needs."""

from collections.abc import Iterable, Sequence

from policystudio.analysis.escalation.model import Life, Material, Tags, Thing
from policystudio.analysis.escalation.transition import Shape, Transition, needed


def _offered(thing: Thing, tags: Sequence[Tags]) -> Iterable[Thing]:
    if thing.material is Material.AWAITED and thing.life is Life.ENABLED:
        yield thing._replace(material=Material.OFFERED)


TRANSITION = Transition(
    text="fetch the parameters for an import into {key}",
    needs=needed("kms:GetParametersForImport"),
    shape=Shape.CHANGE,
    source="catalogue: kms:GetParametersForImport",
    is_inferred=False,
    after=_offered,
)
