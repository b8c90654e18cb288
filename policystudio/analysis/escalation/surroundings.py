"""What requests carry beside the state: values of condition keys, one of each sort, and those that let one through."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from policystudio.analysis.comparing.atoms import value_test
from policystudio.analysis.comparing.dimension import bits
from policystudio.analysis.comparing.domains import Asked, Domain
from policystudio.analysis.comparing.limits import Budget, Stuck, Unknown
from policystudio.analysis.comparing.ranges import scale
from policystudio.analysis.comparing.statements import Entry
from policystudio.analysis.comparing.texts import text_atoms
from policystudio.analysis.deciding.entries import Entry as Test
from policystudio.ram.patterns import has_wildcard

MOST_KEYS = 200
"""So many condition keys may matter to one request; a document of RAM's length has fewer."""
_PLAIN = "other"
_ALWAYS_SENT = frozenset({"acs:CurrentTime", "acs:SecureTransport", "acs:SourceIp"})


class Settled(NamedTuple):
    """`by` is the index of the statement that allows, None for the object's own policy; `assumed` as in a grant."""

    by: int | None
    assumed: tuple[tuple[str, str | None], ...]


class Surroundings:
    """What a request may carry beside the state. Sets of statements are the bits of numbers, by their order."""

    def __init__(
        self,
        allows: Sequence[bool],
        tests: Sequence[Sequence[Test]],
        values: Mapping[str, Sequence[str]],
        budget: Budget,
        *,
        is_generous: bool,
    ) -> None:
        """`values` of each key that some test asks for. Raises: Stuck where there are too many."""
        self._allows = sum(1 << index for index, is_allow in enumerate(allows) if is_allow)
        self._tests = tests
        self._budget = budget
        self._is_generous = is_generous
        self._all = (1 << len(tests)) - 1
        self._asking: dict[str, list[int]] = {key: [] for key in values}
        for index, own in enumerate(tests):
            for key in dict.fromkeys(test.key for test in own):
                self._asking[key].append(index)
        # Key → value, None for a missing key → the statements in which all of its tests hold.
        self._holding = {
            key: {value: self._holds(key, value) for value in (*some, None)} for key, some in values.items()
        }
        self._settled: dict[tuple[int, bool, frozenset[str]], Settled | None] = {}

    def _holds(self, key: str, value: str | None) -> int:
        """The statements of which every test on the key holds for the value, or that have none on it."""
        found = self._all
        self._budget.state(key, (), count=len(self._asking[key]))
        for index in self._asking[key]:
            in_doubt = bool(self._allows >> index & 1) is self._is_generous
            answers = [test.holds(value) for test in self._tests[index] if test.key == key]
            if not all(in_doubt if answer is None else answer for answer in answers):
                found ^= 1 << index
        return found

    def holding(self, key: str, value: str | None) -> int:
        """As `_holds`, remembered."""
        known = self._holding[key]
        if value not in known:
            known[value] = self._holds(key, value)
        return known[value]

    def settle(self, alive: int, is_open: bool, fixed: frozenset[str]) -> Settled | None:
        """Surroundings in which a request passes, None where there are none. Raises: Stuck.

        `alive` are the statements that fit it but for its surroundings, `fixed` the keys that these do not say;
        `is_open`: the object's own policy allows it where no Deny holds.
        """
        asked = (alive, is_open, fixed)
        if asked not in self._settled:
            self._settled[asked] = self._search(alive, is_open, fixed)
        return self._settled[asked]

    def _search(self, alive: int, is_open: bool, fixed: frozenset[str]) -> Settled | None:
        denies = alive & ~self._allows
        # One that asks for nothing else makes the plainest step.
        asking = sorted(bits(alive & self._allows), key=lambda at: len(self._tests[at]))
        allows: list[int | None] = [*asking]
        if is_open:
            allows.append(None)
        for allow in allows:
            own = () if allow is None else self._tests[allow]
            needed = dict.fromkeys(test.key for test in own if test.key not in fixed)
            others = dict.fromkeys(
                test.key for at in bits(denies) for test in self._tests[at] if test.key not in fixed
            )
            if len(needed) + len(others) > MOST_KEYS:
                raise Stuck(Unknown("too-many-states", "surroundings"))
            bit = 0 if allow is None else 1 << allow
            found = self._choose([*needed, *(key for key in others if key not in needed)], bit, denies)
            if found is not None:
                return Settled(allow, tuple(found))
        return None

    def _choose(self, keys: Sequence[str], allow: int, denies: int) -> list[tuple[str, str | None]] | None:
        """A value for each key so that the Allow holds and no Deny does; None where there is none.

        Keys that do not matter are left out. Of values that undo the same Denies the first is as good as any.
        """
        self._budget.node("surroundings")
        if not keys:
            return None if denies else []
        key, *rest = keys
        asks = bool(allow) and any(test.key == key for test in self._tests[allow.bit_length() - 1])
        if not asks and not denies:
            return self._choose(rest, allow, denies)
        options: dict[int, str | None] = {}
        holding = self._holding[key]
        # Every request has these; of others it is the plainest that they are not sent.
        is_sent = asks or key in _ALWAYS_SENT
        for value in sorted(holding, key=lambda each: (each is None) is is_sent):
            if not allow or holding[value] & allow:
                options.setdefault(denies & holding[value], value)
        for left, value in options.items():
            if any(other != left and other & ~left == 0 for other in options):
                # Another value undoes more of them.
                continue
            found = self._choose(rest, allow, left)
            if found is not None:
                if not asks and left == denies:
                    return found
                return [(key, value), *found]
        return None


def values_of(key: str, entries: Sequence[Entry], budget: Budget) -> tuple[str, ...]:
    """Values of all sorts, those that an entry names first. Raises: Stuck when the budget is spent.

    Of a key that entries of two families ask for, the sorts of each family by itself.
    """
    found: dict[str, None] = {}
    for family in sorted({entry.family for entry in entries}):
        own = [entry for entry in entries if entry.family == family]
        if family == "string":
            named = list(dict.fromkeys(value for entry in own for value in entry.values))
            tests = list(dict.fromkeys(value_test(e.operator, value) for e in own for value in e.values))
            atoms = text_atoms(tests, None, Domain(key), budget)
            # The spelling of the documents comes before any other of the same sort.
            spelt = {_vector(tests, value): value for value in reversed(named) if not has_wildcard(value)}
            found.update(dict.fromkeys(text for vector, text in spelt.items() if vector in atoms))
            plain = _vector(tests, _PLAIN)
            for vector, text in atoms.items():
                if vector not in spelt:
                    # A word tells a reader more than a lone letter.
                    found[_PLAIN if vector == plain else text] = None
        else:
            found.update({text: None for text in scale(family, own).witnesses if text is not None})
    return tuple(found) or ("x",)


def _vector(tests: Sequence[Asked], text: str) -> int:
    """The tests that hold for a text, as bits."""
    return sum(1 << at for at, test in enumerate(tests) if test.holds(text))
