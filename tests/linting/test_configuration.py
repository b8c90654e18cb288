"""What a project may say in its configuration, and how faults in it are told."""

import contextlib
import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policystudio.linting import entries
from policystudio.linting.configuration import FILE_NAME, ConfigurationError, find, load
from policystudio.validation.registry import documentation
from tests.strategies import any_text

GOOD = """\
exclude = ["archive/**"]

[severities]
every-key = "warning"
repeated-action = "off"

[[suppress]]
code = "every-region"
file = "policies/*.json"
reason = '''
One team, [[suppress]] all regions.
code = "every-key"
'''
until = 2027-06-30

[[suppress]]
code = "every-alias"
file = "a.json"
place = "/Statement/0/Resource/1"
reason = "Aliases are ours."
until = 2027-01-31  # then the keys move
"""


def problems(tmp_path, text):
    path = tmp_path / FILE_NAME
    path.write_text(text)
    with pytest.raises(ConfigurationError) as error:
        load(path)
    return error.value.problems


def test_good_configuration_is_read(tmp_path):
    path = tmp_path / FILE_NAME
    path.write_text(GOOD)
    own = load(path)
    assert own.root == tmp_path
    assert own.exclude == ("archive/**",)
    assert own.severities == {"every-key": "warning", "repeated-action": "off"}
    first, second = own.suppressions
    assert (first.code, first.file, first.place, first.until) == (
        "every-region",
        "policies/*.json",
        None,
        date(2027, 6, 30),
    )
    assert (second.place, second.reason) == ("/Statement/0/Resource/1", "Aliases are ours.")
    assert (first.line, second.line) == (7, 16)


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ('exclude = ["archive/**"]', "exclude = [1]", 1, "list of patterns"),
        ("exclude", "excluded", 1, "`excluded` is unknown"),
        ('every-key = "warning"', 'every-keys = "warning"', 4, "did you mean `every-key`"),
        (
            'every-key = "warning"',
            'every-kms-action = "off"',
            4,
            'can be "error", "security_warning", "warning"',
        ),
        ('every-key = "warning"', "every-key = 3", 4, "can be"),
        ("every-key = ", "malformed-boolean = ", 4, "RAM refuses"),
        ('code = "every-region"', 'code = "malformed-boolean"', 8, "cannot be suppressed"),
        ('code = "every-region"', 'code = "every-regoin"', 8, "did you mean `every-region`"),
        ('code = "every-region"', "code = 5", 8, "`code` is a text"),
        ('code = "every-region"\n', "", 7, "no `code`"),
        ("until = 2027-06-30", 'until = "2027-06-30"', 14, "without quotes"),
        ("until = 2027-06-30", "until = 2027-06-30T00:00:00Z", 14, "without quotes"),
        ("until = 2027-06-30\n", "", 7, "no `until`"),
        ('reason = "Aliases are ours."', 'reason = " "', 20, "say why"),
        ('reason = "Aliases are ours."\n', "", 16, "no `reason`"),
        ('file = "a.json"\n', "", 16, "no `file`"),
        ('place = "/Statement', 'place = "Statement', 19, "fingerprint"),
        ('file = "a.json"', 'file = "a.json"\nfiles = 1', 19, "`files` is unknown"),
        ("[severities]", "[severities", 3, "is not TOML"),
        ("[severities]", "[[severities]]", 3, "is a table"),
    ],
)
def test_fault_is_told_with_its_line_and_what_to_write(tmp_path, old, new, line, said):
    assert old in GOOD
    found = problems(tmp_path, GOOD.replace(old, new, 1))
    assert any(number == line and said in message for number, message in found), found


def test_suppression_in_single_brackets_is_told(tmp_path):
    assert "headed [[suppress]]" in problems(tmp_path, '[suppress]\ncode = "every-key"\n')[0][1]


def test_all_faults_are_told_at_once(tmp_path):
    text = GOOD.replace("2027-06-30", "1").replace('"warning"', '"grave"').replace("exclude", "exclusive")
    assert [line for line, _ in problems(tmp_path, text)] == [1, 4, 14]


def test_former_code_of_a_rule_speaks_for_the_rule(tmp_path, monkeypatch):
    monkeypatch.setattr(entries, "documentation", lambda code: documentation(code.replace("once", "every")))
    path = tmp_path / FILE_NAME
    path.write_text(GOOD.replace("every-key", "once-key").replace('"every-region"', '"once-region"'))
    own = load(path)
    assert "every-key" in own.severities
    assert own.suppressions[0].code == "every-region"


@pytest.mark.parametrize("data", [b"\xff", b"\x00", b"# " + b"x" * 2**20, b"a = " + b"[" * 9999])
def test_what_is_no_configuration_at_all_is_said(tmp_path, data):
    path = tmp_path / FILE_NAME
    path.write_bytes(data)
    with pytest.raises(ConfigurationError):
        load(path)


def test_missing_configuration_is_said(tmp_path):
    with pytest.raises(ConfigurationError) as error:
        load(tmp_path / "other.toml")
    assert "cannot be read" in str(error.value)


def test_nearest_configuration_up_to_the_root_of_the_repository_counts(tmp_path):
    inner = tmp_path / "a" / "repository" / "deep"
    inner.mkdir(parents=True)
    (tmp_path / FILE_NAME).touch()
    assert find(inner) == tmp_path / FILE_NAME
    (tmp_path / "a" / "repository" / ".git").mkdir()
    assert find(inner) is None
    (tmp_path / "a" / "repository" / FILE_NAME).touch()
    assert find(inner) == tmp_path / "a" / "repository" / FILE_NAME


@given(any_text | st.lists(st.sampled_from(re.split("(\\W)", GOOD)), max_size=30).map("".join))
def test_no_text_raises_anything_else(tmp_path_factory, text):
    path = Path(tmp_path_factory.getbasetemp()) / FILE_NAME
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    with contextlib.suppress(ConfigurationError):
        load(path)
