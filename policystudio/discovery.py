"""Finds the modules of a package that define a given name, so that adding a thing is adding a file.

What the things are, and what their names mean, is left to the packages that use this.
"""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache
from types import ModuleType
from typing import TypeVar

T = TypeVar("T")


class DiscoveryError(Exception):
    """A module in a discovered package lacks what every module there must define."""


@cache
def modules(package: str) -> tuple[ModuleType, ...]:
    """The modules directly inside `package`, sorted by file name; a leading underscore hides a module."""
    root = importlib.import_module(package)
    names = sorted(m.name for m in pkgutil.iter_modules(root.__path__) if not m.name.startswith("_"))
    return tuple(importlib.import_module(f"{package}.{name}") for name in names)


def discover(package: str, attribute: str, kind: type[T]) -> dict[str, T]:
    """File name → the object called `attribute` in it, for every module of `package`.

    Raises: DiscoveryError when a module has no such object or one of another type, so that a forgotten line fails
    at the first use of the registry and not in front of a user.
    """
    found: dict[str, T] = {}
    for module in modules(package):
        name = module.__name__.rpartition(".")[2]
        thing = getattr(module, attribute, None)
        if not isinstance(thing, kind):
            raise DiscoveryError(f"{module.__name__} must define {attribute} as {kind.__name__}")
        found[name] = thing
    return found
