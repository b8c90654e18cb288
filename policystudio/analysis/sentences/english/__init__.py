"""English sentences. Start reading in `say`; words for actions, resources and conditions have their own files."""

from __future__ import annotations

from policystudio.analysis.sentences.clause import Clause
from policystudio.analysis.sentences.english.actions import acts_in_words
from policystudio.analysis.sentences.english.conditions import condition_in_words
from policystudio.analysis.sentences.english.resources import places_in_words
from policystudio.analysis.sentences.pieces import Parts
from policystudio.analysis.sentences.sentence import Part
from policystudio.ram.document import Effect

__all__ = ["CLOSING", "LEGEND", "condition_in_words", "say"]

VERBS = {Effect.ALLOW: "Allows ", Effect.DENY: "Never allows "}
CONDITIONS = (", if ", ", and if ")
CLOSING = "Everything else is denied, unless another policy allows it."
LEGEND = "In what is marked as code, `*` stands for any text, also none, and `?` for any one character."


def say(clause: Clause) -> Parts:
    """Effect, actions, resources, conditions, in this order."""
    found = [
        Part(VERBS[clause.effect], f"{clause.path}/Effect"),
        *acts_in_words(clause),
        *places_in_words(clause),
    ]
    for index, condition in enumerate(clause.conditions):
        found.append(Part(CONDITIONS[index > 0], condition.path))
        found += condition_in_words(condition)
    return [*found, Part(".", clause.path)]
