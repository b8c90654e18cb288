"""Actions and action patterns in Chinese. What is not in the table is said by its name."""

from __future__ import annotations

from policystudio.analysis.sentences.chinese.phrases import PHRASES
from policystudio.analysis.sentences.chinese.scope import PLAIN, Scope, scope_of
from policystudio.analysis.sentences.clause import Act, Clause, Do
from policystudio.analysis.sentences.pieces import Parts, joined, quoted
from policystudio.analysis.sentences.sentence import Part

EVERYTHING = "{every}服务的{every}操作"
EXCEPT = f"{EVERYTHING}，但不包括："
BEGINS = ("以 ", " 开头的{every}操作")
WORDS = {
    Do.EVERYTHING: EVERYTHING,
    Do.EVERY_KMS: "{every} KMS 操作",
    Do.EVERY_OF_SERVICE: "服务 {} 的{every}操作",
    Do.OF_TEAM: "{}（由您的团队添加）",
    Do.UNKNOWN: "未知操作 {}",
    Do.NAMED: "操作 {}",
    Do.FITS: "符合 {} 的{every}操作",
    Do.FITS_ANY_SERVICE: "任何服务中符合 {} 的{every}操作",
}


def acts_in_words(clause: Clause) -> Parts:
    """The actions in the given order; beginnings are gathered where the first of them stands."""
    head = scope_of(clause)
    scope = PLAIN if clause.all_acts_but else head
    beginnings = [act for act in clause.acts if act.kind is Do.BEGINS]
    items = []
    for act in clause.acts:
        if act.kind is not Do.BEGINS:
            items.append([Part(act_in_words(act, scope), act.path)])
        elif act is beginnings[0]:
            values = joined(
                [[Part(quoted(b.text), b.path)] for b in beginnings], "、", " 或 ", clause.acts_path
            )
            ending = Part(BEGINS[1].format(every=scope.every), clause.acts_path)
            items.append([Part(BEGINS[0], clause.acts_path), *values, ending])
    found = joined(items, "、", scope.last, clause.acts_path)
    if not clause.all_acts_but:
        return found
    return [Part(EXCEPT.format(every=head.every), clause.acts_path), *found]


def act_in_words(act: Act, scope: Scope) -> str:
    """One act that is no beginning."""
    if act.kind is Do.KNOWN:
        return PHRASES.get(act.text) or quoted(act.text)
    return WORDS[act.kind].format(quoted(act.text), every=scope.every)
