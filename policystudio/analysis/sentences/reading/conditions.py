"""Reads the conditions of a sentence into entries of a condition block."""

from __future__ import annotations

from policystudio.analysis.sentences.clause import Comparison, If
from policystudio.analysis.sentences.reading.grammar import KINDS, Asked, Doubted, Ending, Grammar, Key, Truth
from policystudio.analysis.sentences.reading.operators import Entry, operators_for
from policystudio.analysis.sentences.reading.problem import Choice, Fault
from policystudio.analysis.sentences.reading.reader import Found, Reader
from policystudio.analysis.sentences.reading.tokens import Token
from policystudio.analysis.sentences.understand import understand_condition
from policystudio.catalog.lookup import condition_key
from policystudio.catalog.model import TEAM
from policystudio.ram.document import Condition, Text
from policystudio.ram.operators import family_of
from policystudio.ram.patterns import has_wildcard


def conditions(reader: Reader, grammar: Grammar) -> list[Entry]:
    """The conditions in their order. Raises: Stopped."""
    entries: list[Entry] = []
    while reader.take(grammar.next_condition if entries else grammar.first_condition):
        start = reader.here
        entries.append(_condition(reader, grammar)._replace(start=start, end=reader.behind))
    return entries


def _condition(reader: Reader, grammar: Grammar) -> Entry:
    head = reader.need(grammar.heads)
    if isinstance(head.meaning, Doubted):
        return _doubted(reader, grammar, head)
    if isinstance(head.meaning, Truth):
        _team(reader, grammar, head.meaning.key)
        return _entry(("Bool",), head.meaning.key, ("true" if head.meaning.is_true else "false",))
    key = head.meaning.prefix + (head.first.text if head.values else "")
    asked = reader.need(grammar.asked)
    if isinstance(asked.meaning, bool):
        _team(reader, grammar, key)
        return _entry(("Bool",), key, ("true" if asked.meaning else "false",))
    return _compared(reader, grammar, key, asked)


def _compared(reader: Reader, grammar: Grammar, key: str, asked: Found[Asked | bool]) -> Entry:
    assert isinstance(asked.meaning, Asked)  # a truth has no values
    is_negated = asked.meaning.is_negated
    comparison, values, tokens = _values(reader, grammar, asked.meaning)
    begin = last = reader.behind
    said: dict[str, tuple[int, int]] = {}
    """Each with the blank before it, so that it can be left out."""
    while ending := reader.take(grammar.endings):
        said[ending.meaning.what] = begin, ending.end
        begin = ending.end
        if ending.meaning.what == "team":
            _must_be_of_team(reader, key, ending)
    if "case" in said and comparison is Comparison.IS:
        comparison = Comparison.IS_IGNORING_CASE
    elif "case" in said:
        reader.flaw(Fault.CASE, *said["case"], "", "")
    is_text = comparison in (Comparison.IS, Comparison.IS_IGNORING_CASE)
    if any(map(has_wildcard, values)) and is_text is not ("literal" in said):
        _wildcards(reader, grammar, asked, tokens, said.get("literal"), last)
    if is_negated and "absent" not in said:
        end = reader.behind
        reader.flaw(Fault.ABSENT_UNSAID, end, end, "", grammar.absent)
    elif "absent" in said and not is_negated:
        reader.flaw(Fault.ABSENT_SAID, *said["absent"], "", "")
    operators = operators_for(comparison, is_negated, values)
    family = family_of(operators[0])
    for token, value in zip(tokens, values, strict=True):
        if family is not None and family.parse(value) is None:
            blank = f"{{{KINDS[comparison]}}}"
            reader.flaw(Fault.UNREADABLE_VALUE, token.start, token.end, value, expected=(blank,))
    return _entry(operators, key, values)


