"""Which tests reach which function, so that a mutant is shown to these first."""

from __future__ import annotations

import functools
import gc
import sys
import time
from collections import defaultdict
from types import CodeType, FrameType
from typing import Any

import pytest


class Reaching:
    """Watches the calls of one package's functions while every test runs once, without any mutant.

    `before` are the functions that were called outside of a test, such as while the tests were gathered.
    `shared` are those whose result a cache or a fixture hands to tests that do not call them.
    """

    def __init__(self, inside: str) -> None:
        self.inside = inside
        self.tests: dict[CodeType, set[int]] = defaultdict(set)
        self.seconds: dict[int, float] = {}
        self.before: set[CodeType] = set()
        self.shared: set[CodeType] = set()
        self._test: int | None = None
        self._seen: set[int] = set()
        self._fixtures = 0
        self._cached: frozenset[CodeType] = frozenset()

    def start(self) -> None:
        """Called from here on counts as before any test, until `during` says otherwise."""
        sys.settrace(self._called)

    def stop(self) -> None:
        """Stops to watch."""
        sys.settrace(None)

    def know_caches(self) -> None:
        """Finds the functions behind the caches; to be called when everything is imported."""
        kinds = (functools._lru_cache_wrapper,)
        found = (each.__wrapped__ for each in gc.get_objects() if type(each) in kinds)
        self._cached = frozenset(each.__code__ for each in found if hasattr(each, "__code__"))

    def during(self, index: int | None) -> None:
        """What is called now is called by the test of this number."""
        now = time.process_time()
        if self._test is not None:
            self.seconds[self._test] = now - self.seconds[self._test]
        self._test = index
        self._seen.clear()
        if index is not None:
            self.seconds[index] = now

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(self, fixturedef: pytest.FixtureDef[Any]) -> Any:
        """Fixtures that outlive one test serve others, too."""
        lasting = fixturedef.scope != "function"
        self._fixtures += lasting
        try:
            return (yield)
        finally:
            self._fixtures -= lasting

    def _called(self, frame: FrameType, event: str, _: object) -> None:
        """Called for every call of Python code; returns nothing, so that lines are not watched."""
        code = frame.f_code
        # Codes live as long as their modules; their own hash is slow.
        if id(code) in self._seen:
            return
        self._seen.add(id(code))
        if not code.co_filename.startswith(self.inside):
            return
        if self._test is None:
            self.before.add(code)
            return
        self.tests[code].add(self._test)
        if code not in self.shared and (self._fixtures or self._is_for_a_cache(frame)):
            self.shared.add(code)

    def _is_for_a_cache(self, frame: FrameType | None) -> bool:
        while frame is not None:
            if frame.f_code in self._cached:
                return True
            frame = frame.f_back
        return False

    def order(self, code: CodeType, many: int) -> list[int]:
        """The numbers of the tests to try: those that reach the function, quick ones first, then the rest.

        The rest is left out where only they can see what the function does.
        """
        reached = self.tests.get(code, set())
        rest = set(range(many)) - reached if code in self.shared else set()
        return [index for some in (reached, rest) for index in sorted(some, key=self.seconds.__getitem__)]
