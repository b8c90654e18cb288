"""Whether a misspelt action is so surely another one that a button may write that one.

Stricter than a suggestion in words: whoever presses a button does not read the name twice, and the name grants a right.
"""

from __future__ import annotations

import re
from functools import lru_cache

from policystudio.catalog.model import Action, Catalogue
from policystudio.ram.patterns import fold

_MOST_EDITS = 2
_LONGEST = 80
"""No action's name is longer; comparing longer texts would only cost time."""
_VERB = re.compile(r"[A-Z]?[a-z]*")
_RISKS = ("none", "low", "medium", "high", "critical")


def surely_means(catalogue: Catalogue, written: str, known: str) -> bool:
    """Whether the unknown action `written` is a slip of the pen for `known`, the nearest of the catalogue.

    At most two edits after the colon, the verb kept up to one letter and not another verb of the catalogue, and no
    other action as near, nor one of lower risk within two edits.
    """
    # Longer texts are no slips of the pen, and are not remembered either.
    return len(written) <= _LONGEST and _surely_means(catalogue, written, known)


@lru_cache(maxsize=4096)
def _surely_means(catalogue: Catalogue, written: str, known: str) -> bool:
    action, name = catalogue.action(known), _after_colon(written)
    if action is None:
        return False
    distance = edits(fold(name), fold(_after_colon(known)))
    if distance > _MOST_EDITS or not _keeps_verb(catalogue, name, action):
        return False
    for other in catalogue.actions.values():
        if other is not action:
            away = edits(fold(name), fold(_after_colon(other.name)))
            if away <= distance or (away <= _MOST_EDITS and _risk(other) < _risk(action)):
                return False
    return True


def edits(one: str, other: str) -> int:
    """How many letters to add, drop, replace or swap with their neighbour make `one` the `other`.

    Counted up to two; three stands for any number above.
    """
    enough = _MOST_EDITS + 1
    if abs(len(one) - len(other)) > _MOST_EDITS:
        return enough
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        before, last = row, before
        row = [i] + [enough] * len(other)
        for j in range(max(1, i - _MOST_EDITS), min(len(other), i + _MOST_EDITS) + 1):
            row[j] = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != other[j - 1]))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == other[j - 1]:
                row[j] = min(row[j], last[j - 2] + 1)
        if min(row) >= enough:
            return enough
    return min(row[-1], enough)


def _keeps_verb(catalogue: Catalogue, name: str, action: Action) -> bool:
    written, meant = _verb(name), _verb(_after_colon(action.name))
    if fold(written) == fold(meant):
        return True
    verbs = {_verb(_after_colon(known.name)) for known in catalogue.actions.values()}
    return written not in verbs and edits(fold(written), fold(meant)) == 1


def _verb(name: str) -> str:
    found = _VERB.match(name)
    return found.group() if found else ""


def _after_colon(name: str) -> str:
    return name.partition(":")[2]


def _risk(action: Action) -> int:
    return _RISKS.index(action.risk.level)
