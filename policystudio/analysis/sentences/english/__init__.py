"""English sentences for statements: a small grammar that says no more than the statement does.

A sentence is effect + actions + resources + conditions. Wildcards and placeholders are named as what they are, an
element that we do not understand is quoted. Whether it is wise is left to `validation`.
"""

from __future__ import annotations

from policystudio.analysis.sentences.english.actions import actions_in_words, is_all_cryptographic
from policystudio.analysis.sentences.english.conditions import condition_in_words
from policystudio.analysis.sentences.english.resources import resources_in_words
from policystudio.analysis.sentences.sentence import Reach, Sentence
from policystudio.catalog.lookup import condition_key, expand, types_reached
from policystudio.catalog.model import TEAM, Catalogue
from policystudio.ram.document import Condition, Document, Effect, Statement
from policystudio.ram.patterns import has_wildcard
from policystudio.ram.resources import is_everything, split


def describe(document: Document, catalogue: Catalogue) -> tuple[Sentence, ...]:
    """One sentence per statement, in the document's order. Never raises, whatever the statements hold."""
    return tuple(_sentence(statement, catalogue) for statement in document.statements)


def _sentence(statement: Statement, catalogue: Catalogue) -> Sentence:
    verb = "Allows" if statement.effect is Effect.ALLOW else "Denies"
    text = f"{verb} {_what(statement, catalogue)}{_where(statement, catalogue)}"
    text += "".join(_conditions(statement, catalogue))
    if statement.effect is Effect.DENY:
        text += "; this wins over whatever else allows it"
    return Sentence(
        statement.index, statement.path, statement.effect, text + ".", _reaches(statement, catalogue)
    )


def _what(statement: Statement, catalogue: Catalogue) -> str:
    if statement.not_actions:
        excepted = actions_in_words([a.text for a in statement.not_actions], catalogue)
        return f"every action of every service except {excepted}"
    return actions_in_words([a.text for a in statement.actions], catalogue)


def _where(statement: Statement, catalogue: Catalogue) -> str:
    # A trust policy has no resources; saying "on nothing" would be wrong.
    if statement.not_resources:
        return f", on every resource except {resources_in_words([r.text for r in statement.not_resources])}"
    if not statement.resources:
        return ""
    names = [a.text for a in statement.actions]
    word = "with" if names and is_all_cryptographic(names, catalogue) else "on"
    # After a list of actions a comma keeps the place from being read as part of the last one.
    comma = "," if len(names) != 1 else ""
    return f"{comma} {word} {resources_in_words([r.text for r in statement.resources])}"


def _conditions(statement: Statement, catalogue: Catalogue) -> list[str]:
    phrases = [condition_in_words(c) + _of_team(c, catalogue) for c in statement.conditions]
    return [f", {'if' if index == 0 else 'and if'} {phrase}" for index, phrase in enumerate(phrases)]


def _of_team(condition: Condition, catalogue: Catalogue) -> str:
    """A mark for a key that the team itself has added to the catalogue."""
    known = condition_key(catalogue, condition.key.text)
    return " (a condition key added by your team)" if known and known.confidence == TEAM else ""


def _reaches(statement: Statement, catalogue: Catalogue) -> tuple[Reach, ...]:
    reached = _types(statement, catalogue)
    found = []
    for pattern in dict.fromkeys(a.text for a in statement.actions):
        if not has_wildcard(pattern):
            continue
        actions = [action for action in expand(catalogue, pattern) if action.authorization_required]
        found.append(
            Reach(
                pattern,
                tuple(a.name for a in actions if reached is None or a.usable_with(reached)),
                tuple(a.name for a in actions if reached is not None and not a.usable_with(reached)),
            )
        )
    return tuple(found)


def _types(statement: Statement, catalogue: Catalogue) -> frozenset[str] | None:
    """The resource types that the statement reaches; None when every type is, or when it cannot be told."""
    if not statement.resources:
        return None
    types: set[str] = set()
    for resource in statement.resources:
        if is_everything(resource.text):
            return None
        fields = split(resource.text)
        if fields is None or has_wildcard(fields.service):
            return None
        if fields.service == catalogue.service:
            types |= types_reached(catalogue, fields.relative_id)
    return frozenset(types)
