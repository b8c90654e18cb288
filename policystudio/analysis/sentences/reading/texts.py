"""The problems of reading in words, in the language of whoever looks."""

from __future__ import annotations

import re
from typing import NamedTuple

from policystudio.analysis.sentences.describe import Language
from policystudio.analysis.sentences.pieces import quoted
from policystudio.analysis.sentences.reading.problem import Fault, Problem

MAX_EXPECTED = 6
"""More are not named; completion shows them."""
_BLANK = re.compile(r"\{([a-z ]+)\}")
_ENGLISH = {
    Fault.EXPECTED: "{subject} is not understood here; write {expected}",
    Fault.OPEN_VALUE: "this backtick is never closed; write a second one where the value ends",
    Fault.ESCAPE: "a backslash stands before another one, or before `u{{…}}` with the code of a character; "
    "write it twice to mean itself",
    Fault.UNSEEN: "a character here cannot be seen; write it as `\\u{{…}}`, or leave it out",
    Fault.UNKNOWN_ACTION: "{subject} is no known action; choose the one you mean, or say that it is unknown",
    Fault.NOT_OF_TEAM: "{subject} was not added by your team; leave these words out, or add it on the page of "
    "known names",
    Fault.PATTERN: "{subject} has a wildcard in it, and these words speak of one name; say that it begins with or "
    "fits a pattern",
    Fault.WILDCARD: "{subject} has a wildcard in it; say whether it is taken literally or is a pattern that the "
    "value fits",
    Fault.CASE: "letter case can only be ignored where a text is compared as a whole; leave these words out",
    Fault.NO_FIELD: "{subject} has a colon in it, which would end this part of a resource name; leave it out",
    Fault.NO_SERVICE: "{subject} is no service; write its short name, such as `oss`, without colons or wildcards",
    Fault.RESOURCE_NAME: "{subject} is a resource name; say which resource it is, in which region and of which account",
    Fault.NO_RESOURCES: "no resource is said, as in a trust policy, whose principal no sentence keeps; say on which "
    "resources",
    Fault.ABSENT_UNSAID: "this also holds for a request that does not carry the key; say so",
    Fault.ABSENT_SAID: "this never holds for a request that does not carry the key; leave these words out",
    Fault.UNREADABLE_VALUE: "{subject} cannot be compared so; write {expected}",
    Fault.READABLE: "RAM documents what {subject} does with these values; say it plainly",
    Fault.SAME_TWICE: "{subject} is already compared in this way; a policy can hold that once, so make it one "
    "condition or two sentences",
    Fault.TOO_LONG: "the text is longer than {detail} characters; make it shorter",
    Fault.TOO_MANY: "more than {detail} problems were found; repair those that are shown and look again",
    Fault.NOTHING: "no sentence is written yet; begin with {expected}",
    Fault.REFUSED: "this makes no document: {detail}",
}
_CHINESE = {
    Fault.EXPECTED: "此处无法理解 {subject}；请写 {expected}",
    Fault.OPEN_VALUE: "这个反引号没有闭合；请在值的末尾再写一个",
    Fault.ESCAPE: "反斜杠之后应是另一个反斜杠，或是带字符编码的 `u{{…}}`；若要表示反斜杠本身，请写两个",
    Fault.UNSEEN: "此处有看不见的字符；请写成 `\\u{{…}}`，或删除它",
    Fault.UNKNOWN_ACTION: "{subject} 不是已知操作；请选择您要的操作，或说明它是未知操作",
    Fault.NOT_OF_TEAM: "{subject} 不是由您的团队添加的；请删除这几个字，或在“已知名称”页面添加它",
    Fault.PATTERN: "{subject} 含有通配符，而这里说的是一个名称；请写明以什么开头，或符合什么模式",
    Fault.WILDCARD: "{subject} 含有通配符；请写明按普通字符处理，还是作为值要符合的模式",
    Fault.CASE: "只有整体比较文本时才能忽略大小写；请删除这几个字",
    Fault.NO_FIELD: "{subject} 含有冒号，会截断资源名称的这一部分；请删除冒号",
    Fault.NO_SERVICE: "{subject} 不是服务；请写服务的简称，例如 `oss`，不含冒号和通配符",
    Fault.RESOURCE_NAME: "{subject} 是资源名称；请写明是哪个资源，在哪个地域，属于哪个账号",
    Fault.NO_RESOURCES: "没有写明资源，就像信任策略那样，而句子不保留其主体；请写明对哪些资源",
    Fault.ABSENT_UNSAID: "请求不携带该条件键时，此条件也成立；请写明这一点",
    Fault.ABSENT_SAID: "请求不携带该条件键时，此条件从不成立；请删除这几个字",
    Fault.UNREADABLE_VALUE: "{subject} 不能这样比较；请写 {expected}",
    Fault.READABLE: "RAM 说明了 {subject} 对这些值的含义；请直接写出来",
    Fault.SAME_TWICE: "{subject} 已经这样比较过；策略只能包含一次，请合并为一个条件，或分成两句",
    Fault.TOO_LONG: "文本超过 {detail} 个字符；请缩短",
    Fault.TOO_MANY: "发现的问题超过 {detail} 个；请先修正已显示的问题再查看",
    Fault.NOTHING: "还没有写句子；请以 {expected} 开头",
    Fault.REFUSED: "这不能成为文档：{detail}",
}
_BLANKS = {
    "known action": ("an action such as `kms:Decrypt`", "操作，例如 `kms:Decrypt`"),
    "action": ("the name of an action", "操作的名称"),
    "action pattern": ("a pattern such as `kms:*Key`", "模式，例如 `kms:*Key`"),
    "beginning": ("how the action begins, such as `kms:List`", "操作的开头，例如 `kms:List`"),
    "service": ("the short name of a service, such as `oss`", "服务的简称，例如 `oss`"),
    "region": ("a region such as `cn-hangzhou`", "地域，例如 `cn-hangzhou`"),
    "account": ("the id of an account", "账号 ID"),
    "key id": ("the id of a key", "密钥 ID"),
    "alias name": ("the name of an alias", "别名的名称"),
    "secret name": ("the name of a secret", "凭据的名称"),
    "certificate id": ("the id of a certificate", "证书 ID"),
    "instance id": ("the id of an instance", "实例 ID"),
    "name": ("a name", "名称"),
    "text": ("a text", "文本"),
    "pattern": ("a pattern such as `prod-*`", "模式，例如 `prod-*`"),
    "number": ("a number", "数字"),
    "moment": ("a moment such as `2026-12-31T23:59:59Z`", "时刻，例如 `2026-12-31T23:59:59Z`"),
    "address": ("an address or a range such as `203.0.113.0/24`", "地址或网段，例如 `203.0.113.0/24`"),
    "tag key": ("the key of a tag", "标签键"),
    "condition key": ("a condition key such as `acs:SourceIp`", "条件键，例如 `acs:SourceIp`"),
    "operator": ("the name of an operator", "运算符的名称"),
}


