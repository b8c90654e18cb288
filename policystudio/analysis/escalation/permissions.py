"""Whether a step's request can be made: some surroundings exist in which the documents allow it.

Decision: what a request carries beside the tags of its key (address, time, second factor, encryption context, keys that
nobody knows) may be as the statements need it, and each step says so. `kms:tag/…` and `acs:ResourceTag/…` are the
tags that the key has in that state, the former only where the catalogue says that the action carries it;
`acs:RequestTag/…` are the tags that the step sets. That KMS sends the two `acs:` keys is not confirmed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import reduce
from typing import NamedTuple

from policystudio.analysis.comparing.dimension import bits
from policystudio.analysis.comparing.limits import Budget
from policystudio.analysis.comparing.statements import Clause, Entry, Place
from policystudio.analysis.deciding import Reading
from policystudio.analysis.deciding.names import named
from policystudio.analysis.deciding.policies import compiled_statement
from policystudio.analysis.escalation.model import Tags
from policystudio.analysis.escalation.surroundings import Surroundings, values_of
from policystudio.analysis.request import Request
from policystudio.catalog.lookup import condition_key
from policystudio.catalog.model import Catalogue
from policystudio.ram.document import Document
from policystudio.ram.patterns import fold

KEY_TAG, RESOURCE_TAG, REQUEST_TAG = "kms:tag/", "acs:ResourceTag/", "acs:RequestTag/"
PREFIXES = (KEY_TAG, RESOURCE_TAG, REQUEST_TAG)


class Grant(NamedTuple):
    """A request that can be made. `by` is the statement that allows it, None where it is the object's own policy.

    `assumed` says what has to hold beside the state: a key and its value, or None where the key must not be sent.
    """

    request: Request
    by: Place | None
    assumed: tuple[tuple[str, str | None], ...]


class Permissions:
    """The documents, asked about many requests. `is_generous`: every doubt is taken in favour of access."""

    def __init__(
        self,
        documents: Sequence[Document],
        clauses: Sequence[Clause],
        catalogue: Catalogue,
        reading: Reading,
        budget: Budget,
        *,
        is_generous: bool = False,
    ) -> None:
        """`clauses` are those of the documents, in order. Raises: Stuck where the values of a key are too many."""
        self._catalogue = catalogue
        statements = [each for document in documents for each in document.statements]
        self._compiled = [compiled_statement(each, reading) for each in statements]
        self._places = [clause.place for clause in clauses]
        self._all = (1 << len(statements)) - 1
        self._tests = [made.entries for made in self._compiled]
        self._keys = tuple(dict.fromkeys(test.key for tests in self._tests for test in tests))
        self._sent_names = frozenset(tag_name(key) for key in self._keys if key.startswith(REQUEST_TAG))
        self._values = {key: values_of(key, _entries(clauses, key), budget) for key in self._keys}
        self._surroundings = Surroundings(
            [clause.is_allow for clause in clauses],
            self._tests,
            self._values,
            budget,
            is_generous=is_generous,
        )
        self._of_action: dict[str, int] = {}
        self._of_resource: dict[str, int] = {}
        self._of_state: dict[tuple[str, frozenset[str], Tags, Tags], int] = {}
        self._fixed: dict[tuple[str, bool], frozenset[str]] = {}
        self._alive: dict[tuple[str, str, Tags, Tags], tuple[int, frozenset[str]]] = {}

    def tag_values(self, resource: str) -> dict[str, tuple[str, ...]]:
        """Name of a tag → the values that statements in play on a key tell apart, beside its absence."""
        found: dict[str, dict[str, None]] = {}
        alive = self._resource_mask(resource) | self._resource_mask(resource.partition("/")[0])
        for key, values in self._values.items():
            name = tag_name(key)
            if name and any(key == test.key for at in bits(alive) for test in self._tests[at]):
                found.setdefault(name, {}).update(dict.fromkeys(values))
        return {name: tuple(values) for name, values in found.items()}

    def standing(self, resource: str, tags: Tags) -> int:
        """The statements that fit a key with these tags, whatever is done with it; bits in the order of documents."""
        found, own = self._resource_mask(resource), dict(tags)
        for key in self._keys:
            if key.startswith((KEY_TAG, RESOURCE_TAG)):
                found &= self._surroundings.holding(key, own.get(tag_name(key)))
        return found

    def may(
        self, action: str, resource: str, tags: Tags = (), sent: Tags = (), *, is_open: bool = False
    ) -> bool:
        """Whether `grant` gives something. Raises: Stuck when the budget is spent."""
        alive, fixed = self._alive_for(action, resource, tags, sent)
        return self._surroundings.settle(alive, is_open, fixed) is not None

    @property
    def sent_names(self) -> frozenset[str]:
        """The tags of which some statement asks whether a request sets them."""
        return self._sent_names

    def grant(
        self, action: str, resource: str, tags: Tags = (), sent: Tags = (), *, is_open: bool = False
    ) -> Grant | None:
        """The request, if some surroundings let it through. `is_open`: the object's own policy allows it anyway.

        `tags` are those of the key, `sent` those that the request sets. Raises: Stuck when the budget is spent.
        """
        alive, fixed = self._alive_for(action, resource, tags, sent)
        settled = self._surroundings.settle(alive, is_open, fixed)
        if settled is None:
            return None
        context = self._context(action, resource, tags, sent)
        context |= {key: value for key, value in settled.assumed if value is not None}
        by = None if settled.by is None else self._places[settled.by]
        return Grant(Request(action, resource, context), by, settled.assumed)

    def _alive_for(self, action: str, resource: str, tags: Tags, sent: Tags) -> tuple[int, frozenset[str]]:
        asked = (action, resource, tags, sent)
        known = self._alive.get(asked)
        if known is None:
            is_of_key = _is_of_keys(resource)
            fixed = self._fixed_keys(action, is_of_key)
            alive = self._action_mask(action) & self._resource_mask(resource)
            known = self._alive[asked] = (alive & self._state_mask(action, fixed, tags, sent), fixed)
        return known

    def _action_mask(self, action: str) -> int:
        if action not in self._of_action:
            folded = fold(action)
            self._of_action[action] = _mask(
                index for index, each in enumerate(self._compiled) if each.has_action(folded)
            )
        return self._of_action[action]

    def _resource_mask(self, resource: str) -> int:
        if resource not in self._of_resource:
            cut = named(resource)
            self._of_resource[resource] = _mask(
                index for index, each in enumerate(self._compiled) if each.has_resource(cut)
            )
        return self._of_resource[resource]

    def _fixed_keys(self, action: str, is_of_key: bool) -> frozenset[str]:
        """The keys in play that are not for the surroundings to say: the state says them, or nobody sends them."""
        asked = (action, is_of_key)
        if asked not in self._fixed:
            self._fixed[asked] = frozenset(
                key
                for key in self._keys
                if key.startswith((KEY_TAG, REQUEST_TAG))
                or (is_of_key and key.startswith(RESOURCE_TAG))
                or not self._carries(action, key)
            )
        return self._fixed[asked]

    def _carries(self, action: str, key: str) -> bool:
        """Whether the catalogue knows nothing that speaks against it."""
        known = condition_key(self._catalogue, key)
        return known is None or known.actions is None or action in known.actions

    def _context(self, action: str, resource: str, tags: Tags, sent: Tags) -> dict[str, str]:
        """What the state says of the request, as far as some statement asks for it."""
        return {
            key: value
            for key in self._fixed_keys(action, _is_of_keys(resource))
            if (value := self._value(action, key, dict(tags), dict(sent))) is not None
        }

    def _value(self, action: str, key: str, tags: Mapping[str, str], sent: Mapping[str, str]) -> str | None:
        if key.startswith(REQUEST_TAG):
            return sent.get(tag_name(key))
        if key.startswith(RESOURCE_TAG) or (key.startswith(KEY_TAG) and self._carries(action, key)):
            return tags.get(tag_name(key))
        return None

    def _state_mask(self, action: str, fixed: frozenset[str], tags: Tags, sent: Tags) -> int:
        """The statements that the state leaves standing."""
        asked = (action, fixed, tags, sent)
        if asked not in self._of_state:
            found, own, set_now = self._all, dict(tags), dict(sent)
            for key in fixed:
                found &= self._surroundings.holding(key, self._value(action, key, own, set_now))
            self._of_state[asked] = found
        return self._of_state[asked]


def tag_name(key: str) -> str:
    """The name of the tag that a condition key asks for, or nothing."""
    for prefix in PREFIXES:
        if key.startswith(prefix):
            return key.removeprefix(prefix)
    return ""


def _is_of_keys(resource: str) -> bool:
    return resource.split(":", 4)[4].partition("/")[0] == "key"


def _entries(clauses: Sequence[Clause], key: str) -> list[Entry]:
    return sorted({entry for clause in clauses for entry in clause.entries if entry.key == key})


def _mask(indexes: Iterable[int]) -> int:
    return reduce(lambda found, index: found | 1 << index, indexes, 0)
