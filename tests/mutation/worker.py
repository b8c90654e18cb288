"""Runs one share of an area's mutants in the tree that it is started in, and prints what became of each as JSON.

Started by `__main__.py` in a copy of the tree, as the mutated file is written to the disk.
"""

from __future__ import annotations

import json
import shlex
import subprocess
import sys
from pathlib import Path

from cosmic_ray.commands.init import init
from cosmic_ray.modules import filter_paths, find_modules
from cosmic_ray.mutating import mutate_and_test
from cosmic_ray.work_db import WorkDB, use_db
from cosmic_ray.work_item import WorkItem

from tests.mutation.areas import AREAS, Area
from tests.mutation.sampling import sampled

PYTEST = [sys.executable, "-m", "pytest", "-x", "-q"]
# Plugins that these tests do without; each start of pytest is shorter by half.
PYTEST += [
    f"-pno:{plugin}" for plugin in ("randomly", "cacheprovider", "xdist", "playwright", "schemathesis")
]
LIMIT_SECONDS = 120
"""Longer than any run of an area's tests; a mutant that loops counts as noticed."""


def main(name: str, size: int, seed: int, share: int, shares: int) -> None:
    """Every `shares`-th mutant of the sample, from the `share`-th on.

    Raises: CalledProcessError when the tests fail without any mutant.
    """
    area = next(area for area in AREAS if area.name == name)
    near, far = (shlex.join([*PYTEST, *tests]) for tests in (area.near, area.far))
    command = shlex.join(["sh", "-c", f"{near} && {far}"])
    # Once without a mutant: shows that the tests pass, and leaves the byte code of everything else behind.
    subprocess.run(shlex.split(command), check=True, stdout=subprocess.DEVNULL)
    items, worth = sampled(mutants(area), size, seed)
    print(json.dumps({"worth": worth}), flush=True)
    for item in items[share::shares]:
        result = mutate_and_test(item.mutations, command, LIMIT_SECONDS)
        mutation = item.mutations[0]
        told = {
            "module": str(mutation.module_path),
            "line": mutation.start_pos[0],
            "operator": mutation.operator_name.removeprefix("core/"),
            "is_noticed": bool(result.is_killed),
            "diff": result.diff,
        }
        print(json.dumps(told), flush=True)


def mutants(area: Area) -> list[WorkItem]:
    """Every mutant that cosmic-ray makes of the area without being told more."""
    modules = filter_paths(find_modules([Path(module) for module in area.modules]), area.excluded)
    with use_db("mutants.sqlite", WorkDB.Mode.create) as db:
        init(sorted(modules), db, {})
        return list(db.work_items)


if __name__ == "__main__":
    main(sys.argv[1], *map(int, sys.argv[2:]))
