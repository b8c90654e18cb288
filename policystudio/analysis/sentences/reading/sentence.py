"""Reads one sentence into the members of a statement."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from policystudio.analysis.sentences.reading.acts import acts
from policystudio.analysis.sentences.reading.conditions import conditions
from policystudio.analysis.sentences.reading.grammar import Grammar
from policystudio.analysis.sentences.reading.operators import Entry, block
from policystudio.analysis.sentences.reading.places import places
from policystudio.analysis.sentences.reading.problem import Fault
from policystudio.analysis.sentences.reading.reader import Reader
from policystudio.ram.document import Effect


def statement(reader: Reader, grammar: Grammar) -> dict[str, Any]:
    """The statement in the order of the samples, its final stop taken if there is one. Raises: Stopped.

    Flaws of the reader mean that it is not what was meant.
    """
    effect = reader.need(grammar.verbs).meaning
    if grammar.is_place_first:
        on = _places(reader, grammar, effect, reader.here)
        reader.need(grammar.does)
        entries, all_but = acts(reader, grammar, effect)
    else:
        entries, all_but = acts(reader, grammar, effect)
        on = _places(reader, grammar, effect, reader.behind)
    asked = conditions(reader, grammar)
    if not reader.take(grammar.stop) and not reader.is_at_end:
        reader.stop()
    made: dict[str, Any] = {
        "Effect": str(effect),
        "NotAction" if all_but else "Action": _plainly(dict.fromkeys(entries)),
        "NotResource" if on[1] else "Resource": _plainly(dict.fromkeys(on[0])),
    }
    if asked:
        found = block(asked)
        if isinstance(found, Entry):
            reader.flaw(Fault.SAME_TWICE, found.start, found.end, found.key)
        else:
            made["Condition"] = {
                operator: {key: _plainly(values) for key, values in by_key.items()}
                for operator, by_key in found.items()
            }
    return made


def _places(reader: Reader, grammar: Grammar, effect: Effect, at: int) -> tuple[list[str], bool]:
    """The resources. A sentence of a trust policy says none, and as it keeps no principal either it is refused."""
    if reader.take(grammar.on):
        return places(reader, grammar, effect)
    reader.flaw(Fault.NO_RESOURCES, at, at, "", *grammar.somewhere[effect])
    return ["*"], False


def _plainly(texts: Iterable[str]) -> list[str] | str:
    """One text alone, or the list."""
    found = list(texts)
    return found[0] if len(found) == 1 else found
