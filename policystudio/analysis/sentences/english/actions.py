"""Actions and action patterns in words. What is not in the table is said by its name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from policystudio.analysis.sentences.english.phrases import PHRASES
from policystudio.analysis.sentences.english.words import listed, quoted
from policystudio.catalog.lookup import expand
from policystudio.catalog.model import TEAM, Catalogue
from policystudio.ram.patterns import fold, has_wildcard, normal


def actions_in_words(patterns: Sequence[str], catalogue: Catalogue) -> str:
    """`encrypting, decrypting and every action that begins with kms:List or kms:Get`, in the given order.

    Beginnings are gathered where the first of them stands.
    """
    phrases: dict[str, None] = {}
    beginnings = list(dict.fromkeys(filter(None, map(_beginning, patterns))))
    for pattern in patterns:
        if _beginning(pattern):
            phrases[
                f"every action that begins with {listed([quoted(text) for text in beginnings], 'or')}"
            ] = None
        else:
            phrases[_in_words(pattern, catalogue)] = None
    return listed(list(phrases))


def is_all_cryptographic(patterns: Iterable[str], catalogue: Catalogue) -> bool:
    """Whether every pattern stands for uses of a key and for nothing else, so that "with a key" reads right."""
    found = [expand(catalogue, pattern) for pattern in patterns]
    return all(actions and all(action.is_cryptographic for action in actions) for actions in found)


def _in_words(pattern: str, catalogue: Catalogue) -> str:
    shape = normal(pattern)
    if shape == "*":
        return "every action of every service"
    service, colon, name = shape.partition(":")
    if not colon:
        return f"the action {quoted(pattern)}"
    if has_wildcard(service):
        return f"every action that fits {quoted(pattern)}, in any service"
    if not has_wildcard(name):
        action = catalogue.action(pattern)
        if action is None:
            return f"the unknown action {quoted(pattern)}"
        if action.existence.confidence == TEAM:
            return f"{quoted(action.name)} (added by your team)"
        return PHRASES.get(action.name, quoted(action.name))
    if name == "*":
        return f"every {'KMS' if fold(service) == catalogue.service else quoted(service)} action"
    return f"every action that fits {quoted(pattern)}"


def _beginning(pattern: str) -> str:
    """What comes before the one star at the end of `kms:List*`; empty for every other shape."""
    shape = normal(pattern)
    service, _colon, name = shape.partition(":")
    is_beginning = len(name) > 1 and name.endswith("*") and not has_wildcard(service + name[:-1])
    return shape[:-1] if is_beginning else ""
