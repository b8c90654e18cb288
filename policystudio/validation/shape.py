"""What of a document can be seen at a glance, so that rules are not asked about what they never speak of.

A rule says by `only` what has to be there, the engine leaves it out where that is missing. What it finds there is left
to the rule.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum

from policystudio.ram.document import Effect, Statement
from policystudio.ram.patterns import has_wildcard
from policystudio.ram.reader import JsonArray, JsonObject
from policystudio.validation.context import Context


class Only(StrEnum):
    """What has to be there before a rule is asked.

    A check of a statement or of something in it is asked where its statement is such a one, a check of the document
    where some statement is. With several, each has to hold, for a document maybe by different statements.
    """

    ALLOW = "statements that allow"
    DENY = "statements that deny"
    EXCEPTIONS = "statements with `NotAction`"
    LEFT_OUT_RESOURCES = "statements with `NotResource`"
    SID = "statements with a `Sid`"
    CONDITION_BLOCK = "statements with `Condition`, an empty one included"
    CONDITIONS = "statements with conditions"
    SEVERAL_CONDITIONS = "statements with several conditions"
    SEVERAL_ACTIONS = "statements with several entries in `Action` or `NotAction`"
    SEVERAL_RESOURCES = "statements with several entries in `Resource` or `NotResource`"
    WILDCARD_IN_ACTION = "statements with a wildcard in `Action` or `NotAction`"
    WILDCARD_IN_RESOURCE = "statements with a wildcard in `Resource` or `NotResource`"
    OTHER_SERVICE = "statements with an entry in `Action` or `NotAction` that does not begin with `kms:`"
    UNUSABLE_ACTION = "statements with an action that none of their resources lets act"
    SEVERAL_STATEMENTS = "documents of several statements"
    TARGETS = "documents whose targets are known"
    SEVERAL_TARGETS = "documents with several targets"
    NAME = "documents whose policy has a name"


Shape = tuple[bool, ...]
"""Which of `Only` hold: those of the statement first, then those of the document."""


def _has_block(statement: Statement, context: Context) -> bool:
    """Whether `Condition` is written at all; where it is empty, the statement has no conditions."""
    if statement.conditions:
        return True
    listed = context.document.value.get("Statement")
    written = listed.items[statement.index] if isinstance(listed, JsonArray) else None
    return isinstance(written, JsonObject) and written.get("Condition") is not None


def _has_unusable(statement: Statement, context: Context) -> bool:
    reach = context.reach(statement)
    return len(reach.acting.pairs) < len(reach.expanded)


_OF_STATEMENT: Mapping[Only, Callable[[Statement, Context], bool]] = {
    Only.ALLOW: lambda statement, _: statement.effect is Effect.ALLOW,
    Only.DENY: lambda statement, _: statement.effect is Effect.DENY,
    Only.EXCEPTIONS: lambda statement, _: bool(statement.not_actions),
    Only.LEFT_OUT_RESOURCES: lambda statement, _: bool(statement.not_resources),
    Only.SID: lambda statement, _: statement.sid is not None,
    Only.CONDITION_BLOCK: _has_block,
    Only.CONDITIONS: lambda statement, _: bool(statement.conditions),
    Only.SEVERAL_CONDITIONS: lambda statement, _: len(statement.conditions) > 1,
    Only.SEVERAL_ACTIONS: lambda statement, _: len(statement.actions) + len(statement.not_actions) > 1,
    Only.SEVERAL_RESOURCES: lambda statement, _: len(statement.resources) + len(statement.not_resources) > 1,
    Only.WILDCARD_IN_ACTION: lambda statement, _: any(
        has_wildcard(entry.text) for entry in statement.actions or statement.not_actions
    ),
    Only.WILDCARD_IN_RESOURCE: lambda statement, _: any(
        has_wildcard(resource.text) for resource in statement.resources or statement.not_resources
    ),
    Only.OTHER_SERVICE: lambda statement, _: (
        not all(entry.text.startswith("kms:") for entry in statement.actions or statement.not_actions)
    ),
    Only.UNUSABLE_ACTION: _has_unusable,
}

_OF_DOCUMENT: Mapping[Only, Callable[[Context], bool]] = {
    Only.SEVERAL_STATEMENTS: lambda context: len(context.document.statements) > 1,
    Only.TARGETS: lambda context: bool(context.targets),
    Only.SEVERAL_TARGETS: lambda context: len(context.targets) > 1,
    Only.NAME: lambda context: context.name is not None,
}

_ORDER = (*_OF_STATEMENT, *_OF_DOCUMENT)
_SEEN_IN_STATEMENT = tuple(_OF_STATEMENT.values())


def shapes(context: Context) -> tuple[Shape, list[Shape]]:
    """The shape of the document, and that of each of its statements."""
    of_document = tuple(holds(context) for holds in _OF_DOCUMENT.values())
    own = [
        tuple([holds(statement, context) for holds in _SEEN_IN_STATEMENT])
        for statement in context.document.statements
    ]
    together = tuple(map(any, zip(*own, strict=True)))
    return together + of_document, [seen + of_document for seen in own]


def held_by(shape: Shape) -> frozenset[Only]:
    """What holds, by name."""
    return frozenset(only for only, holds in zip(_ORDER, shape, strict=True) if holds)
