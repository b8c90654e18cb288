"""Tries the mutants of areas in the tree that it is started in, and prints what became of each as JSON.

Most mutants are tried in forks of one process that has imported everything and gathered the tests: the changed
functions are exchanged, and the tests that reach them run until one fails. What a fork cannot show, such as another
constant of a module, is written into a copy of the tree, where pytest starts anew.

Before any mutant all tests must pass both ways without one. A test that notices a mutant must pass by itself, too:
one that fails because the machine is busy or because others did not run before it says nothing.
"""

from __future__ import annotations

import difflib
import json
import math
import os
import re
import resource
import shlex
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from queue import SimpleQueue
from typing import Any, NoReturn

import pytest
from cosmic_ray.commands.init import init
from cosmic_ray.modules import filter_paths, find_modules
from cosmic_ray.work_db import WorkDB, use_db
from cosmic_ray.work_item import MutationSpec, WorkItem

from tests.mutation import swapping
from tests.mutation.areas import AREAS, Area
from tests.mutation.reaching import Reaching
from tests.mutation.report import LIMIT
from tests.mutation.sampling import sampled

# Plugins that these tests do without; each start of pytest is shorter by half.
PLUGINS = [
    *(f"-pno:{plugin}" for plugin in ("randomly", "cacheprovider", "xdist", "playwright", "schemathesis")),
    # It goes by the clock, which others who use the machine move on.
    "--timeout=0",
]
SECONDS, TIMES = 10, 10
"""How long a test may run with a mutant: so many seconds and so many times what it takes without.

Of the processor, not of the clock, since others may use the machine. A mutant that loops counts as noticed.
"""
MAX_SECONDS = 600
"""The same for a start of pytest, which runs all tests."""
MAX_BYTES = 4 * 1024**3
NOTICED, UNNOTICED, UNABLE = 1, 0, 77


@dataclass(frozen=True, slots=True)
class Verdict:
    """`outcome` is NOTICED, UNNOTICED or, when a fork cannot tell, UNABLE; `by` is what noticed the mutant."""

    outcome: int
    by: str = ""


