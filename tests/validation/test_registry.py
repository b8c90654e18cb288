"""The registry in full, so that a rule that is lost or renamed shows in a diff, and nothing said is undocumented."""

import re
from pathlib import Path

import policystudio
from policystudio.ram.codes import CODES
from policystudio.validation.registry import all_documentation, documentation, rules

HERE = Path(__file__).parent
ROOT = Path(policystudio.__file__).parent


def printed():
    return "".join(f"{rule.severity} {code}\n" for code, rule in rules().items())


def test_registry_is_as_listed():
    """After a change on purpose, write what this prints into `registry.txt`."""
    assert printed() == (HERE / "registry.txt").read_text("utf-8"), printed()


def test_rules_are_sorted_and_named_like_their_files():
    files = {path.stem for path in (ROOT / "validation" / "rules").glob("*.py")} - {"__init__"}
    assert list(rules()) == sorted(name.replace("_", "-") for name in files)


def test_every_code_that_the_reader_and_the_parser_make_is_documented():
    made = re.compile(
        r"\bfound\(\s*[\w.]+,\s*\"([a-z-]+)\"|\bRefused\(\s*\"([a-z-]+)\"|\bfinding(?:_at_name)?\(\s*\"([a-z-]+)\""
    )
    texts = [path.read_text("utf-8") for path in (ROOT / "ram").rglob("*.py")]
    codes = {next(filter(None, match.groups())) for text in texts for match in made.finditer(text)}
    assert codes
    assert {code for code in codes if documentation(code) is None} == set()


def test_documentation_holds_rules_and_other_codes_alike():
    assert set(all_documentation()) == {*rules(), *CODES}
    assert all_documentation()["unknown-action"].rule is rules()["unknown-action"]
    assert all_documentation()["missing-version"].what_to_do
    assert documentation("unknown-action") is all_documentation()["unknown-action"]
    assert documentation("no-such-code") is None
