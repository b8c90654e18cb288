"""Findings as values: their order, their JSON, their edits, and what they echo."""

import pytest

from policystudio.ram.finding import Edit, Finding, Fix, Severity, found, in_order, shown
from policystudio.ram.position import Source


def test_findings_are_sorted_by_severity_then_place():
    late = Finding("b", Severity.ERROR, "", line=9, column=1)
    early = Finding("a", Severity.ERROR, "", line=2, column=5)
    warning = Finding("c", Severity.WARNING, "", line=1, column=1)
    security = Finding("d", Severity.SECURITY_WARNING, "", line=1, column=1)
    hint = Finding("e", Severity.SUGGESTION, "")
    assert in_order([hint, warning, late, security, early]) == (early, late, security, warning, hint)


def test_edits_are_applied_together_wherever_they_stand():
    fix = Fix("both", (Edit(0, 1, ""), Edit(3, 4, "XYZ"), Edit(4, 4, "!")))
    assert fix.apply("abcdef") == "bcXYZ!ef"


def test_finding_is_json_with_all_its_keys():
    finding = found(
        Source("a\nbc"), "x-y", Severity.ERROR, "why", offset=3, path="/a", fix=Fix("t", (Edit(1, 2, "z"),))
    )
    assert finding.as_json() == {
        "code": "x-y",
        "severity": "error",
        "default_severity": "error",
        "message": "why",
        "path": "/a",
        "line": 2,
        "column": 2,
        "fix": {"title": "t", "edits": [{"start": 1, "end": 2, "text": "z"}], "widens": False},
        "choices": [],
        "confidence": None,
        "catalogue_date": None,
    }
    assert Finding("x", Severity.WARNING, "why").as_json()["fix"] is None


@pytest.mark.parametrize(
    ("text", "echo"),
    [
        ("abc", "`abc`"),
        ("a`b", "`aU+0060b`"),
        ("a\nb", "`aU+000Ab`"),
        ("\u202e", "`U+202E`"),
        ("\ud800", "`U+D800`"),
        ("é🔑", "`é🔑`"),
        ("a" * 100, "`" + "a" * 60 + "…`"),
    ],
)
def test_echo_is_short_and_shows_odd_characters(text, echo):
    assert shown(text) == echo