class Trial:
    """Takes the place of pytest's loop over the tests: these are run once for each mutant."""

    def __init__(self, areas: Sequence[Area], size: int, seed: int) -> None:
        self.areas, self.size, self.seed = areas, size, seed
        self.reaching = Reaching(f"{Path.cwd()}/policystudio/")
        self.copies: SimpleQueue[str] = SimpleQueue()
        self.sound: dict[int, bool] = {}

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Every test once, to see that it passes and what it reaches; then the mutants."""
        self.reaching.know_caches()
        everything = list(range(len(session.items)))
        run(session, everything, self.reaching)
        self.reaching.stop()
        if session.testsfailed:
            raise pytest.UsageError("the tests fail without any mutant")
        loaded = swapping.Loaded("policystudio")
        quick_first = sorted(everything, key=self.reaching.seconds.__getitem__)
        if self.in_a_fork(session, quick_first, swapping.Swap(()), loaded).outcome != UNNOTICED:
            raise pytest.UsageError("the tests fail in a fork without any mutant")
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
                for verdict in pool.map(lambda area: self.from_the_start(area, None), self.areas):
                    if verdict.outcome != UNNOTICED:
                        raise pytest.UsageError(f"without any mutant, {verdict.by} fails")
                for told in pool.map(lambda one: self.told(session, loaded, *one), in_turn):
                    tell(told)
        return True

    def told(
        self, session: pytest.Session, loaded: swapping.Loaded, area: Area, item: WorkItem
    ) -> dict[str, Any]:
        """What became of one mutant."""
        mutation = item.mutations[0]
        verdict = self.tried_in_a_fork(session, mutation, loaded)
        if verdict.outcome == UNABLE:
            verdict = self.from_the_start(area, mutation)
        before = Path(mutation.module_path).read_text(encoding="utf-8").splitlines()
        after = (swapping.mutated_source(mutation) or "").splitlines()
        return {
            "area": area.name,
            "module": str(mutation.module_path),
            "line": mutation.start_pos[0],
            "operator": mutation.operator_name.removeprefix("core/"),
            "is_noticed": verdict.outcome == NOTICED,
            "by": verdict.by,
            "diff": "\n".join(difflib.unified_diff(before, after, lineterm="", n=0)),
        }

    def tried_in_a_fork(
        self, session: pytest.Session, mutation: MutationSpec, loaded: swapping.Loaded
    ) -> Verdict:
        """What the tests say when the functions are exchanged; UNABLE when that cannot tell."""
        change = swapping.swap(mutation)
        if change is None:
            return Verdict(UNABLE)
        code = change.changed[-1][0]
        order = self.reaching.order(code, len(session.items))
        while True:
            verdict = self.in_a_fork(session, order, change, loaded)
            failed = [index for index in order if session.items[index].nodeid == verdict.by]
            if not failed or self.passes_alone(session, failed[0], loaded):
                break
            order.remove(failed[0])
        # Functions that ran while the tests were gathered have left results that the fork still holds.
        unsure = verdict.outcome == UNNOTICED and code in self.reaching.before
        return Verdict(UNABLE) if unsure else verdict

    def passes_alone(self, session: pytest.Session, test: int, loaded: swapping.Loaded) -> bool:
        """Whether a test passes by itself, without any mutant."""
        if test not in self.sound:
            self.sound[test] = self.in_a_fork(session, [test], swapping.Swap(()), loaded).outcome == UNNOTICED
        return self.sound[test]

    def in_a_fork(
        self, session: pytest.Session, order: Sequence[int], change: swapping.Swap, loaded: swapping.Loaded
    ) -> Verdict:
        """Runs these tests with the functions exchanged until one fails."""
        reading, writing = os.pipe()
        child = os.fork()
        if not child:
            in_the_fork(session, order, change, loaded, self.reaching, writing)
        os.close(writing)
        with open(reading, encoding="utf-8") as pipe:
            by = pipe.read()
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        if code in (NOTICED, UNNOTICED, UNABLE):
            return Verdict(code, by)
        if code == -signal.SIGXCPU:
            return Verdict(NOTICED, LIMIT)
        if code == -signal.SIGKILL:
            raise pytest.UsageError("a fork was killed from outside, perhaps since memory was short")
        return Verdict(NOTICED, f"the end of the process with {code}")

    def from_the_start(self, area: Area, mutation: MutationSpec | None) -> Verdict:
        """Whether pytest, started anew, fails in a copy with the mutated file."""
        copy = self.copies.get()
        path = Path(copy, mutation.module_path) if mutation else None
        text = path.read_text(encoding="utf-8") if path else ""
        tests = " && ".join(
            shlex.join([sys.executable, "-m", "pytest", "-x", "-q", *PLUGINS, *tests])
            for tests in (area.near, area.far)
        )
        try:
            if path and mutation:
                path.write_text(swapping.mutated_source(mutation) or text, encoding="utf-8")
            command = ["sh", "-c", f"ulimit -t {MAX_SECONDS} -v {MAX_BYTES // 1024}; {tests}"]
            ended = subprocess.run(command, cwd=copy, capture_output=True, check=False, text=True)
        finally:
            if path:
                path.write_text(text, encoding="utf-8")
            self.copies.put(copy)
        if not ended.returncode:
            return Verdict(UNNOTICED)
        if ended.returncode == 128 + signal.SIGXCPU:
            return Verdict(NOTICED, LIMIT)
        failed = re.search(r"^(?:FAILED|ERROR) (\S+)", ended.stdout, flags=re.MULTILINE)
        return Verdict(NOTICED, failed.group(1) if failed else "a start of pytest")


def run(
    session: pytest.Session,
    order: Sequence[int],
    watch: Reaching | None = None,
    seconds: Mapping[int, float] | None = None,
) -> str | None:
    """The tests of these numbers, until one fails, whose name is returned; each within `seconds` by and large."""
    for index, following in zip_longest(order, order[1:]):
        if watch:
            watch.during(index)
        if seconds is not None:
            until = time.process_time() + SECONDS + TIMES * seconds[index]
            resource.setrlimit(resource.RLIMIT_CPU, (math.ceil(until), resource.RLIM_INFINITY))
        item = session.items[index]
        nextitem = None if following is None else session.items[following]
        session.config.hook.pytest_runtest_protocol(item=item, nextitem=nextitem)
        if session.testsfailed:
            return item.nodeid
    if watch:
        watch.during(None)
    return None


def in_the_fork(
    session: pytest.Session,
    order: Sequence[int],
    change: swapping.Swap,
    loaded: swapping.Loaded,
    reaching: Reaching,
    writing: int,
) -> NoReturn:
    """Runs the tests, writes which one failed, and ends the process."""
    # Whatever happens, the fork must not return into the loop of its parent.
    outcome = UNABLE
    try:
        nothing = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nothing, 1)
        os.dup2(nothing, 2)
        resource.setrlimit(resource.RLIMIT_AS, (MAX_BYTES, MAX_BYTES))
        if loaded.exchange(change):
            loaded.forget()
            failed = run(session, order, seconds=reaching.seconds)
            outcome = UNNOTICED if failed is None else NOTICED
            os.write(writing, (failed or "").encode())
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
