"""Sentences as they are written in a form: what they say, what is wrong with them, and what may be meant."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from policystudio.analysis.sentences import Language, describe
from policystudio.analysis.sentences.reading import (
    Choice,
    Problem,
    ReadBack,
    problem_text,
    read,
    said_back,
)
from policystudio.catalog.model import Catalogue
from policystudio.ram.parse import parse
from policystudio.web.languages import sentence_language

FIELD, LANGUAGE, CHOOSE = "sentences", "language", "choose"
EXAMPLES = {
    Language.ENGLISH: (
        "Allows decrypting with every key in the target's region and account.",
        "Allows reading secret values and reading secret metadata, on every secret whose name begins with `prod/` "
        "in the target's region and account, if the request's address is in `203.0.113.0/24`.",
        "Never allows scheduling keys for deletion on any key in any region of any account, if the key's tag "
        "`Project` is `Apollo`.",
    ),
    Language.CHINESE: (
        "允许对目标地域、目标账号的所有密钥执行以下操作：解密。",
        "允许对目标地域、目标账号的名称以 `prod/` 开头的所有凭据执行以下操作：获取凭据值和查看凭据元数据，条件是："
        "请求的来源地址属于 `203.0.113.0/24`。",
        "绝不允许对任何地域、任何账号的任何密钥执行以下操作：计划删除密钥，条件是：密钥的标签 `Project` 是 `Apollo`。",
    ),
}


@dataclass(frozen=True, slots=True)
class ShownChoice:
    """A button: its words, and what it sends."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class ShownProblem:
    line: int
    column: int
    start: int
    end: int
    text: str
    choices: tuple[ShownChoice, ...]


@dataclass(frozen=True)
class Written:
    """The text of the field. `lost` is what a document held that its sentences do not say."""

    text: str
    language: Language
    catalogue: Catalogue
    lost: tuple[str, ...] = ()

    @classmethod
    def sent(cls, data: QueryDict, catalogue: Catalogue) -> Written:
        """What a form sent, after the choice that its button made."""
        written = cls(data.get(FIELD, "").replace("\r\n", "\n"), _language(data.get(LANGUAGE, "")), catalogue)
        return written.chosen(data.get(CHOOSE, "")) if CHOOSE in data else written

    @classmethod
    def of_document(cls, source: str, language: Language, catalogue: Catalogue) -> Written | None:
        """The document of another editor in sentences; None while it has faults."""
        document = parse(source, any_operator=True).document
        if document is None:
            return None
        sids = tuple(each.sid.text for each in document.statements if each.sid is not None)
        text = "\n".join(each.text for each in describe(document, catalogue, language))
        return cls(text, language, catalogue, sids)

    @cached_property
    def found(self) -> ReadBack:
        return read(self.text, self.language, self.catalogue)

    @cached_property
    def said(self) -> tuple[str, ...]:
        """The sentences that could be read, in the grammar's own wording."""
        return said_back(self.found, self.language, self.catalogue)

    @property
    def is_blank(self) -> bool:
        return not self.text.strip()

    @property
    def examples(self) -> tuple[tuple[str, str], ...]:
        """Sentence and what its button sends."""
        return tuple((each, json.dumps([-1, -1, "", each])) for each in EXAMPLES[self.language])

    @property
    def other_language(self) -> Language:
        return Language.CHINESE if self.language is Language.ENGLISH else Language.ENGLISH

    @cached_property
    def problems(self) -> tuple[ShownProblem, ...]:
        """What is wrong, with choices; nothing is wrong with a field that is still empty."""
        return () if self.is_blank else tuple(map(self._shown, self.found.problems))

    def translated(self, language: Language) -> Written:
        """The same in another language, as far as all of it can be read."""
        if self.is_blank or self.found.source is None:
            return replace(self, language=language) if self.is_blank else self
        return Written.of_document(self.found.source, language, self.catalogue) or self

    def chosen(self, value: str) -> Written:
        """After a choice. One that was made for another text than this changes nothing."""
        match _sent_choice(value):
            case [-1, -1, "", str(new)]:
                kept = self.text.rstrip()
                return replace(self, text=f"{kept}\n{new}" if kept else new)
            case [int(start), int(end), str(old), str(new)] if self.text[start:end] == old:
                return replace(self, text=Choice(new, start, end).applied(self.text))
        return self

    def _shown(self, problem: Problem) -> ShownProblem:
        return ShownProblem(
            problem.line,
            problem.column,
            problem.start,
            problem.end,
            problem_text(problem, sentence_language()),
            tuple(map(self._choice, problem.choices)),
        )

    def _choice(self, choice: Choice) -> ShownChoice:
        old = self.text[choice.start : choice.end]
        value = json.dumps([choice.start, choice.end, old, choice.text])
        label = choice.text.strip() or _("Leave these words out")
        return ShownChoice(label, value)


def _sent_choice(value: str) -> Any:
    """What a button sent; None where it sent nothing that can be read. Buttons nest nothing deeply."""
    try:
        return json.loads(value)
    except (ValueError, RecursionError):
        return None


def _language(text: str) -> Language:
    return Language(text) if text in list(Language) else sentence_language()
