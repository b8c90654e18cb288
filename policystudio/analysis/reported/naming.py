"""From the names that a call uses (operation, key id, alias, secret name) to the names that a policy uses.

Source: the catalogue. Decision: of the actions that an operation asks for, those that are documented or in use count;
one that only a policy has shown is taken when there is no other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from policystudio.catalog.model import ALL_TYPES, Action, Catalogue
from policystudio.ram.resources import split

_SURE = ("current", "legacy")
# The parameters that name a resource of each type, in the order of preference. `ResourceId` is the tagging calls'.
# Source: KMS API 2016-01-20. Unconfirmed: that the trail shows the parameters of every operation under these names.
PARAMETERS: Mapping[str, tuple[str, ...]] = {
    "key": ("keyid", "sourcekeyid", "resourceid", "resourceids"),
    "alias": ("aliasname",),
    "secret": ("secretname", "secretnames", "resourceid", "resourceids"),
    "certificate": ("certificateid",),
    "instance": ("kmsinstanceid", "dkmsinstanceid"),
    "network-rule": ("name",),
    "access-policy": ("name",),
    "application-access-point": ("name", "aapname"),
}
_DESTINATION = {"kms:ReEncryptTo": ("destinationkeyid",), "kms:ReEncryptFrom": ("sourcekeyid",)}
_NAMES = re.compile(r"[^\s,\"'\[\]]+")
MOST_NAMED = 100
"""Resources that one call is taken to name."""


@lru_cache(maxsize=16)
def operations(catalogue: Catalogue) -> Mapping[str, tuple[Action, ...]]:
    """Operation in lower case → the actions that it asks for."""
    found: dict[str, list[Action]] = {}
    for action in catalogue.actions.values():
        for operation in action.api_operations:
            found.setdefault(operation.lower(), []).append(action)
    return {name: _surest(actions) for name, actions in found.items()}


def _surest(actions: list[Action]) -> tuple[Action, ...]:
    return tuple([each for each in actions if each.status in _SURE] or actions)


def relative_ids(catalogue: Catalogue, action: Action, given: Mapping[str, str]) -> Iterator[str]:
    """The resources, as relative ids or in full, that a call with these parameters (names in lower case) touches.

    `*` for an action without a resource of its own. Nothing where the parameters do not name what the action needs.
    """
    kinds = [catalogue.resource_types[name] for name in action.resource_types]
    is_found = False
    for kind in kinds:
        if kind.kind == "container":
            is_found = True
            yield kind.word
            continue
        names = _DESTINATION.get(action.name, PARAMETERS.get(kind.id, ()))
        value = next((given[name] for name in names if given.get(name)), "")
        for name in _NAMES.findall(value)[:MOST_NAMED]:
            is_found = True
            yield relative_id(kind.word, name)
        if is_found and action.resource_match != "all":
            return
    if not is_found and ALL_TYPES in action.resource_types:
        yield "*"


def relative_id(word: str, name: str) -> str:
    """What a call calls `name`, as the end of a resource name; a full name and an alias stay what they are."""
    if name.startswith("acs:") and split(name) is not None:
        return name
    if word == "key" and name.startswith("alias/"):
        return name
    return name if name.startswith(word + "/") else f"{word}/{name}"


def default_word(catalogue: Catalogue, action: str) -> str:
    """The type that a bare id of this action's resource has, such as `key`; "" where several could be meant."""
    known = catalogue.action(action)
    if known is None:
        return ""
    words = {
        catalogue.resource_types[kind].word
        for kind in known.resource_types
        if catalogue.resource_types[kind].kind == "object"
    }
    return words.pop() if len(words) == 1 else ""
