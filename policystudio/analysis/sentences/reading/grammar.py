"""The wordings of one language as trees, made of the tables that its sentences are said with."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from policystudio.analysis.sentences.clause import Act, Comparison, Do, Doubt, If, Match
from policystudio.analysis.sentences.reading.wordings import Node, wordings
from policystudio.analysis.sentences.understand import CONTAINERS, TYPES
from policystudio.ram.document import Effect


class Spoken(NamedTuple):
    """An act as worded; `name` is that of a known action which has a phrase."""

    kind: Do
    name: str = ""


class Named(NamedTuple):
    """A thing as worded. `service` is None for KMS; `type` may be empty, as in `clause.Thing`."""

    type: str
    match: Match
    is_container: bool = False
    service: Match | None = None


class Lone(NamedTuple):
    """A place that is no group: everything, or, with a text, what is no resource name."""

    is_everything: bool


class Where(NamedTuple):
    region: Match
    account: Match


class Truth(NamedTuple):
    key: str
    is_true: bool


class Key(NamedTuple):
    """`prefix` before what stands in the blank, if there is one."""

    prefix: str


class Doubted(NamedTuple):
    """The start of a condition that may or may not hold."""


class Asked(NamedTuple):
    comparison: Comparison
    is_negated: bool


class Ending(NamedTuple):
    """What may follow the values: `case`, `literal`, `absent` or `team`."""

    what: str


@dataclass(frozen=True, slots=True)
class Scoped:
    """The wordings that depend on whether a denial reaches them."""

    acts: Node[Spoken]
    last: Node[bool]
    """Between two of a list; True where it is the one before the last."""
    alternatives: Node[bool]
    """Between two beginnings."""
    places: Node[Named | Lone]
    """What a place begins with in a language that says the things first."""
    things: Node[Named]
    where: Node[Where | Lone]
    between: Node[bool]
    begun: Node[bool] | None
    """What follows the beginnings, in a language that has words there."""
    say_act: Callable[[Act], str]
    say_thing: Callable[[str, Match, bool], str]
    """With `{name}` in it; of a type, and whether of KMS."""


@dataclass(frozen=True, slots=True)
class Grammar:
    """All wordings of a language. `words` stand for values only between backticks."""

    verbs: Node[Effect]
    plain: Scoped
    negated: Scoped
    acts_except: Mapping[Effect, Node[bool]]
    on: Node[bool]
    does: Node[bool]
    places_except: Mapping[Effect, Node[bool]]
    between_excepted: Node[bool]
    excepted: Node[bool] | None
    """What ends the excepted places, in a language that has words there."""
    first_condition: Node[bool]
    next_condition: Node[bool]
    heads: Node[Truth | Key | Doubted]
    asked: Node[Asked | bool]
    """What is asked of the key; a Boolean where it is true or false."""
    values: Mapping[Comparison, Node[Comparison | bool]]
    """A value: False where it is empty, and the comparison where the value's own words tell it."""
    again: Mapping[Comparison, Node[bool]]
    """The words of an order, which may stand before each value."""
    alternatives: Node[bool]
    none_of: Node[bool]
    """Between two values of which none may fit."""
    none: Node[bool] | None
    """What follows several such values, in a language that has words there."""
    endings: Node[Ending]
    doubted_values: Node[bool]
    """True where there is a value, False where it is the empty text."""
    no_value: Node[bool]
    held: Node[bool] | None
    doubts: Node[Doubt]
    team: Node[bool]
    stop: Node[bool]
    closing: tuple[Node[bool], ...]
    """Sentences that say nothing of a statement."""
    somewhere: Mapping[Effect, tuple[str, ...]]
    """The choices where no resource is said, the narrowest first."""
    phrases: Mapping[str, str]
    """The names of actions by what is said for them."""
    literal: str
    absent: str
    fits: tuple[str, str, str]
    """The verb of a pattern: plain, negated, negated with several."""
    equal: tuple[str, str, str]
    """As `fits`, of a text as a whole."""
    doubt_words: Mapping[Doubt, str]
    say_condition: Callable[[If], str]
    words: frozenset[str]
    is_place_first: bool
    """Whether a sentence says the resources before the actions."""


KINDS = {
    Comparison.IS: "text",
    Comparison.IS_IGNORING_CASE: "text",
    Comparison.FITS: "pattern",
    Comparison.EQUALS: "number",
    Comparison.LESS: "number",
    Comparison.AT_MOST: "number",
    Comparison.MORE: "number",
    Comparison.AT_LEAST: "number",
    Comparison.MOMENT: "moment",
    Comparison.BEFORE: "moment",
    Comparison.NOT_AFTER: "moment",
    Comparison.AFTER: "moment",
    Comparison.NOT_BEFORE: "moment",
    Comparison.WITHIN: "address",
}
"""What stands in the blank for a value."""
_BLANKS = {
    Do.EVERY_OF_SERVICE: "{service}",
    Do.OF_TEAM: "{known action}",
    Do.UNKNOWN: "{action}",
    Do.NAMED: "{action}",
    Do.FITS: "{action pattern}",
    Do.FITS_ANY_SERVICE: "{action pattern}",
}
_NAMES = {
    "key": "key id",
    "alias": "alias name",
    "secret": "secret name",
    "certificate": "certificate id",
    "keystore": "instance id",
}
NAMES = frozenset({*_NAMES.values(), "name"})
"""The blanks for the name of a thing."""


def single(*texts: str, also: Iterable[str] = ()) -> Node[bool]:
    """Wordings that mean nothing but themselves."""
    return wordings([(text, True) for text in texts], [(text, True) for text in also])


def between(comma: str, *last: str, also: Iterable[str] = ()) -> Node[bool]:
    """What stands between two of a list; True where it is the one before the last."""
    found = [(comma, False), *((text, True) for text in last)]
    return wordings(found, [(text, True) for text in also])


def act_wordings(
    phrases: Mapping[str, str], words: Mapping[Do, str], begins: str, every: str
) -> Iterator[tuple[str, Spoken]]:
    """Everything that may stand for an act."""
    for name, phrase in phrases.items():
        yield phrase, Spoken(Do.KNOWN, name)
    yield begins, Spoken(Do.BEGINS)
    for kind, text in words.items():
        yield text.format(_BLANKS.get(kind, ""), every=every), Spoken(kind)
    yield "{known action}", Spoken(Do.KNOWN)


def thing_wordings(
    say: Callable[[str, Match, bool], str],
    containers: Mapping[str, str],
    services: Mapping[Match, str],
    joined: Callable[[str, str], str],
) -> Iterator[tuple[str, Named]]:
    """Everything that may stand for a thing; `joined` puts a thing and its service in their order."""
    for type in sorted(CONTAINERS):
        yield containers[type], Named(type, Match.NONE, is_container=True)
    for match in (Match.EVERY, Match.NONE, Match.IS, Match.BEGINS, Match.FITS):
        for type in (*sorted(TYPES), ""):
            yield say(type, match, True).format(name=f"{{{_NAMES.get(type, 'name')}}}"), Named(type, match)
        for service, text in services.items():
            thing = say("", match, False).format(name="{name}")
            yield joined(thing, text), Named("", match, service=service)


def where_wordings(
    regions: Mapping[Match, str], accounts: Mapping[Match, str], joined: str, every: str
) -> Iterator[tuple[str, Where]]:
    """Everything that may stand for the place of things; `joined` has `{region}` and `{account}`."""
    for region, in_region in regions.items():
        for account, of_account in accounts.items():
            said = joined.format(
                region=in_region.format("{region}", every=every),
                account=of_account.format("{account}", every=every),
            )
            yield said, Where(region, account)
