"""What a rule is: one module with documentation, a severity, examples and a check for the things it looks at.

The code comes from the file name, the documentation from the module's docstring. Finding the rules is `registry.py`,
running them `engine.py`, and what they may look at `context.py`.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, NamedTuple

from policystudio.catalog.model import INFERRED
from policystudio.ram.document import Condition, Document, Kind, Statement, Text
from policystudio.ram.finding import Severity
from policystudio.ram.render import RegionMode, Target
from policystudio.validation.context import Context
from policystudio.validation.repairs import Repair
from policystudio.validation.shape import Only


class Looks(StrEnum):
    """What a check is called for, so that the engine walks a document once for all rules."""

    DOCUMENT = "document"
    STATEMENT = "statement"
    ACTION = "action"
    RESOURCE = "resource"
    CONDITION = "condition"
    TEXT = "text"


class Note(NamedTuple):
    """A finding before its line and column are worked out and its repair is turned into edits."""

    code: str
    severity: Severity
    message: str
    path: str
    offset: int | None
    repair: Repair | None
    confidence: str | None
    choices: tuple[Repair, ...] = ()


Notes = Iterable[Note]

_PROBABLY = "probably"


@dataclass(frozen=True, slots=True)
class Example:
    """A text for the documentation and the tests: a statement, several, or a document, and the surroundings it needs.

    A statement is completed with harmless defaults, so that an example shows only what matters.
    """

    of: dict[str, Any] | Sequence[dict[str, Any]]
    targets: tuple[Target, ...] = ()
    name: str | None = None
    region_mode: RegionMode = RegionMode.SEPARATE
    own_key_secrets: tuple[str, ...] = ()
    now: datetime = datetime(2026, 1, 1, tzinfo=UTC)
    stored: bool = False
    kind: Kind = Kind.IDENTITY
    enabled_regions: Mapping[str, Sequence[str]] | None = None
    published_versions: Mapping[tuple[str, str], int] | None = None

    def document(self) -> dict[str, Any]:
        """The completed document as plain values."""
        if isinstance(self.of, dict) and "Statement" in self.of:
            return {"Version": "1", **self.of}
        statements = [self.of] if isinstance(self.of, dict) else list(self.of)
        return {"Version": "1", "Statement": [_completed(statement) for statement in statements]}

    def surroundings(self) -> dict[str, Any]:
        """Everything but the text and the catalogue, as named arguments of the pipeline."""
        names = [each.name for each in fields(self) if each.name != "of"]
        return {name: getattr(self, name) for name in names}


def _completed(statement: dict[str, Any]) -> dict[str, Any]:
    complete: dict[str, Any] = {"Effect": "Allow"}
    if "NotAction" not in statement:
        complete["Action"] = "kms:DescribeKey"
    if "NotResource" not in statement:
        complete["Resource"] = "acs:kms:${region}:${account}:key/key-hzz1234567890abcdefgh"
    return {**complete, **statement}


AnExample = Example | dict[str, Any] | Sequence[dict[str, Any]]
Checks = dict[Looks, list[Callable[..., Notes]]]


class Rule:
    """One rule. Its module's docstring is its page: the first line says what is wrong, then why and what to do."""

    def __init__(
        self,
        severity: Severity,
        *,
        triggers: Sequence[AnExample],
        clean: Sequence[AnExample],
        silenced_by: Sequence[str] = (),
        silenced_in_statement_by: Sequence[str] = (),
        former_codes: Sequence[str] = (),
        kinds: Sequence[Kind] = (Kind.IDENTITY,),
        only: Sequence[Only] = (),
        naming: Collection[str] = (),
    ) -> None:
        """`silenced_by`: codes that, found at the same place or around it or inside it, tell of the same cause.

        `silenced_in_statement_by`: codes that do so anywhere in the same statement. `kinds`: the kinds of document
        that the rule judges. `only`: what has to be there for the rule to find anything. `naming`: actions of which an
        Allow has to name one, by itself or by a pattern that does not take all of KMS, for the rule to find anything
        in the document. Both spare the engine calls that say nothing; a check may rely on neither.
        """
        self.severity = severity
        self.triggers = tuple(e if isinstance(e, Example) else Example(e) for e in triggers)
        self.clean = tuple(e if isinstance(e, Example) else Example(e) for e in clean)
        self.silenced_by = frozenset(silenced_by)
        self.silenced_in_statement_by = frozenset(silenced_in_statement_by)
        self.former_codes = tuple(former_codes)
        self.kinds = frozenset(kinds)
        self.only = frozenset(only)
        self.naming = frozenset(naming)
        self.checks: Checks = {}
        self.by_itself: set[Callable[..., Notes]] = set()
        self.module = ""

    @property
    def code(self) -> str:
        """The public name, from the file name."""
        return self.module.rpartition(".")[2].replace("_", "-")

    @property
    def documentation(self) -> str:
        """The docstring of the rule's module."""
        return (sys.modules[self.module].__doc__ or "").strip()

    def for_document(self, check: Callable[[Document, Context], Notes]) -> None:
        """Call `check` once for the document."""
        self._add(Looks.DOCUMENT, check)

    def for_each_statement(self, check: Callable[[Statement, Context], Notes]) -> None:
        """Call `check` for every statement."""
        self._add(Looks.STATEMENT, check)

    def for_each_action(self, check: Callable[[Text, Statement, Context], Notes]) -> None:
        """Call `check` for every entry of `Action` and `NotAction`."""
        self._add(Looks.ACTION, check)

    def for_each_resource(self, check: Callable[[Text, Statement, Context], Notes]) -> None:
        """Call `check` for every entry of `Resource` and `NotResource`."""
        self._add(Looks.RESOURCE, check)

    def for_each_action_by_itself(self, check: Callable[[Text, Statement, Context], Notes]) -> None:
        """As `for_each_action`, for a check that says nothing where it says nothing of the entry by itself.

        By itself: in a statement of the same effect and element, on every resource, without conditions, with nothing
        known of targets. The engine asks such checks of each text once, and again only where they spoke.
        """
        self.by_itself.add(check)
        self.for_each_action(check)

    def for_each_resource_by_itself(self, check: Callable[[Text, Statement, Context], Notes]) -> None:
        """As `for_each_resource`, for a check that says nothing where it says nothing of the entry by itself.

        By itself: as for actions, with every action of KMS.
        """
        self.by_itself.add(check)
        self.for_each_resource(check)

    def for_each_condition(self, check: Callable[[Condition, Statement, Context], Notes]) -> None:
        """Call `check` for every pair of operator and condition key."""
        self._add(Looks.CONDITION, check)

    def for_each_text(self, check: Callable[[Text, bool, Context], Notes]) -> None:
        """Call `check` for every text, and whether placeholders are replaced in it; always by itself."""
        self.by_itself.add(check)
        self._add(Looks.TEXT, check)

    def finding(
        self,
        at: Text | Statement | Condition | Document,
        text: str,
        fix: Repair | None = None,
        confidence: str | None = None,
        choices: Sequence[Repair] = (),
        severity: Severity | None = None,
    ) -> Note:
        """A finding at a place of the document. `confidence` is the catalogue's word for the fact behind it.

        `fix` is the one repair that is right; `choices` are those of which a person has to choose. `severity` makes
        this one finding less grave than the rule; it never makes it graver. What rests on an inferred fact is a
        warning at most, and says that it is probable.
        """
        match at:
            case Document():
                path, offset = "", at.value.start
            case Condition():
                path, offset = at.path, at.key.start
            case _:
                path, offset = at.path, at.start
        grade = self.severity
        if severity is not None and severity.rank > grade.rank:
            grade = severity
        if confidence == INFERRED:
            grade = max(grade, Severity.WARNING, key=lambda each: each.rank)
            text = text if _PROBABLY in text else f"{_PROBABLY}: {text}"
        return Note(self.code, grade, text, path, offset, fix, confidence, tuple(choices))

    def _add(self, looks: Looks, check: Callable[..., Notes]) -> None:
        self.module = check.__module__
        self.checks.setdefault(looks, []).append(check)
