"""How sure a finding is that rests on facts of the catalogue, in the catalogue's words.

A finding that needs several facts is as sure as the weakest of them; one for which any of several facts suffices is as
sure as the best known. Decision: the access level and the risk of an action are our way of sorting and say nothing that
a finding claims, so what counts of an action is that it exists and which resources it acts on.
"""

from __future__ import annotations

from collections.abc import Iterable

from policystudio.catalog.model import INFERRED, Action, ConditionKey

DOCUMENTED = "documented"
DERIVED = "derived-from-SDK"
_FROM_SURE_TO_UNSURE = (DOCUMENTED, DERIVED, "team", INFERRED)
_RANKS = {word: rank for rank, word in enumerate(_FROM_SURE_TO_UNSURE)}

MISSING_ACTION = DERIVED
"""That no action has a name: the pages and the operations of the SDK were looked through."""
MISSING_KEY = DOCUMENTED
"""That no condition key has a name: the pages list the keys."""
MISSING_TYPE = DOCUMENTED
"""That no resource type has a name: the pages list the types."""


def rank(word: str) -> int:
    """0 for what is documented; a word that nobody knows is as unsure as any."""
    return _RANKS.get(word, len(_RANKS))


def weakest(*words: str) -> str:
    """The least sure of the words."""
    return max(words, key=rank)


def of_action(action: Action) -> str:
    """How sure it is that the action exists and acts on its resources."""
    existence, types = action.existence.confidence, action.resource_types_confidence
    return existence if existence == types else weakest(existence, types)


def surest(actions: Iterable[Action]) -> str:
    """How sure it is that one of the actions exists and acts on its resources."""
    words = set()
    for action in actions:
        word = of_action(action)
        if word == DOCUMENTED:
            return word  # as it is of nearly all, so the rest need not be looked at
        words.add(word)
    return min(words, key=rank, default=INFERRED)


def of_existence(actions: Iterable[Action]) -> str:
    """How sure it is that all of the actions exist, whatever they act on."""
    return weakest(DOCUMENTED, *(action.existence.confidence for action in actions))


def of_key(key: ConditionKey) -> str:
    """How sure it is that the condition key exists and which actions carry it."""
    return weakest(key.confidence, key.actions_confidence)
