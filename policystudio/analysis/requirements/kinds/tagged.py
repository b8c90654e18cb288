"""Every key or secret with a tag that the requests carried, in place of those that were asked for with it.

The condition on the tag stays, so what is reached is what carries the tag.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from policystudio.analysis.requirements.boxes import Box
from policystudio.analysis.requirements.generalisation import Generalisation, Kind, Scene
from policystudio.analysis.requirements.kinds._names import ALL, Named, all_named, widening

_TAGGED = (
    "every `{word}` of the region `{region}` and the account `{account}` with the tag `{tag}` = `{value}`"
)
_TAGS = ("kms:tag/", "acs:ResourceTag/")
_WORDS = frozenset({"key", "secret"})


def _offers(boxes: Sequence[Box], _scene: Scene) -> Iterator[Generalisation]:
    found: dict[tuple[Named, str, str], None] = {}
    for box in boxes:
        wide = sorted({each.called(ALL) for each in all_named([box]) if each.word in _WORDS})
        for key, values in box.conditions:
            if key.startswith(_TAGS):
                found |= dict.fromkeys((each, key, value) for each in wide for value in sorted(values))
    for each, key, value in sorted(found):
        says = {**each.blanks, "tag": key.partition("/")[2], "value": value}
        yield Generalisation(f"tagged:{each.place}:{key}={value}", _TAGGED, says, _widening(each, key, value))


def _widening(wide: Named, key: str, value: str) -> Callable[[Box], Sequence[Box]]:
    widened = widening(wide, lambda _each: True)

    def widen(box: Box) -> Sequence[Box]:
        """What carries this value is widened; what carries another one stays."""
        values = box.values(key)
        if value not in values:
            return (box,)
        others = values - {value}
        alike = widened(box.with_values(key, frozenset((value,))))
        return (*alike, box.with_values(key, others)) if others else alike

    return widen


KIND = Kind(order=10, says=(_TAGGED,), offers=_offers)
