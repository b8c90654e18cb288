"""What a list of actions comes to, by itself and beside resources of some types.

The same lists stand in many documents, beside ever new names of resources, so what was made of one is kept. Where an
entry stands in a document is left to `reach.py`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property, lru_cache

from policystudio.catalog.lookup import expand
from policystudio.catalog.model import Action, Catalogue
from policystudio.ram.memory import MAX_CHARACTERS, remembered
from policystudio.ram.patterns import covers, fold, normal

_GRAVEST_FIRST = {"critical": 0, "high": 1, "medium": 2, "low": 3, "none": 4}
_MOST_LISTS = 512
_MOST_ENTRIES = 64


class Acting:
    """The actions of a statement that its resources let act, each with the number of the entry that names it first."""

    def __init__(self, pairs: Iterable[tuple[Action, int | None]]) -> None:
        self.pairs = tuple(pairs)

    @cached_property
    def by_name(self) -> Mapping[str, tuple[Action, int | None]]:
        return {pair[0].name: pair for pair in self.pairs}

    @cached_property
    def names(self) -> frozenset[str]:
        return frozenset(self.by_name)

    @cached_property
    def using(self) -> tuple[tuple[Action, int | None], ...]:
        """Those that use keys cryptographically."""
        return tuple(pair for pair in self.pairs if pair[0].is_cryptographic)

    @cached_property
    def managing(self) -> tuple[tuple[Action, int | None], ...]:
        """Those that change what keys are or who may use them."""
        return tuple(pair for pair in self.pairs if manages_keys(pair[0]))

    @cached_property
    def powerful(self) -> tuple[Action, ...]:
        """Those that change or use keys or secrets or give away what they hold, the gravest first."""
        powerful = (action for action, _ in self.pairs if is_powerful(action))
        return tuple(sorted(powerful, key=lambda action: _GRAVEST_FIRST.get(action.risk.level, 0)))

    @cached_property
    def served_types(self) -> frozenset[str]:
        """The resource types that some of them act on."""
        return frozenset(kind for action, _ in self.pairs for kind in action.resource_types)


class ActionList:
    """The entries of one `Action`. Computed when first asked, then kept; at worst two threads make the same twice."""

    def __init__(self, catalogue: Catalogue, texts: Sequence[str]) -> None:
        self._catalogue = catalogue
        self._texts = texts
        self._acting = lru_cache(maxsize=64)(self._able)

    @cached_property
    def expanded(self) -> tuple[Action, ...]:
        """All known actions that the entries stand for, each once."""
        found = {action.name: action for text in self._texts for action in expand(self._catalogue, text)}
        return tuple(found.values())

    @cached_property
    def names(self) -> frozenset[str]:
        """The names of `expanded`."""
        return frozenset(action.name for action in self.expanded)

    @cached_property
    def takes_everything(self) -> bool:
        """Whether some entry takes every KMS action at once."""
        return any(map(takes_every_action, self._texts))

    @cached_property
    def only_kms(self) -> bool:
        """Whether every entry is written with the prefix of KMS."""
        return bool(self._texts) and all(fold(text.partition(":")[0]) == "kms" for text in self._texts)

    @cached_property
    def all_known(self) -> bool:
        """Whether every entry stands for some known action."""
        return all(expand(self._catalogue, text) for text in self._texts)

    def acting(self, types: frozenset[str]) -> Acting:
        """Those that can act where these types are reached."""
        return self._acting(types)

    def _able(self, types: frozenset[str]) -> Acting:
        able = able_names(self._catalogue, types)
        found: dict[str, tuple[Action, int | None]] = {}
        for number, text in enumerate(self._texts):
            for action in expand(self._catalogue, text):
                if action.name in able and action.name not in found:
                    found[action.name] = action, number
        return Acting(found.values())


def action_list(catalogue: Catalogue, texts: tuple[str, ...]) -> ActionList:
    """What the entries come to. Lists with very many or very long entries are not kept, so the memory is bounded."""
    if len(texts) > _MOST_ENTRIES or any(len(text) > MAX_CHARACTERS for text in texts):
        return ActionList(catalogue, texts)
    return _known(catalogue, texts)


_known = lru_cache(maxsize=_MOST_LISTS)(ActionList)


def usable(catalogue: Catalogue, text: str, types: frozenset[str]) -> tuple[Action, ...]:
    """The actions that an entry stands for and that can act where these types are reached."""
    return (_usable if len(text) <= MAX_CHARACTERS else _usable.__wrapped__)(catalogue, text, types)


@lru_cache(maxsize=4096)
def _usable(catalogue: Catalogue, text: str, types: frozenset[str]) -> tuple[Action, ...]:
    able = able_names(catalogue, types)
    return tuple(action for action in expand(catalogue, text) if action.name in able)


@lru_cache(maxsize=1024)
def able_names(catalogue: Catalogue, types: frozenset[str]) -> frozenset[str]:
    """The names of all actions that can act where these types are reached; there are few sets of types."""
    return frozenset(action.name for action in catalogue.actions.values() if action.usable_with(types))


@remembered
def takes_every_action(entry: str) -> bool:
    """Whether an entry of the action list covers every action of KMS; no name is empty, so `kms:?*` does too."""
    return covers(normal(fold(entry)), "kms:?*")


def is_powerful(action: Action) -> bool:
    """Whether the action changes or uses keys, aliases or secrets, or gives away what they hold."""
    if not {"key", "alias", "secret", "key-container", "secret-container"} & set(action.resource_types):
        return False
    reads = action.access_level in ("List", "Read") and not action.is_cryptographic
    return not reads or action.risk.category == "data-exposure"


def manages_keys(action: Action) -> bool:
    """Whether the action changes what keys are or who may use them; importing material has a rule of its own."""
    changes = action.name != "kms:ImportKeyMaterial" and action.access_level in (
        "Write",
        "Permissions management",
    )
    return changes and action.group in ("key", "policy") and "secret" not in action.resource_types
