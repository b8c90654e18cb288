"""Tries the mutants of areas in the tree that it is started in, and prints what became of each as JSON.

Most mutants are tried in forks of one process that has imported everything and gathered the tests: the changed
functions are exchanged, and the tests that reach them run until one fails. What a fork cannot show, such as another
constant of a module, is written into a copy of the tree, where pytest starts anew.
"""

from __future__ import annotations

import difflib
import json
import os
import resource
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import zip_longest
from pathlib import Path
from queue import SimpleQueue
from typing import Any

import pytest
from cosmic_ray.commands.init import init
from cosmic_ray.modules import filter_paths, find_modules
from cosmic_ray.work_db import WorkDB, use_db
from cosmic_ray.work_item import MutationSpec, WorkItem

from tests.mutation import swapping
from tests.mutation.areas import AREAS, Area
from tests.mutation.reaching import Reaching
from tests.mutation.sampling import sampled

# Plugins that these tests do without; each start of pytest is shorter by half.
PLUGINS = [
    f"-pno:{plugin}" for plugin in ("randomly", "cacheprovider", "xdist", "playwright", "schemathesis")
]
MAX_SECONDS = 150
"""Of the processor, not of the clock, since others may use the machine. A mutant that loops counts as noticed."""
MAX_BYTES = 6 * 1024**3
NOTICED, UNNOTICED, UNABLE = 1, 0, 77