def _values(
    reader: Reader, grammar: Grammar, asked: Asked
) -> tuple[Comparison, tuple[str, ...], list[Token]]:
    """The comparison, as far as the values tell it, and the values with their tokens."""
    node = grammar.values[asked.comparison]
    between = grammar.none_of if asked.is_negated else grammar.alternatives
    again = grammar.again.get(asked.comparison)
    found = [reader.need(node)]
    while True:
        at = reader.at
        if not reader.take(between):
            break
        if again is not None:
            reader.take(again)
        value = reader.take(node)
        if value is None:
            reader.at = at
            break
        # An address after a text, or the other way round, is no list.
        if isinstance(value.meaning, Comparison) is not isinstance(found[0].meaning, Comparison):
            reader.stop()
        found.append(value)
    if asked.is_negated and len(found) > 1 and grammar.none is not None:
        reader.need(grammar.none)
    meaning = found[0].meaning
    comparison = meaning if isinstance(meaning, Comparison) else asked.comparison
    tokens = [
        each.first if each.values else Token("", "", each.start, each.end, is_value=True) for each in found
    ]
    return comparison, tuple(token.text for token in tokens), tokens


def _wildcards(
    reader: Reader,
    grammar: Grammar,
    verb: Found[Asked | bool],
    tokens: list[Token],
    literal: tuple[int, int] | None,
    last: int,
) -> None:
    """ "Is `a*`" may be meant letter by letter or as a pattern, and so may a pattern that is said to be literal."""
    assert isinstance(verb.meaning, Asked)  # a truth has no values
    asked, is_negated = verb.meaning.comparison, verb.meaning.is_negated
    form = is_negated + (is_negated and len(tokens) > 1)
    if literal is not None:
        choices = [Choice("", *literal)]
        if asked is Comparison.FITS:
            choices.append(Choice(grammar.equal[form], verb.start, verb.end))
    else:
        choices = [Choice(grammar.literal, last, last)]
        if asked is Comparison.IS:
            choices.append(Choice(grammar.fits[form], verb.start, verb.end))
    token = next(token for token in tokens if has_wildcard(token.text))
    reader.flaw(Fault.WILDCARD, token.start, token.end, token.text, *choices)


def _doubted(reader: Reader, grammar: Grammar, head: Found[Truth | Key | Doubted]) -> Entry:
    by_blank = dict(head.values)
    operator, key = (
        by_blank[name].text if name in by_blank else "" for name in ("operator", "condition key")
    )
    values = () if reader.take(grammar.no_value) else _doubted_values(reader, grammar)
    if grammar.held is not None:
        reader.need(grammar.held)
    doubt = reader.need(grammar.doubts)
    team = reader.take(grammar.team)
    if team is not None:
        _must_be_of_team(reader, key, team)
    understood = understood_as(operator, key, values)
    if understood.doubt is not doubt.meaning:
        if understood.doubt is None:
            choices = [grammar.say_condition(understood)]
            reader.flaw(Fault.READABLE, head.start, reader.behind, operator, *choices)
        else:
            reader.flaw(
                Fault.READABLE, doubt.start, doubt.end, operator, grammar.doubt_words[understood.doubt]
            )
    return _entry((operator,), key, values)


def _doubted_values(reader: Reader, grammar: Grammar) -> tuple[str, ...]:
    found = [reader.need(grammar.doubted_values)]
    while True:
        at = reader.at
        value = reader.take(grammar.doubted_values) if reader.take(grammar.alternatives) else None
        if value is None:
            reader.at = at
            return tuple(each.first.text if each.values else "" for each in found)
        found.append(value)


def understood_as(operator: str, key: str, values: tuple[str, ...]) -> If:
    """What the condition is understood as, once it stands in a document."""
    texts = tuple(Text(value, "", 0, 0) for value in values)
    return understand_condition(
        Condition(Text(operator, "", 0, 0), Text(key, "", 0, 0), texts, "", is_list=len(texts) != 1)
    )


def _team(reader: Reader, grammar: Grammar, key: str) -> None:
    ending = reader.take(grammar.team)
    if ending is not None:
        _must_be_of_team(reader, key, ending)


def _must_be_of_team(reader: Reader, key: str, ending: Found[bool] | Found[Ending]) -> None:
    known = condition_key(reader.catalogue, key)
    if known is None or known.confidence != TEAM:
        reader.flaw(Fault.NOT_OF_TEAM, ending.start, ending.end, key, "")


def _entry(operators: tuple[str, ...], key: str, values: tuple[str, ...]) -> Entry:
    return Entry(operators, key, values, 0, 0)
