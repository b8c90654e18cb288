"""Discovery finds what is there, in order, and fails loudly on a module that lacks its object."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from policystudio.discovery import DiscoveryError, discover


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = tmp_path / f"found_{tmp_path.name.replace('-', '_')}"
    root.mkdir()
    (root / "__init__.py").touch()
    monkeypatch.syspath_prepend(str(tmp_path))
    return root


def test_modules_come_sorted_and_hidden_ones_stay_hidden(package: Path) -> None:
    for name in ("b", "a", "_hidden"):
        (package / f"{name}.py").write_text(f"THING = '{name}'\n")
    assert discover(package.name, "THING", str) == {"a": "a", "b": "b"}


@pytest.mark.parametrize("body", ["", "THING = 3\n"])
def test_a_module_without_its_object_fails_loudly(package: Path, body: str) -> None:
    (package / "lacking.py").write_text(body)
    with pytest.raises(DiscoveryError, match="lacking must define THING as str"):
        discover(package.name, "THING", str)
    sys.modules.pop(f"{package.name}.lacking")
