"""Reads the actions of a sentence into the entries of an action list."""

from __future__ import annotations

from policystudio.analysis.sentences.clause import Do
from policystudio.analysis.sentences.reading.grammar import Grammar, Scoped, Spoken
from policystudio.analysis.sentences.reading.problem import Fault
from policystudio.analysis.sentences.reading.reader import Found, Reader
from policystudio.analysis.sentences.reading.wordings import wordings
from policystudio.analysis.sentences.understand import act_of
from policystudio.catalog.lookup import nearest
from policystudio.ram.document import Effect, Text
from policystudio.ram.patterns import has_wildcard

_BEGINNING = wordings({"{beginning}": True})


def acts(reader: Reader, grammar: Grammar, effect: Effect) -> tuple[list[str], bool]:
    """The entries, and whether they are exceptions. Raises: Stopped."""
    is_except = reader.take(grammar.acts_except[effect]) is not None
    scoped = grammar.plain if is_except or effect is Effect.ALLOW else grammar.negated
    entries = _act(reader, scoped, reader.need(scoped.acts))
    while True:
        at = reader.at
        found = reader.take(scoped.acts) if reader.take(scoped.last) else None
        if found is None:
            reader.at = at
            return entries, is_except
        entries += _act(reader, scoped, found)


def _act(reader: Reader, scoped: Scoped, found: Found[Spoken]) -> list[str]:
    kind, name = found.meaning
    if name:
        return [name]
    if kind is Do.BEGINS:
        return [f"{text}*" for text in [found.first.text, *_more_beginnings(reader, scoped)]]
    if kind in (Do.EVERYTHING, Do.EVERY_KMS):
        return ["*" if kind is Do.EVERYTHING else f"{reader.catalogue.service}:*"]
    token = found.first
    text, start, end = token.text, token.start, token.end
    if kind is Do.EVERY_OF_SERVICE:
        if not text or ":" in text or has_wildcard(text):
            reader.flaw(Fault.NO_SERVICE, start, end, text)
        return [f"{text}:*"]
    made = act_of(Text(text, "", 0, 0), reader.catalogue)
    said = scoped.say_act(made)
    if kind in (Do.KNOWN, Do.OF_TEAM, Do.UNKNOWN, Do.NAMED) and has_wildcard(text):
        reader.flaw(Fault.PATTERN, found.start, found.end, text, said)
    elif kind is Do.OF_TEAM and made.kind is not Do.OF_TEAM:
        reader.flaw(Fault.NOT_OF_TEAM, found.start, found.end, text, *_meant(reader, scoped, text), said)
    elif (kind is Do.KNOWN and made.kind in (Do.UNKNOWN, Do.NAMED)) or (
        kind is Do.NAMED and made.kind is Do.UNKNOWN
    ):
        reader.flaw(Fault.UNKNOWN_ACTION, found.start, found.end, text, *_meant(reader, scoped, text), said)
    return [text]


def _more_beginnings(reader: Reader, scoped: Scoped) -> list[str]:
    """What follows the first beginning. Without an "or" in the end the values are no beginnings but actions."""
    at, texts, is_list = reader.at, [], False
    while not is_list or scoped.begun is not None:
        kept = reader.at
        between = reader.take(scoped.alternatives)
        found = reader.take(_BEGINNING) if between else None
        if found is None:
            reader.at = kept
            break
        texts.append(found.first.text)
        is_list = bool(between and between.meaning)
    if scoped.begun is not None:
        reader.need(scoped.begun)
    elif not is_list:
        reader.at, texts = at, []
    return texts


def _meant(reader: Reader, scoped: Scoped, text: str) -> list[str]:
    """The known action that is nearest by its spelling, as said."""
    names = [action.name for action in reader.catalogue.actions.values()]
    near = nearest(text, names) or nearest(f"{reader.catalogue.service}:{text}", names)
    if near is None:
        return []
    return [scoped.say_act(act_of(Text(near, "", 0, 0), reader.catalogue))]