class Trial:
    """Takes the place of pytest's loop over the tests: these are run once for each mutant."""

    def __init__(self, areas: Sequence[Area], size: int, seed: int) -> None:
        self.areas, self.size, self.seed = areas, size, seed
        self.reaching = Reaching(f"{Path.cwd()}/policystudio/")
        self.copies: SimpleQueue[str] = SimpleQueue()

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Every test once, to see that it passes and what it reaches; then the mutants."""
        self.reaching.know_caches()
        everything = list(range(len(session.items)))
        run(session, everything, self.reaching)
        self.reaching.stop()
        if session.testsfailed:
            raise pytest.UsageError("the tests fail without any mutant")
        loaded = swapping.Loaded("policystudio")
        samples = []
        for area in self.areas:
            items, worth = sampled(mutants(area), self.size, self.seed)
            tell({"area": area.name, "worth": worth})
            samples.append([(area, item) for item in items])
        # One of each area after the other, so that a run that is cut short has tried as many of each.
        in_turn = [one for several in zip_longest(*samples) for one in several if one]
        with tempfile.TemporaryDirectory(prefix="mutants-") as place:
            processors = os.cpu_count() or 1
            for number in range(processors):
                copy = f"{place}/{number}"
                subprocess.run(["git", "clone", "-q", ".", copy], check=True)
                self.copies.put(copy)
            with ThreadPoolExecutor(processors) as pool:
                without = pool.submit(in_a_fork, session, everything, swapping.Swap(()), loaded)
                for told in pool.map(lambda one: self.told(session, loaded, *one), in_turn):
                    tell(told)
        if without.result() != UNNOTICED:
            raise pytest.UsageError(
                "the tests fail in a fork without any mutant, so that the numbers say nothing"
            )
        return True

    def told(
        self, session: pytest.Session, loaded: swapping.Loaded, area: Area, item: WorkItem
    ) -> dict[str, Any]:
        """What became of one mutant."""
        mutation = item.mutations[0]
        copy = self.copies.get()
        try:
            is_noticed = self.is_noticed_in_a_fork(session, mutation, loaded)
            if is_noticed is None:
                is_noticed = is_noticed_from_the_start(area, mutation, copy)
        finally:
            self.copies.put(copy)
        before = Path(mutation.module_path).read_text(encoding="utf-8").splitlines()
        after = (swapping.mutated_source(mutation) or "").splitlines()
        return {
            "area": area.name,
            "module": str(mutation.module_path),
            "line": mutation.start_pos[0],
            "operator": mutation.operator_name.removeprefix("core/"),
            "is_noticed": is_noticed,
            "diff": "\n".join(difflib.unified_diff(before, after, lineterm="", n=0)),
        }

    def is_noticed_in_a_fork(
        self, session: pytest.Session, mutation: MutationSpec, loaded: swapping.Loaded
    ) -> bool | None:
        """Whether a test fails when the functions are exchanged; None when that cannot tell."""
        change = swapping.swap(mutation)
        if change is None:
            return None
        code = change.changed[-1][0]
        outcome = in_a_fork(session, self.reaching.order(code, len(session.items)), change, loaded)
        if outcome == NOTICED:
            return True
        # Functions that ran while the tests were gathered have left results that the fork still holds.
        return False if outcome == UNNOTICED and code not in self.reaching.before else None


def is_noticed_from_the_start(area: Area, mutation: MutationSpec, copy: str) -> bool:
    """Whether pytest fails in the copy with the mutated file."""
    path = Path(copy, mutation.module_path)
    text = path.read_text(encoding="utf-8")
    tests = " && ".join(
        shlex.join([sys.executable, "-m", "pytest", "-x", "-q", *PLUGINS, *tests])
        for tests in (area.near, area.far)
    )
    try:
        path.write_text(swapping.mutated_source(mutation) or text, encoding="utf-8")
        command = ["sh", "-c", f"ulimit -t {MAX_SECONDS} -v {MAX_BYTES // 1024}; {tests}"]
        return bool(subprocess.run(command, cwd=copy, capture_output=True, check=False).returncode)
    finally:
        path.write_text(text, encoding="utf-8")


def run(session: pytest.Session, order: Sequence[int], watch: Reaching | None = None) -> None:
    """The tests of these numbers, until one fails."""
    for index, following in zip(order, [*order[1:], None], strict=True):
        if watch:
            watch.during(index)
        item = session.items[index]
        nextitem = None if following is None else session.items[following]
        session.config.hook.pytest_runtest_protocol(item=item, nextitem=nextitem)
        if session.testsfailed:
            return
    if watch:
        watch.during(None)


def in_a_fork(
    session: pytest.Session, order: Sequence[int], change: swapping.Swap, loaded: swapping.Loaded
) -> int:
    """NOTICED, UNNOTICED or, when the functions cannot be exchanged, UNABLE."""
    child = os.fork()
    if child:
        return {UNNOTICED: UNNOTICED, UNABLE: UNABLE}.get(
            os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), NOTICED
        )
    # Whatever happens, the fork must not return into the loop of its parent.
    outcome = NOTICED
    try:
        nothing = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nothing, 1)
        os.dup2(nothing, 2)
        resource.setrlimit(resource.RLIMIT_CPU, (MAX_SECONDS, MAX_SECONDS))
        resource.setrlimit(resource.RLIMIT_AS, (MAX_BYTES, MAX_BYTES))
        if loaded.exchange(change):
            loaded.forget()
            run(session, order)
            outcome = NOTICED if session.testsfailed else UNNOTICED
        else:
            outcome = UNABLE
    finally:
        os._exit(outcome)


def mutants(area: Area) -> list[WorkItem]:
    """Every mutant that cosmic-ray makes of the area without being told more."""
    modules = filter_paths(find_modules([Path(module) for module in area.modules]), area.excluded)
    with use_db("mutants.sqlite", WorkDB.Mode.create) as db:
        init(sorted(modules), db, {})
        return list(db.work_items)


def tell(what: dict[str, Any]) -> None:
    """One line for who started this; pytest has the usual output for itself."""
    os.write(TOLD, f"{json.dumps(what)}\n".encode())


TOLD = os.dup(1)

if __name__ == "__main__":
    os.dup2(2, 1)
    size, seed, *names = sys.argv[1:]
    areas = [area for area in AREAS if area.name in names]
    trial = Trial(areas, int(size), int(seed))
    trial.reaching.start()
    tests = dict.fromkeys(test for area in areas for test in (*area.near, *area.far))
    sys.exit(pytest.main(["-x", "-q", "-s", *PLUGINS, *tests], plugins=[trial, trial.reaching]))
