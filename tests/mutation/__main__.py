"""Puts small faults into copies of the committed tree, runs the tests against each, and writes `report.md`.

    python -m tests.mutation                  every area, a sample of 300 mutants each
    python -m tests.mutation rules --all      every mutant of one area; takes hours

The mutants are cosmic-ray's. As many are tried side by side as there are processors; see `worker.py`.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.mutation.areas import AREAS
from tests.mutation.report import PAGE, Outcome, page

ROOT = Path(__file__).resolve().parents[2]
SAMPLE, SEED = 300, 20261124


def main() -> None:
    """Runs the areas that were named, or all, and writes the page about these."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.mutation", description="Measure what the tests notice."
    )
    parser.add_argument("areas", nargs="*", metavar="AREA", help=", ".join(area.name for area in AREAS))
    parser.add_argument("--sample", type=int, default=SAMPLE, help=f"mutants for each area ({SAMPLE})")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--all", action="store_true", help="every mutant")
    wanted = parser.parse_args()
    names = [area.name for area in AREAS if not wanted.areas or area.name in wanted.areas]
    if not names:
        parser.error(f"known areas are {', '.join(area.name for area in AREAS)}")
    size = sys.maxsize if wanted.all else wanted.sample
    asked = ["git", "rev-parse", "--short", "HEAD"]
    commit = subprocess.run(asked, cwd=ROOT, check=True, capture_output=True, text=True).stdout.strip()
    outcomes: dict[str, Outcome] = {}
    for told in run(names, size, wanted.seed):
        area = told.pop("area")
        if "worth" in told:
            outcomes[area] = Outcome(area, told["worth"], [])
        else:
            outcomes[area].tried.append(told)
            noticed = f"noticed by {told['by']}" if told["is_noticed"] else "NOT NOTICED"
            print(f"{told['module']}:{told['line']} {told['operator']} {noticed}\n{told['diff']}", flush=True)
        # After each mutant, since the next may take long.
        PAGE.write_text(page(list(outcomes.values()), commit, wanted.seed), encoding="utf-8")


def run(names: list[str], size: int, seed: int) -> Iterator[dict[str, Any]]:
    """What became of the mutants of these areas in a copy of the committed tree, one after the other."""
    with tempfile.TemporaryDirectory(prefix="mutants-") as place:
        subprocess.run(["git", "clone", "-q", ROOT, place], check=True)
        command = [sys.executable, "-m", "tests.mutation.worker", str(size), str(seed), *names]
        with subprocess.Popen(command, cwd=place, stdout=subprocess.PIPE, text=True) as worker:
            assert worker.stdout
            yield from map(json.loads, worker.stdout)
        if worker.returncode:
            raise SystemExit(f"the worker stopped with {worker.returncode}")


if __name__ == "__main__":
    main()
