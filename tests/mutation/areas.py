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
    # These measure time, which depends on what else the machine does.
    "--deselect=tests/validation/test_pipeline.py::TestSizeOfTheWork",
    "--deselect=tests/validation/test_fingerprint.py::test_time_is_linear_in_text_and_findings",
)
_IMPORTING = tuple(
    f"tests/importing/test_{name}.py" for name in ("archive", "generalise", "terraform", "unpack")
)
_RULES = ("tests/validation/test_rules.py", "tests/validation/rules", "tests/validation/test_samples.py")
_ALL = ("tests/validation", "tests/properties", *_SLOW)
# Measures time, too, and when a search gives up.
_ANALYSIS_SLOW = ("--ignore=tests/analysis/comparing/test_time.py",)

AREAS = (
    Area("language", ("policystudio/ram",), (), ("tests/ram", *_IMPORTING), _ALL),
    Area(
        "catalogue", ("policystudio/catalog",), (), ("tests/catalog", "tests/validation/test_rules.py"), _ALL
    ),
    Area("validator", ("policystudio/validation",), ("policystudio/validation/rules/*",), _RULES, _ALL),
    Area("rules", ("policystudio/validation/rules",), (), _RULES, _ALL),
    Area(
        "analysis",
        ("policystudio/analysis/deciding", "policystudio/analysis/comparing"),
        (),
        ("tests/analysis/deciding", "tests/analysis/comparing", *_ANALYSIS_SLOW),
        ("tests/analysis", *_ANALYSIS_SLOW),
    ),
)
