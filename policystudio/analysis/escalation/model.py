"""A small explicit state of KMS: keys, aliases and secrets as far as they decide what a holder can reach.

Source: the catalogue for what exists, ram-language for who is let in. Every value is frozen; what changes it is a file
in `transitions`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

Tags = tuple[tuple[str, str], ...]
"""Name and value of each tag, by name."""


class Goal(StrEnum):
    """What somebody who means harm, or errs, may want to reach."""

    DECRYPT = "decrypt"
    """Read what a key encrypts, or what others encrypt through an alias from now on."""
    SIGN = "sign"
    """Make signatures of a key, or signatures that others check through an alias."""
    READ_SECRET = "read_secret"  # noqa: S105 - the name of a goal or kind
    REPLACE_SECRET = "replace_secret"  # noqa: S105 - the name of a goal or kind
    """Put a value of one's own in the place of the one that programs fetch."""
    DESTROY_KEY = "destroy_key"
    DESTROY_SECRET = "destroy_secret"  # noqa: S105 - the name of a goal or kind


class Kind(StrEnum):
    """What a goal is reached on."""

    KEY = "key"
    ALIAS = "alias"
    SECRET = "secret"  # noqa: S105 - the name of a goal or kind


class Life(StrEnum):
    """Whether it is there: a key may be disabled, both may be scheduled for deletion."""

    ABSENT = "absent"
    """Not there yet; only a key that the holder makes."""
    ENABLED = "enabled"
    DISABLED = "disabled"
    PENDING = "pending_deletion"
    GONE = "gone"


class Material(StrEnum):
    """Where the material of a key comes from."""

    OWN = "own"
    """Made by KMS, which nobody knows."""
    IMPORTED = "imported"
    """Imported by somebody else."""
    AWAITED = "awaited"
    """The key was made for material that is not there yet."""
    OFFERED = "offered"
    """As awaited, and the holder has the parameters for an import."""
    KNOWN = "known"
    """Imported by the holder, who can work with it without KMS."""
    DELETED = "deleted"


class Thing(NamedTuple):
    """The state of a key or a secret. A secret has neither tags that count, nor protection, nor material."""

    tags: Tags = ()
    life: Life = Life.ENABLED
    is_protected: bool = False
    """The deletion protection is on."""
    is_open: bool = False
    """Its own policy, that of the key or of the secret, lets the holder do everything that no Deny takes away."""
    material: Material = Material.OWN

    @property
    def is_usable(self) -> bool:
        """Whether the key can be worked with."""
        return self.life is Life.ENABLED and self.material in _WORKING


_WORKING = frozenset({Material.OWN, Material.IMPORTED, Material.KNOWN})


class Key(NamedTuple):
    """A key with its resource name."""

    resource: str
    start: Thing = Thing()


class Alias(NamedTuple):
    """An alias and the index of the key that it points at."""

    resource: str
    key: int


class Secret(NamedTuple):
    """A secret; `key` is the index of the customer key that encrypts it, None where it has none of its own."""

    resource: str
    start: Thing = Thing()
    key: int | None = None


@dataclass(frozen=True, slots=True)
class World:
    """What there is, all of it in one account and region."""

    keys: tuple[Key, ...] = ()
    aliases: tuple[Alias, ...] = ()
    secrets: tuple[Secret, ...] = ()

    def resource(self, kind: Kind, index: int) -> str:
        """The name of an object."""
        return self._of(kind)[index].resource

    def start(self, kind: Kind, index: int) -> Thing | None:
        """The state in which it begins; an alias has none of its own."""
        found = self._of(kind)[index]
        return None if isinstance(found, Alias) else found.start

    def _of(self, kind: Kind) -> tuple[Key, ...] | tuple[Alias, ...] | tuple[Secret, ...]:
        by_kind: Mapping[Kind, tuple[Key, ...] | tuple[Alias, ...] | tuple[Secret, ...]] = {
            Kind.KEY: self.keys,
            Kind.ALIAS: self.aliases,
            Kind.SECRET: self.secrets,
        }
        return by_kind[kind]


class Found(NamedTuple):
    """An object that a goal was looked for on: its name, how it begins, and names of the documents of its sort.

    `key` is the start of the key of a secret or an alias, None where there is none.
    """

    kind: Kind
    resource: str
    start: Thing | None
    named: tuple[str, ...] = ()
    key: tuple[str, Thing] | None = None


def container_of(resource: str) -> str:
    """The name of the collection that something lies in: `…:key` for `…:key/a`."""
    return resource.partition("/")[0]
