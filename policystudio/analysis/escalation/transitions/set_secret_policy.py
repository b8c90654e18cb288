"""Writes a secret policy that lets oneself in."""

from collections.abc import Iterable, Sequence

from policystudio.analysis.escalation.model import Life, Tags, Thing
from policystudio.analysis.escalation.transition import Role, Shape, Transition, needed


def _opened(thing: Thing, tags: Sequence[Tags]) -> Iterable[Thing]:
    if not thing.is_open and thing.life is not Life.GONE:
        yield thing._replace(is_open=True)


TRANSITION = Transition(
    text="set a secret policy on {secret} that lets you in",
    needs=needed("kms:SetSecretPolicy", role=Role.SECRET),
    shape=Shape.CHANGE,
    source="ram-language, section 5: in the same account the secret policy or the RAM policy has to allow, and neither "
    "may deny; inferred: the secret policy can give every action on the secret",
    is_inferred=True,
    of=Role.SECRET,
    after=_opened,
)
