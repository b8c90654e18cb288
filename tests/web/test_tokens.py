"""What `css/tokens.css` promises: contrasts in both modes, and that no other style sheet has colours of its own."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

CSS = Path(__file__).parents[2] / "static" / "css"
TOKEN = re.compile(r"--([a-z-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\);")
COLOURS = {name: (light, dark) for name, light, dark in TOKEN.findall((CSS / "tokens.css").read_text())}
MODES = {"light": 0, "dark": 1}
TEXT, PART = 4.5, 3.0

PAIRS = [
    *((name, ground, TEXT) for name in ("text", "muted", "accent", "error", "security", "warning", "info", "success")
      for ground in ("page", "surface")),
    *((name, f"{name}-ground", TEXT) for name in ("error", "security", "warning", "info", "success")),
    *(("text", f"{name}-ground", 7.0) for name in ("error", "security", "warning", "info", "success")),
    ("on-accent", "accent", TEXT),
    ("page", "text", TEXT),
    ("control-border", "page", PART),
    ("control-border", "surface", PART),
]  # fmt: skip


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize(("front", "ground", "least"), PAIRS)
def test_what_is_read_stands_out_from_its_ground(front: str, ground: str, least: float, mode: str) -> None:
    index = MODES[mode]
    assert contrast(COLOURS[front][index], COLOURS[ground][index]) >= least


def test_the_measure_of_contrast_knows_black_on_white() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


SHEETS = sorted(path for path in CSS.rglob("*.css") if path.name != "tokens.css")


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.name)
def test_no_other_style_sheet_has_a_colour_of_its_own(sheet: Path) -> None:
    assert not re.findall(r"#[0-9a-fA-F]{3,8}\b(?![^{]*\{)|\b(?:rgb|hsl|oklch)a?\(", sheet.read_text())


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.name)
def test_every_variable_that_is_used_exists(sheet: Path) -> None:
    text = sheet.read_text()
    known = set(re.findall(r"--([a-z0-9-]+):", (CSS / "tokens.css").read_text() + text))
    assert set(re.findall(r"var\(--([a-z0-9-]+)", text)) <= known


def test_every_component_is_in_the_style_sheet_of_the_page() -> None:
    imported = set(re.findall(r'@import "([^"]+)"', (CSS / "app.css").read_text()))
    assert imported == {str(path.relative_to(CSS)) for path in CSS.rglob("*.css")} - {"app.css"}
