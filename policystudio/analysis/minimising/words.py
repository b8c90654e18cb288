"""The steps of minimising as sentences, in English and Chinese; values of the document stand between backticks."""

from __future__ import annotations

from typing import Any

from policystudio.analysis.minimising.answers import Kind, Minimised, Step
from policystudio.analysis.redundancy import Why
from policystudio.analysis.sentences import Language
from policystudio.analysis.sentences.pieces import quoted
from policystudio.ram.document import Document
from policystudio.ram.locate import value_at
from policystudio.ram.position import pointer_parts
from policystudio.ram.reader import JsonString

_WHAT = {
    Language.ENGLISH: {
        Kind.STATEMENT: "statement {n}",
        Kind.ENTRY: "{value} in {name} of statement {n}",
        Kind.CONDITION: "the condition {condition} of statement {n}",
        Kind.VALUE: "{value} in the condition {condition} of statement {n}",
        Kind.MERGED: "statement {n} goes into statement {blame}, as they differ in one list only",
    },
    Language.CHINESE: {
        Kind.STATEMENT: "语句 {n}",
        Kind.ENTRY: "语句 {n} 的 {name} 中的 {value}",
        Kind.CONDITION: "语句 {n} 的条件 {condition}",
        Kind.VALUE: "语句 {n} 的条件 {condition} 中的 {value}",
        Kind.MERGED: "语句 {n} 并入语句 {blame}，因为两者只有一个列表不同",
    },
}
_WHY = {
    Language.ENGLISH: {
        Why.EMPTY: "no request matches it",
        Why.DENIED: "statement {blame} denies all of it",
        Why.SHADOWED: "statement {blame} says all of it{but}",
        Why.NOTHING_TO_DENY: "nothing that it denies is allowed by this document",
        Why.NO_LIMIT: "without it the same is allowed and denied",
    },
    Language.CHINESE: {
        Why.EMPTY: "没有请求与之匹配",
        Why.DENIED: "语句 {blame} 拒绝其全部内容",
        Why.SHADOWED: "语句 {blame} 已包含其{but}全部内容",
        Why.NOTHING_TO_DENY: "它所拒绝的内容在本文档中均未被允许",
        Why.NO_LIMIT: "没有它，允许和拒绝的内容不变",
    },
}
_TOGETHER = {
    Language.ENGLISH: {
        Why.DENIED: "several statements together deny all of it",
        Why.SHADOWED: "what is left says all of it{but}",
    },
    Language.CHINESE: {
        Why.DENIED: "多个语句合起来拒绝其全部内容",
        Why.SHADOWED: "其余部分合起来已包含其{but}全部内容",
    },
}
_OWN = {
    Language.ENGLISH: "the rest of the statement says it too",
    Language.CHINESE: "该语句的其余部分已包含它",
}
_BUT = {Language.ENGLISH: " that is not denied", Language.CHINESE: "未被拒绝的"}
"""Of an Allow beside Denies: what these take away nobody has to say."""
_SIGN = {Language.ENGLISH: ": ", Language.CHINESE: "："}


def step_text(step: Step, document: Document, language: Language) -> str:
    """One step in one sentence without a final stop; `document` is the original."""
    parts = pointer_parts(step.path)
    held = value_at(document.value, step.path)
    what = _WHAT[language][step.kind].format(
        n=step.statement + 1,
        blame=None if step.blame is None else step.blame + 1,
        name=quoted(parts[2]) if len(parts) > 2 else "",
        condition=" ".join(map(quoted, parts[3:5])) or "`{}`",
        value=quoted(held.text) if isinstance(held, JsonString) else "",
    )
    return what if step.why is None else f"{what}{_SIGN[language]}{_why(step, step.why, document, language)}"


def told(found: Minimised, document: Document, language: Language) -> dict[str, Any]:
    """The result as the API shows it, each step with its sentence."""
    steps = [{**step.as_json(), "text": step_text(step, document, language)} for step in found.steps]
    return {**found.as_json(), "steps": steps}


def _why(step: Step, why: Why, document: Document, language: Language) -> str:
    if why is Why.SHADOWED and step.blame == step.statement:
        return _OWN[language]
    has_denies = any(not each.is_allow for each in document.statements)
    but = _BUT[language] if has_denies and document.statements[step.statement].is_allow else ""
    if step.blame is None and why in _TOGETHER[language]:
        return _TOGETHER[language][why].format(but=but)
    return _WHY[language][why].format(blame=None if step.blame is None else step.blame + 1, but=but)
