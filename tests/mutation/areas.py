"""What is mutated, and the tests that ought to notice it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Area:
    """`modules` are mutated; `tests` are what pytest runs for each mutant, those that fail soonest first."""

    name: str
    modules: tuple[str, ...]
    excluded: tuple[str, ...]
    tests: tuple[str, ...]


_SLOW = (
    "--ignore=tests/validation/test_bounded.py",
    "--ignore=tests/properties/test_hostile_texts.py",
    "--deselect=tests/validation/test_pipeline.py::TestSizeOfTheWork",
)
_VALIDATION = ("tests/validation/test_rules.py", "tests/validation", "tests/properties", *_SLOW)

AREAS = (
    Area(
        "language",
        ("policystudio/ram",),
        (),
        ("tests/ram", "tests/properties", "tests/validation/test_corpus.py", *_SLOW),
    ),
    Area(
        "catalogue",
        ("policystudio/catalog",),
        (),
        ("tests/catalog", "tests/validation/test_rules.py", "tests/validation/test_corpus.py"),
    ),
    Area("validator", ("policystudio/validation",), ("policystudio/validation/rules/*",), _VALIDATION),
    Area("rules", ("policystudio/validation/rules",), (), _VALIDATION),
)
