"""The reports for people, programs and workflow runs."""

import json

import pytest

from policystudio.linting.report import all_formats
from tests.linting.conftest import document, statement

BAD = document(statement(Action=["kms:DescribeKey", "kms:Encypt"]))


def test_there_are_these_formats():
    assert list(all_formats()) == ["github", "json", "sarif", "text"]


def test_text_shows_place_code_message_excerpt_and_repair(lint):
    lint.file("a.json", BAD)
    assert lint("a.json") == 1
    first, line, mark, *repairs, summary = lint.out.splitlines()
    assert first.startswith("a.json:8:9 warning unknown-action unknown action `kms:Encypt`")
    assert line == '    8 |         "kms:Encypt"'
    assert mark == "      |         ^~~~~~~~~~~~".replace("|", " ")
    assert repairs
    assert all(repair.startswith(("  fix: ", "  choice: ")) for repair in repairs)
    assert summary == "1 file judged: 1 warning"
    assert not lint.err


def test_text_of_clean_files_is_one_line(lint):
    lint.file("a.json", document())
    assert lint(".") == 0
    assert lint.out == "1 file judged: nothing found\n"


def test_mark_stands_below_the_place_on_long_lines_and_after_wide_characters(lint):
    text = (
        '{"Version":"1","Statement":[{"Effect":"Allow","Sid":"密钥密钥","Action":['
        + '"kms:DescribeKey",' * 40
    )
    text += '"kms:Encypt"],"Resource":"acs:kms:*:*:key/k-1"}]}'
    lint.file("a.json", text)
    lint("a.json")
    lines = lint.out.splitlines()
    at = next(index for index, line in enumerate(lines) if " unknown-action " in line)
    assert len(lines[at + 1]) < 140
    assert lines[at + 1][lines[at + 2].index("^") :].startswith('"kms:Encypt"')


def test_text_cannot_be_steered_by_names_or_contents(lint):
    lint.file("a\n\x1b[31m.json", document(statement(Action="kms:\x9b31mEncypt")))
    lint(".")
    assert lint.out.startswith("a\\x0a\\x1b[31m.json:")
    assert lint.out.replace("\n", "").isprintable()


def test_json_is_a_list_of_files_with_findings_as_the_api_shows_them(lint):
    lint.file("a.json", BAD)
    lint.file("b.json", document())
    assert lint(".", "missing.json", "--format", "json") == 2
    first, second, third = json.loads(lint.out)
    assert first["path"] == "a.json"
    assert first["valid"] is True
    assert first["size"]["limit"] == 6144
    (finding,) = first["findings"]
    assert (finding["code"], finding["path"], finding["line"]) == (
        "unknown-action",
        "/Statement/0/Action/1",
        8,
    )
    assert finding["fix"] or finding["choices"]
    assert len(finding["fingerprint"]) == 32
    assert finding["waiver"] is None
    assert (second["findings"], second["unreadable"]) == ([], None)
    assert (third["valid"], third["unreadable"]) == (False, "no such file or directory")
    assert lint.err == "2 files judged: 1 warning; 1 file unreadable\n"


def test_json_of_nothing_is_an_empty_list(lint):
    assert lint(".", "--only-documents", "--format", "json") == 0
    assert lint.out == "[]\n"


def test_github_gets_one_command_a_finding_with_everything_escaped(lint):
    lint.file("a,b:c%d\n.json", BAD)
    assert lint(".", "--format", "github") == 1
    (line,) = lint.out.splitlines()
    place, _, message = line.removeprefix("::").partition("::")
    assert place == (
        "warning file=a%2Cb%3Ac%25d\\x0a.json,line=8,endLine=8,col=9,endColumn=20,title=unknown-action (warning)"
    )
    assert message.startswith("unknown action `kms:Encypt`")


def test_github_tells_what_could_not_be_read_and_hides_what_is_suppressed(lint):
    lint.file("a.json", BAD)
    lint.file(
        "policystudio.toml",
        '[[suppress]]\ncode = "unknown-action"\nfile = "a.json"\nreason = "new"\nuntil = 2027-01-01\n',
    )
    assert lint("a.json", "missing.json", "--format", "github") == 2
    assert lint.out == "::error file=missing.json,title=unreadable::no such file or directory\n"


@pytest.mark.parametrize("name", ["text", "json", "sarif", "github"])
def test_same_files_give_the_same_report(lint, name):
    for path in ("b.json", "a/c.json", "a/a.json"):
        lint.file(path, BAD)
    lint(".", "--format", name)
    first = lint.out
    lint(".", "--format", name)
    assert lint.out == first


@pytest.mark.parametrize("name", ["text", "json", "sarif", "github"])
@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x00",
        b"\xff\xfe{\x00",
        b"\xed\xa0\x80",
        b'{"Statement": [',
        b"{" * 500,
        b'"' + b"\xf0\x9f\x94\x91" * 99,
        document(statement(Sid="\u202e\x85🔑"))[:-9].encode(),
        b"\r\r{\r\n",
        b" " * 300_000,
    ],
)
def test_every_format_takes_whatever_bytes_a_file_holds(lint, name, data):
    lint.file("a.json", data)
    assert lint("a.json", "--format", name) == 1
    assert lint.out.encode()
