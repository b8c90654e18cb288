"""Makes a key of one's own, with the tags and the key policy that suit."""

from collections.abc import Iterable, Sequence

from policystudio.analysis.escalation.model import Life, Material, Tags, Thing
from policystudio.analysis.escalation.transition import Role, Shape, Transition, needed


def _made(thing: Thing, tags: Sequence[Tags]) -> Iterable[Thing]:
    if thing.life is Life.ABSENT:
        for each in tags:
            for material in (Material.OWN, Material.AWAITED):
                yield Thing(each, Life.ENABLED, is_open=True, material=material)


TRANSITION = Transition(
    text="make the key {key} with a key policy that lets you in",
    needs=needed("kms:CreateKey", role=Role.CONTAINER),
    shape=Shape.CHANGE,
    source="catalogue: the request of kms:CreateKey may carry a key policy and tags, so its maker decides who may use "
    "the key; inferred: the id of a new key is none that a policy names in full",
    is_inferred=True,
    after=_made,
    sends_tags=True,
)
