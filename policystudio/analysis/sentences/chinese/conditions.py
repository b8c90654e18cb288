"""Conditions in Chinese: what is looked at, how it is compared, with which values."""

from __future__ import annotations

from policystudio.analysis.sentences.chinese.typesetting import typeset
from policystudio.analysis.sentences.clause import Comparison, Doubt, If
from policystudio.analysis.sentences.pieces import Parts, joined, quoted
from policystudio.analysis.sentences.sentence import Part
from policystudio.ram.patterns import has_wildcard

SUBJECTS = {
    "acs:CurrentTime": "请求时间",
    "acs:SourceIp": "请求的来源地址",
    "acs:VpcSourceIp": "请求的私网来源地址",
    "acs:SourceVpc": "请求来源的专有网络",
    "acs:PrincipalARN": "调用者的 ARN ",
    "acs:PrincipalRDId": "调用者账号所属的资源目录",
    "acs:PrincipalRDPath": "调用者账号在资源目录中的路径",
    "kms:EncryptionAlgorithm": "加密算法",
    "ram:ServiceName": "角色所服务的云服务",
}
TAGS = {
    "kms:tag/": "密钥的标签",
    "acs:ResourceTag/": "资源的标签",
    "acs:RequestTag/": "请求携带的标签",
    "kms:EncryptionContext:": "加密上下文的条目",
}
TRUTHS = {
    "acs:SecureTransport": ("请求通过 HTTPS 发出", "请求注明未通过 HTTPS 发出"),
    "acs:MFAPresent": ("用户登录时使用了多因素认证", "用户已登录，但未使用多因素认证"),
}
ORDERS = {
    Comparison.LESS: "小于",
    Comparison.AT_MOST: "不大于",
    Comparison.MORE: "大于",
    Comparison.AT_LEAST: "不小于",
    Comparison.BEFORE: "早于",
    Comparison.NOT_AFTER: "不晚于",
    Comparison.AFTER: "晚于",
    Comparison.NOT_BEFORE: "不早于",
}
# Plain, negated.
VERBS = {
    Comparison.IS: ("是", "不是"),
    Comparison.IS_IGNORING_CASE: ("是", "不是"),
    Comparison.FITS: ("符合", "不符合"),
    Comparison.EQUALS: ("等于", "不等于"),
    Comparison.MOMENT: ("恰好是", "并非恰好是"),
    Comparison.WITHIN: ("属于", "不属于"),
}
TRUTH = ("为真", "为假")
HOLDS = (" 对于 ", " 和 ")
NO_VALUE = "空值"
HELD = " 成立"
KEY = "条件键 {} "
EMPTY = "空文本"
NAMELESS = "名称为空的条件键"
NONE_OF = "中的任何一个"
CASE = "（忽略大小写）"
LITERAL = "（通配符按普通字符处理）"
ABSENT = "（或者请求不携带该条件键）"
DOUBTS = {
    Doubt.UNDOCUMENTED: "（RAM 没有说明其含义，可能成立，也可能不成立）",
    Doubt.UNREADABLE: "（无法读取，可能成立，也可能不成立）",
}
OF_TEAM = "（由您的团队添加的条件键）"


def condition_in_words(condition: If) -> Parts:
    """A clause that can stand for itself."""
    found = _doubted(condition) if condition.doubt else _held(condition)
    return typeset([*found, Part(OF_TEAM, condition.key.path)] if condition.is_of_team else found)


def _doubted(condition: If) -> Parts:
    assert condition.doubt is not None  # asked just before
    values = joined(_values(condition), "、", " 或 ", condition.path) or [Part(NO_VALUE, condition.path)]
    operator, key = condition.operator, condition.key
    return [
        Part(quoted(operator.text) if operator.text else EMPTY, operator.path),
        Part(HOLDS[0], condition.path),
        Part(quoted(key.text) if key.text else EMPTY, key.path),
        Part(HOLDS[1], condition.path),
        *values,
        Part(HELD, condition.path),
        Part(DOUBTS[condition.doubt], condition.path),
    ]


def _held(condition: If) -> Parts:
    comparison, key = condition.comparison, condition.key
    assert comparison is not None  # there is no doubt
    if comparison in (Comparison.TRUE, Comparison.FALSE):
        is_false = comparison is Comparison.FALSE
        if key.text in TRUTHS:
            return [Part(TRUTHS[key.text][is_false], condition.path)]
        return [Part(subject(key.text), key.path), Part(TRUTH[is_false], condition.path)]
    return [Part(subject(key.text), key.path), *_compared(condition, comparison)]


def subject(key: str) -> str:
    """What a condition key looks at."""
    if not key:
        return NAMELESS
    if key in SUBJECTS:
        return SUBJECTS[key]
    for prefix, words in TAGS.items():
        if key.startswith(prefix) and len(key) > len(prefix):
            return f"{words} {quoted(key[len(prefix) :])} "
    return KEY.format(quoted(key))


def _compared(condition: If, comparison: Comparison) -> Parts:
    at = condition.operator.path
    if comparison in ORDERS:
        verb = ORDERS[comparison]
        return [Part(f"{verb} ", at), *joined(_values(condition), f"、{verb} ", f" 或{verb} ", at)]
    verb = VERBS[comparison][condition.is_negated]
    is_none_of = condition.is_negated and len(condition.values) > 1
    values = joined(_values(condition), "、", "、" if is_none_of else " 或 ", condition.key.path)
    found = [Part(f"{verb} ", at), *values]
    if is_none_of:
        found.append(Part(f" {NONE_OF}", at))
    if comparison is Comparison.IS_IGNORING_CASE:
        found.append(Part(CASE, at))
    if comparison in (Comparison.IS, Comparison.IS_IGNORING_CASE) and any(
        has_wildcard(value.text) for value in condition.values
    ):
        found.append(Part(LITERAL, at))
    return [*found, Part(ABSENT, at)] if condition.is_negated else found


def _values(condition: If) -> list[Parts]:
    return [[Part(quoted(each.text) if each.text else EMPTY, each.path)] for each in condition.values]
