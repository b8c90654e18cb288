"""Writes a key policy that lets oneself in."""

from collections.abc import Iterable, Sequence

from policystudio.analysis.escalation.model import Life, Tags, Thing
from policystudio.analysis.escalation.transition import Shape, Transition, needed


def _opened(thing: Thing, tags: Sequence[Tags]) -> Iterable[Thing]:
    if not thing.is_open and thing.life not in (Life.ABSENT, Life.GONE):
        yield thing._replace(is_open=True)


TRANSITION = Transition(
    text="set a key policy on {key} that lets you in",
    needs=needed("kms:SetKeyPolicy"),
    shape=Shape.CHANGE,
    source="ram-language, section 5: in the same account the key policy or the RAM policy has to allow, and neither "
    "may deny; inferred: the key policy can give every action on the key",
    is_inferred=True,
    after=_opened,
)
