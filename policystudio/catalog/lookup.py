"""Questions to the catalogue: which actions a pattern stands for, which types a resource reaches, what was meant.

Pure functions of a catalogue; the frequent ones remember their answers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from difflib import SequenceMatcher
from functools import lru_cache, wraps
from typing import TypeVar

from policystudio.catalog.model import ALL_TYPES, Action, Catalogue, ConditionKey, Region, ResourceType
from policystudio.ram.memory import MAX_CHARACTERS
from policystudio.ram.patterns import fold, has_wildcard, matches, normal

# How alike two words must be, from 0 to 1, before one is offered in place of the other.
_LIKENESS = 0.7
_MOST_REMEMBERED = 4096
T = TypeVar("T")


def _remembered(answer: Callable[[Catalogue, str], T]) -> Callable[[Catalogue, str], T]:
    """`answer` with a memory for short texts, as in `ram/memory.py`: nobody can fill it with long ones."""
    known = lru_cache(maxsize=_MOST_REMEMBERED)(answer)

    @wraps(answer)
    def ask(catalogue: Catalogue, text: str) -> T:
        return known(catalogue, text) if len(text) <= MAX_CHARACTERS else answer(catalogue, text)

    return ask


@_remembered
def expand(catalogue: Catalogue, pattern: str) -> tuple[Action, ...]:
    """The known actions that an action pattern stands for, in the catalogue's order; letter case does not count."""
    folded = fold(pattern)
    if not has_wildcard(folded):
        action = catalogue.actions.get(folded)
        return () if action is None else (action,)
    return tuple(action for name, action in catalogue.actions.items() if matches(folded, name))


def nearest(word: str, words: Iterable[str]) -> str | None:
    """The one of `words` that `word` most likely was meant to be, or None when none is close.

    Letter case does not count, so that a word in the wrong case finds its right form.
    """
    # Comparing grows with the square of the length, and nobody means a name by thousands of letters.
    return _nearest(fold(word)[:MAX_CHARACTERS], tuple(words))


@lru_cache(maxsize=4096)
def _nearest(word: str, words: tuple[str, ...]) -> str | None:
    """Of equally close ones the last of the alphabet; the bound on likeness is quick, so few are compared in full."""
    by_fold = {fold(candidate): candidate for candidate in words}
    matcher = SequenceMatcher()
    matcher.set_seq2(word)
    bounds = []
    for candidate in by_fold:
        matcher.set_seq1(candidate)
        if matcher.real_quick_ratio() >= _LIKENESS and (bound := matcher.quick_ratio()) >= _LIKENESS:
            bounds.append((bound, candidate))
    best = (_LIKENESS, "")
    for bound, candidate in sorted(bounds, reverse=True):
        if bound < best[0]:
            break
        matcher.set_seq1(candidate)
        best = max(best, (matcher.ratio(), candidate))
    return by_fold.get(best[1])


@_remembered
def types_reached(catalogue: Catalogue, relative_id: str) -> frozenset[str]:
    """The ids of the resource types that the relative id of a pattern may reach.

    `key*` reaches the key container, keys and instances (`keystore/…`); the type of actions without a resource is
    reached only by a pattern that fits everything.
    """
    return frozenset(t.id for t in catalogue.resource_types.values() if _reaches(t, relative_id))


def _reaches(kind: ResourceType, pattern: str) -> bool:
    if kind.id == ALL_TYPES:
        return normal(pattern) == "*"
    if kind.kind == "container":
        return matches(pattern, kind.relative_id_pattern)
    return fits_prefix(pattern, kind.word + "/")


def fits_prefix(pattern: str, prefix: str) -> bool:
    """Whether `pattern` fits some text that begins with `prefix` and goes on for at least one character."""
    star = pattern.find("*")
    if star == -1:
        return len(pattern) > len(prefix) and matches(pattern[: len(prefix)], prefix)
    # What follows the star can always be fitted after the prefix, so only the part before it decides.
    head = min(star, len(prefix))
    return matches(pattern[:head], prefix[:head])


@_remembered
def condition_key(catalogue: Catalogue, name: str) -> ConditionKey | None:
    """The key of this name, letter case included; a key with a free tail, such as a tag, is found by its prefix."""
    for key in catalogue.condition_keys.values():
        if key.prefix is None:
            if key.key == name:
                return key
        elif name.startswith(key.prefix) and len(name) > len(key.prefix):
            return key
    return None


def region(catalogue: Catalogue, name: str) -> Region | None:
    """The region with this id, retired ones included."""
    return catalogue.regions.get(name)
