"""What is mutated, and the tests that ought to notice it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Area:
    """`modules` are mutated; `near` are the tests that notice most mutants and soonest, `far` the rest that may."""

    name: str
    modules: tuple[str, ...]
    excluded: tuple[str, ...]
    near: tuple[str, ...]
    far: tuple[str, ...]


_SLOW = (
    "--ignore=tests/validation/test_bounded.py",
    "--ignore=tests/validation/test_fixes.py",
    "--ignore=tests/properties/test_hostile_texts.py",
    "--deselect=tests/validation/test_pipeline.py::TestSizeOfTheWork",
)
_RULES = ("tests/validation/test_rules.py", "tests/validation/rules", "tests/validation/test_samples.py")
_ALL = ("tests/validation", "tests/properties", *_SLOW)

AREAS = (
    Area("language", ("policystudio/ram",), (), ("tests/ram",), _ALL),
    Area(
        "catalogue", ("policystudio/catalog",), (), ("tests/catalog", "tests/validation/test_rules.py"), _ALL
    ),
    Area("validator", ("policystudio/validation",), ("policystudio/validation/rules/*",), _RULES, _ALL),
    Area("rules", ("policystudio/validation/rules",), (), _RULES, _ALL),
)
