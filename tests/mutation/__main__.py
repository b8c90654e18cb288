"""Puts small faults into copies of the committed tree, runs the tests against each, and writes `report.md`.

    python -m tests.mutation                  every area, a sample of 300 mutants each
    python -m tests.mutation rules --all      every mutant of one area; takes hours

The mutants are cosmic-ray's. A run of pytest for each takes two seconds and more; as many run side by side as there are
processors.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
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
    outcomes = []
    for name in names:
        outcomes.append(run(name, size, wanted.seed))
        print(f"{name}: {outcomes[-1].share:.1%} of {len(outcomes[-1].tried)} noticed", flush=True)
        # After each area, since the next may take long.
        PAGE.write_text(page(outcomes, commit, wanted.seed), encoding="utf-8")


def run(name: str, size: int, seed: int) -> Outcome:
    """The mutants of one area, shared among as many copies of the tree as there are processors."""
    shares = os.cpu_count() or 1
    with ThreadPoolExecutor(shares) as pool:
        told = list(pool.map(lambda share: _share(name, size, seed, share, shares), range(shares)))
    return Outcome(name, told[0][0]["worth"], tuple(each for one in told for each in one[1:]))


def _share(name: str, size: int, seed: int, share: int, shares: int) -> list[dict[str, Any]]:
    with tempfile.TemporaryDirectory(prefix="mutants-") as place:
        subprocess.run(["git", "clone", "-q", ROOT, place], check=True)
        command = [
            sys.executable,
            "-m",
            "tests.mutation.worker",
            name,
            *map(str, (size, seed, share, shares)),
        ]
        told = subprocess.run(command, cwd=place, check=True, stdout=subprocess.PIPE, text=True)
    return [json.loads(line) for line in told.stdout.splitlines()]


if __name__ == "__main__":
    main()
