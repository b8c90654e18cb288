"""Actions and action patterns in Chinese. What is not in the table is said by its name."""

from __future__ import annotations

from policystudio.analysis.sentences.chinese.phrases import PHRASES
from policystudio.analysis.sentences.clause import Act, Clause, Do
from policystudio.analysis.sentences.pieces import Parts, joined, quoted
from policystudio.analysis.sentences.sentence import Part

EVERYTHING = "所有服务的所有操作"
_WORDS = {
    Do.EVERYTHING: EVERYTHING,
    Do.EVERY_KMS: "所有 KMS 操作",
    Do.EVERY_OF_SERVICE: "服务 {} 的所有操作",
    Do.OF_TEAM: "{}（由您的团队添加）",
    Do.UNKNOWN: "未知操作 {}",
    Do.NAMED: "操作 {}",
    Do.FITS: "符合 {} 的所有操作",
    Do.FITS_ANY_SERVICE: "任何服务中符合 {} 的所有操作",
}


def acts_in_words(clause: Clause) -> Parts:
    """The actions in the given order; beginnings are gathered where the first of them stands."""
    beginnings = [act for act in clause.acts if act.kind is Do.BEGINS]
    items = []
    for act in clause.acts:
        if act.kind is not Do.BEGINS:
            items.append([Part(_in_words(act), act.path)])
        elif act is beginnings[0]:
            values = joined(
                [[Part(quoted(b.text), b.path)] for b in beginnings], "、", " 或 ", clause.acts_path
            )
            items.append([Part("以 ", clause.acts_path), *values, Part(" 开头的所有操作", clause.acts_path)])
    found = joined(items, "、", "和", clause.acts_path)
    return [Part(f"{EVERYTHING}，但不包括：", clause.acts_path), *found] if clause.all_acts_but else found


def _in_words(act: Act) -> str:
    if act.kind is Do.KNOWN:
        return PHRASES.get(act.text) or quoted(act.text)
    return _WORDS[act.kind].format(quoted(act.text))