class _Voice(NamedTuple):
    texts: dict[Fault, str]
    near: str
    """Of something unexpected, where there are choices."""
    unfinished: str
    """Where nothing stands any more."""
    unfinished_near: str
    comma: str
    last: str
    more: str


_VOICES = {
    Language.ENGLISH: _Voice(
        _ENGLISH,
        "{subject} is not understood here; choose what you mean",
        "the sentence is not complete; go on with {expected}",
        "the sentence is not complete; choose how it goes on",
        ", ",
        " or ",
        "something else that completion shows",
    ),
    Language.CHINESE: _Voice(
        _CHINESE,
        "此处无法理解 {subject}；请选择您的意思",
        "句子还没有写完；请接着写 {expected}",
        "句子还没有写完；请选择接下来的内容",
        "、",
        " 或 ",
        "补全列表中的其他内容",
    ),
}


def problem_text(problem: Problem, language: Language = Language.ENGLISH) -> str:
    """One sentence that says what to do."""
    voice = _VOICES[language]
    text = voice.texts[problem.fault]
    if problem.fault is Fault.EXPECTED and not problem.subject:
        text = voice.unfinished_near if problem.choices else voice.unfinished
    elif problem.fault is Fault.EXPECTED and problem.choices:
        text = voice.near
    return text.format(
        subject=quoted(problem.subject),
        detail=problem.subject,
        expected=_listed([expected_text(each, language) for each in problem.expected], voice),
    )


def expected_text(expected: str, language: Language) -> str:
    """What the grammar expects, for people: words between backticks, or what a blank is for."""
    blank = _BLANK.match(expected)
    if blank:
        return _BLANKS[blank[1]][language is Language.CHINESE]
    return quoted(_BLANK.sub("…", expected).replace("`", "'").strip())


def _listed(texts: list[str], voice: _Voice) -> str:
    if len(texts) > MAX_EXPECTED:
        texts = [*texts[: MAX_EXPECTED - 1], voice.more]
    return voice.last.join(filter(None, [voice.comma.join(texts[:-1]), *texts[-1:]]))
