"""Suppressions cover what they name until their last day, and are told when they expired or are of no use."""

from datetime import UTC, datetime

import pytest

from tests.linting.conftest import document, statement

WIDE = document(statement(Resource="acs:kms:*:1234567890123456:key/key-hzz1234567890abcdefgh"))
ENTRY = '[[suppress]]\ncode = "every-region"\nfile = "{file}"\n{place}reason = "one team"\nuntil = {until}\n'


def suppress(file="*.json", place=None, until="2026-11-24"):
    return ENTRY.format(file=file, place=f'place = "{place}"\n' if place is not None else "", until=until)


def codes(judged, waived=False):
    return [f["code"] for f in judged["findings"] if (f["waiver"] is not None) is waived]


def test_suppressed_finding_stays_in_the_report_and_counts_no_more(lint):
    lint.file("a.json", WIDE)
    report, status = lint.json("a.json", "--fail-on", "suggestion")
    assert (codes(report["a.json"]), status) == (["every-region"], 1)
    lint.file("policystudio.toml", suppress())
    report, status = lint.json("a.json", "--fail-on", "suggestion")
    assert (codes(report["a.json"]), codes(report["a.json"], waived=True), status) == (
        [],
        ["every-region"],
        0,
    )
    assert report["a.json"]["findings"][0]["waiver"] == {"reason": "one team", "until": "2026-11-24"}


def test_expired_suppression_counts_no_more_and_is_told_at_its_line(lint):
    lint.file("a.json", WIDE)
    lint.file("policystudio.toml", "# ours\n" + suppress())
    report, status = lint.json("a.json", now=datetime(2026, 11, 25, tzinfo=UTC))
    assert codes(report["a.json"]) == ["every-region"]
    assert [(f["code"], f["line"]) for f in report["policystudio.toml"]["findings"]] == [
        ("expired-suppression", 2)
    ]
    assert status == 1


def test_suppression_without_use_is_told_when_everything_was_judged(lint):
    lint.file("a.json", document())
    lint.file("policystudio.toml", suppress())
    report, status = lint.json(".")
    assert codes(report["policystudio.toml"]) == ["unused-suppression"]
    assert status == 1


def test_suppression_that_other_files_may_need_is_not_called_unused(lint):
    lint.file("a.json", document())
    lint.file("b/c.json", document())
    lint.file("policystudio.toml", suppress() + suppress(file="b/c.json"))
    assert "policystudio.toml" not in lint.json("a.json")[0]
    report, _ = lint.json("b/c.json")
    assert [f["line"] for f in report["policystudio.toml"]["findings"]] == [6]


def test_suppression_of_a_file_beside_the_configuration_is_settled_when_that_was_judged(lint):
    lint.file("a.json", document())
    lint.file("b/a.json", document())
    lint.file("policystudio.toml", suppress(file="a.json"))
    assert codes(lint.json("a.json")[0]["policystudio.toml"]) == ["unused-suppression"]
    assert "policystudio.toml" not in lint.json("b/a.json")[0]


def test_whole_project_is_judged_from_a_folder_below_too(lint, monkeypatch):
    lint.file("b/a.json", document())
    lint.file("policystudio.toml", suppress())
    monkeypatch.chdir(lint.folder / "b")
    assert codes(lint.json("..")[0]["../policystudio.toml"]) == ["unused-suppression"]
    assert codes(lint.json("../b/..", "--config", "../b/../policystudio.toml")[0]["../policystudio.toml"])


def test_pattern_fits_a_file_that_is_named_through_a_link(lint):
    lint.file("b/a.json", WIDE)
    (lint.folder / "link").symlink_to("b", target_is_directory=True)
    lint.file("policystudio.toml", suppress(file="b/a.json"))
    assert codes(lint.json("link/a.json")[0]["link/a.json"]) == []


def test_suppression_for_one_place_leaves_others_open(lint):
    wide = statement(Resource="acs:kms:*:1234567890123456:key/key-hzz1234567890abcdefgh")
    lint.file("a.json", document(wide, {**wide, "Action": "kms:ListKeys"}))

    def still_open():
        findings = lint.json("a.json")[0]["a.json"]["findings"]
        return [f for f in findings if f["code"] == "every-region" and not f["waiver"]]

    first, second = still_open()
    for place in (first["path"], first["fingerprint"]):
        lint.file("policystudio.toml", suppress(place=place))
        assert still_open() == [second]
    lint.file("policystudio.toml", suppress(place="/Statement/0/Resource/0"))
    assert still_open() == [first, second]


def test_pattern_is_relative_to_the_configuration_and_not_to_where_one_stands(lint, monkeypatch):
    lint.file("team/policies/a.json", WIDE)
    lint.file("policystudio.toml", suppress(file="team/policies/*.json"))
    monkeypatch.chdir(lint.folder / "team")
    report, _ = lint.json("policies/a.json", "--fail-on", "suggestion")
    assert codes(report["policies/a.json"]) == []


def test_severity_that_the_project_set_decides_the_exit_code(lint):
    lint.file("a.json", WIDE)
    lint.file("policystudio.toml", '[severities]\nevery-region = "error"\n' + suppress())
    report, status = lint.json("a.json", "--fail-on", "error")
    (finding,) = report["a.json"]["findings"]
    assert (finding["severity"], finding["waiver"], status) == ("error", None, 1)
    assert finding["default_severity"] != "error"


@pytest.mark.parametrize(
    ("severity", "status"), [("off", 0), ("suggestion", 0), ("warning", 1), ("error", 1)]
)
@pytest.mark.parametrize(("until", "code"), [("2027-01-01", "unused"), ("2020-01-01", "expired")])
def test_project_decides_how_grave_idle_suppressions_are(lint, severity, status, until, code):
    lint.file("a.json", document())
    lint.file(
        "policystudio.toml", f'[severities]\n{code}-suppression = "{severity}"\n' + suppress(until=until)
    )
    report, found = lint.json(".")
    told = report["policystudio.toml"]["findings"] if severity != "off" else []
    assert [f["severity"] for f in told] == ([severity] if severity != "off" else [])
    assert ("policystudio.toml" in report, found) == (severity != "off", status)


def test_excluded_files_are_skipped_in_folders_only(lint):
    lint.file("archive/a.json", "{")
    lint.file("policystudio.toml", 'exclude = ["archive/**"]')
    assert lint.json(".") == ({}, 0)
    assert "1 file skipped" in lint.err
    assert lint("archive/a.json") == 1
