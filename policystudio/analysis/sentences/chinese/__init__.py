"""Chinese sentences: the same clauses in simplified characters, resources before actions."""

from __future__ import annotations

from policystudio.analysis.sentences.chinese.actions import acts_in_words
from policystudio.analysis.sentences.chinese.conditions import condition_in_words
from policystudio.analysis.sentences.chinese.resources import places_in_words
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
    return _spaced([*found, Part("。", clause.path)])


def _spaced(parts: Parts) -> Parts:
    """A blank between a value and a Chinese character beside it, as is usual; none beside punctuation."""
    found = parts[:1]
    for part in parts[1:]:
        before = found[-1].text
        ends = (before[-1:], part.text[:1])
        needs = (ends[0] == "`" and _is_han(ends[1])) or (_is_han(ends[0]) and ends[1] == "`")
        found.append(Part(f" {part.text}", part.path) if needs else part)
    return found


def _is_han(character: str) -> bool:
    return "\u4e00" <= character <= "\u9fff"
