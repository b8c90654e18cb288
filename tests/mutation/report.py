"""What came of the mutants, as numbers and as the page `report.md`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

LIMIT = "the limit of time"
"""What notices a mutant that loops."""
PAGE = Path(__file__).with_name("report.md")
HEAD = """# What the tests notice

Small faults put into the language core, the catalogue, the validator, its rules and the analysis of what policies do,
one at a time, and whether the tests notice. `python -m tests.mutation` makes this page anew; how the mutants are chosen
is said in `sampling.py`.
"""


@dataclass(frozen=True, slots=True)
class Outcome:
    """`worth` is how many mutants of the area can matter; `tried` are those of the sample, as the worker told them."""

    area: str
    worth: int
    tried: list[dict[str, Any]]

    @property
    def survivors(self) -> list[dict[str, Any]]:
        """The mutants that no test noticed, by place."""
        left = [each for each in self.tried if not each["is_noticed"]]
        return sorted(left, key=lambda each: (each["module"], each["line"], each["operator"]))

    @property
    def share(self) -> float:
        """The share that was noticed, from 0 to 1."""
        return 1 - len(self.survivors) / len(self.tried) if self.tried else 0.0

    @property
    def stopped(self) -> int:
        """How many of those that were noticed ran out of time, with no test that failed."""
        return sum(each["by"] == LIMIT for each in self.tried)


def page(outcomes: list[Outcome], commit: str, seed: int) -> str:
    """The page as Markdown."""
    tried = sum(len(each.tried) for each in outcomes)
    noticed = tried - sum(len(each.survivors) for each in outcomes)
    lines = [
        HEAD,
        f"Tree {commit}, seed {seed}.",
        "",
        "| area | mutants | tried | noticed | of these, by the limit of time | share |",
        "|---|---|---|---|---|---|",
    ]
    for each in outcomes:
        count = len(each.tried) - len(each.survivors)
        lines.append(
            f"| {each.area} | {each.worth:,} | {len(each.tried):,} | {count:,} | {each.stopped} | {each.share:.1%} |"
        )
    worth, stopped = sum(each.worth for each in outcomes), sum(each.stopped for each in outcomes)
    lines.append(f"| all | {worth:,} | {tried:,} | {noticed:,} | {stopped} | {noticed / max(tried, 1):.1%} |")
    for each in outcomes:
        lines += ["", f"## Not noticed in {each.area}", ""]
        lines += [_line(survivor) for survivor in each.survivors]
    return "\n".join(lines) + "\n"


def _line(survivor: dict[str, Any]) -> str:
    """One survivor: where, what was done, and the line as it was changed to."""
    added = re.findall(r"^\+(?!\+\+)\s*(.*)$", survivor["diff"] or "", flags=re.MULTILINE)
    changed = f": `` {added[0][:100]} ``" if added else ""
    return f"- `{survivor['module']}:{survivor['line']}` {survivor['operator']}{changed}"
