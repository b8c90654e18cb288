"""Judgements on entries of action lists that several rules share."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from policystudio.catalog.lookup import expand, nearest
from policystudio.catalog.model import Action, DependentAction
from policystudio.ram.document import Document, Statement, Text
from policystudio.ram.finding import shown
from policystudio.ram.patterns import fold, has_wildcard, normal
from policystudio.validation.choices.lists import Rewrite
from policystudio.validation.context import Context
from policystudio.validation.repairs import Replace
from policystudio.validation.services import SERVICES, is_known
from policystudio.validation.spelling import surely_means

_WILDCARD = re.compile(r"[*?]")
_VERB_PATTERN = re.compile(r"kms:([A-Z][a-z]+)\*")
_FIRST_WORD = re.compile(r"[A-Z][a-z]+")
# A list is compared with this many of its patterns at most, so that time stays linear in its length.
_MOST_PATTERNS = 40


def service_of(entry: Text) -> str:
    """The part before the colon, in lower case; empty when there is none."""
    prefix, colon, _ = entry.text.partition(":")
    return fold(prefix) if colon else ""


def is_kms_entry(entry: Text) -> bool:
    """Whether the entry is written with the prefix of KMS, in whatever case."""
    return service_of(entry) == "kms"


def belongs_to_kms(document: Document) -> bool:
    """Whether any statement names KMS actions as such."""
    return any(is_kms_entry(entry) for s in document.statements for entry in (*s.actions, *s.not_actions))


def is_restricting(statement: Statement) -> bool:
    """Whether the entries of its action list take access away: named by a Deny, or left out of an Allow."""
    # A statement has either actions or exceptions, so no search for the entry is needed.
    return statement.is_allow == bool(statement.not_actions)


def unknown_service(entry: Text) -> tuple[str, Replace | None] | None:
    """What to say of a service code that is probably none, and the entry with the nearest; None when all is well."""
    service = service_of(entry)
    if not service or has_wildcard(service) or is_known(service):
        return None
    meant = nearest(service, SERVICES)
    advice = f"did you mean `{meant}`?" if meant else "write the code of the service"
    repair = Replace(entry, f"{meant}:{entry.text.partition(':')[2]}") if meant else None
    return f"{shown(service)} is probably the code of no service; {advice}", repair


def unknown_action(entry: Text, context: Context) -> str | None:
    """What to say of an exact KMS action that the catalogue does not hold, and the nearest it does; None if it does."""
    if not is_kms_entry(entry) or has_wildcard(entry.text) or expand(context.catalogue, entry.text):
        return None
    known = nearest(entry.text, (action.name for action in context.catalogue.actions.values()))
    meant = f"; did you mean `{known}`?" if known else ""
    return (
        f"unknown action {shown(entry.text)}: not in the catalogue of {context.catalogue.compiled_on}{meant}"
    )


def spelling_fix(entry: Text, context: Context) -> Replace | None:
    """The button that writes the action which was surely meant; None when words have to do."""
    known = nearest(entry.text, (action.name for action in context.catalogue.actions.values()))
    return Replace(entry, known) if known and surely_means(context.catalogue, entry.text, known) else None


def pattern_fixes(entry: Text, context: Context) -> tuple[Replace, ...]:
    """The pattern with the verb that was probably meant, for a pattern that is a misspelt verb and a star."""
    verb = _VERB_PATTERN.fullmatch(entry.text)
    verbs = {_FIRST_WORD.match(name.name.partition(":")[2]) for name in context.catalogue.actions.values()}
    meant = nearest(verb.group(1), sorted({found.group() for found in verbs if found})) if verb else None
    return (Replace(entry, f"kms:{meant}*"),) if meant else ()


def documented_pattern(pattern: str, known: Sequence[Action]) -> str | None:
    """A pattern in the spelling of all actions that it fits; None when they do not agree on its letters."""
    head, star, rest = pattern.partition("*")
    spelt = {action.name[: len(head)] for action in known}
    return spelt.pop() + star if star and not rest and "?" not in head and len(spelt) == 1 else None


def authorised_as(entry: Text, context: Context) -> tuple[DependentAction, ...]:
    """The actions that RAM asks for in place of an operation's name; none when the name is an action itself."""
    action = context.catalogue.action(entry.text)
    if action is None or action.status != "unconfirmed":
        return ()
    return tuple(need for need in action.dependent_actions if need.when.startswith("always"))


def pattern_without_match(entry: Text, context: Context) -> bool:
    """Whether this is a KMS pattern that no known action fits."""
    return is_kms_entry(entry) and has_wildcard(entry.text) and not expand(context.catalogue, entry.text)


def repeated_entries(entries: Sequence[Text], key: Callable[[str], str] = str) -> Iterator[Text]:
    """The entries that stand for the same as an earlier one."""
    seen: set[str] = set()
    for entry in entries:
        if key(entry.text) in seen:
            yield entry
        seen.add(key(entry.text))


def covered_entries(
    entries: Sequence[Text], covers: Callable[[str, str], bool], key: Callable[[str], str] = str
) -> Iterator[tuple[tuple[Text, ...], Text]]:
    """Entries that another entry, a wider pattern, already includes, with all repetitions of each, and that entry."""
    wild = [entry for entry in entries if has_wildcard(entry.text)][:_MOST_PATTERNS]
    # What stands before the first wildcard has to stand at the start of whatever the pattern includes.
    patterns = [
        (_WILDCARD.split(wide, maxsplit=1)[0], wide, p) for p in wild for wide in (normal(key(p.text)),)
    ]
    same: dict[str, list[Text]] = {}
    for entry in entries if patterns else ():
        same.setdefault(key(entry.text), []).append(entry)
    for text, those in same.items():
        own = normal(text)
        for head, wide, pattern in patterns:
            if own.startswith(head) and wide != own and covers(wide, own) and not covers(own, wide):
                yield tuple(those), pattern
                break


def without_all(entries: Iterable[Text], title: str) -> Rewrite:
    """Take entries out of their list, which holds others."""
    return Rewrite(title, tuple((entry, ()) for entry in entries))
