"""Chinese sentences: the same clauses in simplified characters, resources before actions."""

from __future__ import annotations

from policystudio.analysis.sentences.chinese.actions import acts_in_words
from policystudio.analysis.sentences.chinese.conditions import condition_in_words
from policystudio.analysis.sentences.chinese.resources import places_in_words
from policystudio.analysis.sentences.chinese.typesetting import typeset
from policystudio.analysis.sentences.clause import Clause
from policystudio.analysis.sentences.pieces import Parts
from policystudio.analysis.sentences.sentence import Part
from policystudio.ram.document import Effect

__all__ = ["CLOSING", "LEGEND", "condition_in_words", "say"]

VERBS = {Effect.ALLOW: "允许", Effect.DENY: "绝不允许"}
CONDITIONS = ("，条件是：", "，并且：")
CLOSING = "除非其他策略允许，其余一切均被拒绝。"
LEGEND = "在标为代码的内容中，`*` 代表任意文本（也可以为空），`?` 代表任意一个字符。"


def say(clause: Clause) -> Parts:
    """Effect, resources, actions, conditions, in this order."""
    found = [
        Part(VERBS[clause.effect], f"{clause.path}/Effect"),
        *places_in_words(clause),
        *acts_in_words(clause),
    ]
    for index, condition in enumerate(clause.conditions):
        found.append(Part(CONDITIONS[index > 0], condition.path))
        found += condition_in_words(condition)
    return typeset([*found, Part("。", clause.path)])
