"""What may come next while a sentence is typed. Everything offered leads on to a sentence that can be read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from policystudio.analysis.sentences.describe import Language
from policystudio.analysis.sentences.pieces import quoted
from policystudio.analysis.sentences.reading.grammar import Grammar
from policystudio.analysis.sentences.reading.problem import Fault
from policystudio.analysis.sentences.reading.read import (
    GRAMMARS,
    MAX_CHARACTERS,
    skip_closing,
    tokens_of_line,
)
from policystudio.analysis.sentences.reading.reader import Flaw, Reader, Stopped
from policystudio.analysis.sentences.reading.sentence import statement
from policystudio.analysis.sentences.reading.tokens import Token, Wrong
from policystudio.analysis.sentences.understand import act_of
from policystudio.catalog.model import Catalogue
from policystudio.ram.document import Text
from policystudio.ram.operators import all_operators
from policystudio.ram.patterns import fold

MAX_COMPLETIONS = 50
MAX_LINE = 10_000
"""Nothing is offered on longer lines, so that an answer takes no longer than a keystroke."""
MAX_READ, MIN_TRIED = 50_000, 8
"""Each of what may be offered is read with all before it; on long lines so many tokens, but at least so many offers."""
MIN_LETTERS = 3
"""So many are enough to look for a word within what is said for an action."""
_VERBS = ("Get", "List", "Describe", "Create", "Update", "Delete")


@dataclass(frozen=True, slots=True)
class Completion:
    """`text` takes the place of what stands from `start` to `end`, as offsets of the whole text.

    `about` tells what it stands for, such as the name of the action; it may be empty.
    """

    text: str
    start: int
    end: int
    about: str = ""

    def applied(self, whole: str) -> str:
        return f"{whole[: self.start]}{self.text}{whole[self.end :]}"


def complete(text: str, cursor: int, language: Language, catalogue: Catalogue) -> tuple[Completion, ...]:
    """What may stand at `cursor`, an offset, given what stands before it on its line. Never raises.

    First what ends the word that is being typed, then what may follow it.
    """
    if not 0 <= cursor <= len(text) <= MAX_CHARACTERS:
        return ()
    start, line = _line_before(text, cursor)
    if len(line) > MAX_LINE:
        return ()
    grammar = GRAMMARS[language]()
    tokens = tokens_of_line(line, start)
    tries = max(MIN_TRIED, MAX_READ // (len(tokens) + 1))
    seen: set[str] = set()
    found: list[Completion] = []
    for each in _offered(tokens, line, cursor, grammar, catalogue):
        if len(found) == MAX_COMPLETIONS or len(seen) == tries:
            break
        after = f"{line[: each.start - start]}{each.text}"
        # One text may be reached in two ways.
        if after not in seen and leads_on(after, grammar, catalogue):
            found.append(each)
        seen.add(after)
    return tuple(found)


def leads_on(line: str, grammar: Grammar, catalogue: Catalogue) -> bool:
    """Whether a line is the beginning of sentences that can be read, or can be read as it is."""
    tokens = tokens_of_line(line, 0)
    if not tokens or any(token.wrong is not None for token in tokens):
        return not tokens
    reader = Reader(tokens, catalogue, grammar.words)
    while True:
        skip_closing(reader, grammar)
        if reader.is_at_end:
            return True
        try:
            statement(reader, grammar)
        except Stopped:
            return reader.farthest == len(tokens) and all(map(_can_heal, reader.flaws))
        if not all(_can_heal(flaw) and _is_last(flaw, tokens) for flaw in reader.flaws):
            return False


def _can_heal(flaw: Flaw) -> bool:
    return flaw.is_open and flaw.fault in (Fault.ABSENT_UNSAID, Fault.WILDCARD, Fault.NO_RESOURCES)


def _is_last(flaw: Flaw, tokens: Sequence[Token]) -> bool:
    """Whether what heals it may be written behind all that is there."""
    return any(choice.start >= tokens[-1].end for choice in flaw.choices)


def _line_before(text: str, cursor: int) -> tuple[int, str]:
    start = max(text.rfind(end, 0, cursor) for end in "\n\r") + 1
    return start, text[start:cursor]


def _offered(
    tokens: Sequence[Token], line: str, cursor: int, grammar: Grammar, catalogue: Catalogue
) -> Iterator[Completion]:
    last = tokens[-1] if tokens else None
    if any(token.wrong is not None for token in tokens[:-1]):
        return
    if last is not None and last.wrong is Wrong.OPEN:
        yield from _values(_expected(tokens[:-1], grammar, catalogue), last.text, last, cursor, catalogue)
        yield from _acts(tokens[:-1], last.text, last, cursor, grammar, catalogue)
        return
    if last is not None and last.wrong is not None:
        return
    if last is not None and not last.is_value and last.end == cursor and last.text[0].isascii():
        yield from _ending(tokens, last, cursor, grammar, catalogue)
    yield from _following(tokens, line, cursor, grammar, catalogue)


def _ending(
    tokens: Sequence[Token], last: Token, cursor: int, grammar: Grammar, catalogue: Catalogue
) -> Iterator[Completion]:
    """What the word that is being typed may become."""
    expected = _expected(tokens[:-1], grammar, catalogue)
    typed = fold(last.text)
    for each in expected:
        words = each.strip()
        if not words.startswith("{") and fold(words).startswith(typed) and len(words) > len(typed):
            yield Completion(each.lstrip(), last.start, cursor, grammar.phrases.get(words, ""))
    yield from _acts(tokens[:-1], last.text, last, cursor, grammar, catalogue)
    yield from _values(expected, last.text, last, cursor, catalogue)


def _following(
    tokens: Sequence[Token], line: str, cursor: int, grammar: Grammar, catalogue: Catalogue
) -> Iterator[Completion]:
    """What may stand behind all that is typed."""
    before = line[-1:]
    expected = _expected(tokens, grammar, catalogue)
    for each in expected:
        if not each.strip().startswith("{"):
            yield Completion(_joined(before, each), cursor, cursor, _action(each.strip(), line, grammar))
    for value in _known(expected, catalogue):
        yield Completion(_joined(before, quoted(value)), cursor, cursor)


def _action(words: str, line: str, grammar: Grammar) -> str:
    """The name of the action whose phrase the words are, or end after what stands before them."""
    begun = {
        name
        for phrase, name in grammar.phrases.items()
        if phrase.endswith(words) and fold(line).rstrip().endswith(fold(phrase.removesuffix(words)).rstrip())
    }
    return grammar.phrases.get(words) or (begun.pop() if len(begun) == 1 else "")


def _joined(before: str, words: str) -> str:
    """The words as they follow a character: with a blank where two words would run together."""
    if not before or before.isspace():
        return words.lstrip()
    is_open = before.isascii() and (before.isalnum() or before == "`")
    return (
        f" {words}" if is_open and (words[0].isalnum() or words[0] == "`") and words[0].isascii() else words
    )


def _expected(tokens: Sequence[Token], grammar: Grammar, catalogue: Catalogue) -> tuple[str, ...]:
    """What the grammar expects behind the tokens; nothing if they cannot be read so far."""
    reader = Reader(tokens, catalogue, grammar.words)
    while True:
        skip_closing(reader, grammar)
        if reader.is_at_end and tokens and reader.at:
            break
        try:
            statement(reader, grammar)
        except Stopped:
            break
    return reader.expected if reader.farthest == len(tokens) else ()


def _acts(
    tokens: Sequence[Token], typed: str, last: Token, cursor: int, grammar: Grammar, catalogue: Catalogue
) -> Iterator[Completion]:
    """The phrases of actions whose names, or one of whose words, begin with what is typed."""
    if "{known action}" not in _expected(tokens, grammar, catalogue):
        return
    wanted = fold(typed)
    for folded, action in catalogue.actions.items():
        said = grammar.plain.say_act(act_of(Text(action.name, "", 0, 0), catalogue))
        names = [folded, folded.partition(":")[2]]
        if len(wanted) >= MIN_LETTERS:
            names += fold(said).split()
        if any(name.startswith(wanted) for name in names):
            yield Completion(said, last.start, cursor, action.name)


def _values(
    expected: Sequence[str], typed: str, last: Token, cursor: int, catalogue: Catalogue
) -> Iterator[Completion]:
    """Known values that begin with what is typed."""
    wanted = fold(typed)
    for value in _known(expected, catalogue):
        if fold(value).startswith(wanted):
            yield Completion(quoted(value), last.start, cursor)


def _known(expected: Sequence[str], catalogue: Catalogue) -> Iterator[str]:
    """The values that are known for the blanks, and that cannot be wrong there."""
    if "{region}" in expected:
        yield from catalogue.regions
    if "{condition key}" in expected:
        yield from (key for key in catalogue.condition_keys if "<" not in key)
    if "{operator}" in expected and "{condition key}" not in expected:
        yield from sorted(all_operators())
    if "{beginning}" in expected:
        yield from (f"{catalogue.service}:{verb}" for verb in _VERBS)
