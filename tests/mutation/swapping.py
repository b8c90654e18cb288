"""A mutant in the running process: the functions that it changes get other code, without importing anything anew."""

from __future__ import annotations

import gc
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import _lru_cache_wrapper, cache
from pathlib import Path
from types import CodeType, FunctionType
from typing import Any

import cosmic_ray.plugins
from cosmic_ray.mutating import mutate_code
from cosmic_ray.work_item import MutationSpec

_OPTIMIZED = 1
"""The flag of the code of functions, which that of modules and classes lacks."""


@dataclass(frozen=True, slots=True)
class Swap:
    """`changed` are the codes of functions, outer before inner, with what stands in their place."""

    changed: tuple[tuple[CodeType, CodeType], ...]


def swap(mutation: MutationSpec) -> Swap | None:
    """What to exchange; None when the mutant changes what a module or class does while it is imported."""
    path = Path(mutation.module_path)
    mutated = mutated_source(mutation)
    if mutated is None:
        return None
    try:
        other = _compiled(path, mutated)
    except SyntaxError:
        return None
    pairs: list[tuple[CodeType, CodeType]] = []
    return Swap(tuple(pairs)) if _compare(_original(path), other, pairs) and pairs else None


def mutated_source(mutation: MutationSpec) -> str | None:
    """The text of the module with the one fault in it."""
    operator = cosmic_ray.plugins.get_operator(mutation.operator_name)(**mutation.operator_args)
    text: str | None = mutate_code(_source(Path(mutation.module_path)), operator, mutation.occurrence)
    return text


class Loaded:
    """The functions and caches of a package, found when everything is imported."""

    def __init__(self, package: str) -> None:
        self._functions: dict[CodeType, list[FunctionType]] = defaultdict(list)
        self._caches: list[Any] = []
        for each in gc.get_objects():
            # `isinstance` would ask `__class__`, with which proxies answer for another.
            if type(each) is FunctionType and str(each.__module__).startswith(package):
                self._functions[each.__code__].append(each)
            elif type(each) is _lru_cache_wrapper and str(each.__module__).startswith(package):
                self._caches.append(each)

    def exchange(self, change: Swap) -> bool:
        """Gives every function that has it the other code; whether that could be done for all of them."""
        # Functions within functions are made anew by the code around them.
        if change.changed and not self._functions[change.changed[0][0]]:
            return False
        for code, other in change.changed:
            for function in self._functions[code]:
                if function.__code__.co_filename != other.co_filename:
                    continue
                if len(other.co_freevars) != len(code.co_freevars):
                    return False
                function.__code__ = other
        return True

    def forget(self) -> None:
        """Empties the caches, whose answers were given without the fault."""
        for each in self._caches:
            each.cache_clear()


@cache
def _source(path: Path) -> str:
    return path.read_text(encoding="utf-8")


@cache
def _original(path: Path) -> CodeType:
    return _compiled(path, _source(path))


def _compiled(path: Path, source: str) -> CodeType:
    """The code as an import makes it; what this module takes from the future is not for others."""
    return compile(source, str(path.resolve()), "exec", dont_inherit=True)


def _compare(old: CodeType, new: CodeType, pairs: list[tuple[CodeType, CodeType]]) -> bool:
    """Gathers what differs; False when anything but the code of functions does."""
    if old == new:
        return True
    inner, others = list(_inner(old)), list(_inner(new))
    if len(inner) == len(others) and _without_inner(old) == _without_inner(new):
        # Only something inside differs, but the code inside is a constant of the code around it.
        if old.co_flags & _OPTIMIZED:
            pairs.append((old, new))
        return all(_compare(one, other, pairs) for one, other in zip(inner, others, strict=True))
    if not old.co_flags & _OPTIMIZED:
        return False
    pairs.append((old, new))
    return True


def _inner(code: CodeType) -> Iterator[CodeType]:
    return (each for each in code.co_consts if isinstance(each, CodeType))


def _without_inner(code: CodeType) -> CodeType:
    """The code without what is inside it, nor where it stands: a longer last line of a function moves the end of it."""
    kept = tuple(None if isinstance(each, CodeType) else each for each in code.co_consts)
    return code.replace(co_consts=kept, co_linetable=b"")
