"""Secrets by name, each with the key that encrypts it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

from policystudio.builders.parameters.parameter import (
    At,
    Parameter,
    Report,
    list_shape,
    read_list,
    read_object,
)
from policystudio.builders.parameters.texts import KEY_ID, SECRET
from policystudio.builders.seen import PREFIX, Seen
from policystudio.builders.words import N_

_NAMES = ("name", "key")


@dataclass(frozen=True, slots=True)
class EncryptedSecrets:
    """The secrets in their order; `key` is None for one that no own key encrypts."""

    pairs: tuple[tuple[str, str | None], ...]

    @property
    def resources(self) -> list[str]:
        return [f"{PREFIX}secret/{name}" for name, _ in self.pairs]

    @property
    def key_resources(self) -> list[str]:
        """The keys, each once, in the order of their secrets."""
        keys = dict.fromkeys(key for _, key in self.pairs if key is not None)
        return [f"{PREFIX}key/{key}" for key in keys]

    @property
    def without_own_key(self) -> tuple[str, ...]:
        return tuple(name for name, key in self.pairs if key is None)


@dataclass(frozen=True, kw_only=True)
class SecretsWithKeys(Parameter):
    """A list of `{"name", "key"}`; the key must be said, null is "no own key"."""

    kind: ClassVar[str] = "secrets_with_keys"

    name: str = "secrets"
    label: str = N_("Secrets")
    help: str = N_(
        "For each secret the id of the key that encrypts it, or no own key if KMS keeps it under its own."
    )
    example: str = "example-secret"
    name_label: str = N_("Secret name")
    key_label: str = N_("Key id")
    no_key_label: str = N_("No own key")

    def shape(self) -> dict[str, Any]:
        key = {
            "anyOf": [
                KEY_ID.shape() | {"title": self.key_label},
                {"type": "null", "title": self.no_key_label},
            ]
        }
        pair = {
            "type": "object",
            "properties": {"name": SECRET.shape() | {"title": self.name_label}, "key": key},
            "required": list(_NAMES),
            "additionalProperties": False,
        }
        return list_shape(pair)

    def read(self, given: Any, at: At, report: Report) -> list[dict[str, Any]]:
        names: set[str] = set()

        def read_pair(entry: Any, place: At) -> dict[str, Any]:
            members = read_object(entry, place, report, _NAMES, required=True) or {}
            pair: dict[str, Any] = {}
            if "name" in members:
                pair["name"] = SECRET.read(members["name"], (*place, "name"), report)
                if pair["name"] in names:
                    report.add(
                        (*place, "name"), "repeated", "this secret is listed twice; a secret has one key"
                    )
                names.add(pair["name"])
            if "key" in members:
                key = members["key"]
                pair["key"] = None if key is None else KEY_ID.read(key, (*place, "key"), report)
            return pair

        return read_list(given, at, report, read_pair, empty="name at least one secret")

    def value(self, plain: list[dict[str, Any]]) -> EncryptedSecrets:
        return EncryptedSecrets(tuple((pair["name"], pair["key"]) for pair in plain))

    def guesses(self, seen: Seen) -> Iterator[list[dict[str, Any]]]:
        # Decision: a document does not tell which key belongs to which secret. They are paired in order, the last key
        # serving the rest; "no own key" is guessed only where there is no key, as it silences a finding.
        names, keys = seen.names("secret"), seen.names("key")
        yield [
            {"name": name, "key": keys[min(i, len(keys) - 1)] if keys else None}
            for i, name in enumerate(names)
        ]
