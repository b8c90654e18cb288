"""Sizes and names of files, and what lock files may say."""

import ast
import json
import re

import pytest

from tests.architecture.tree import BUILT, ROOT, files, shown

MAX_LINES = 400
# path: why it may be longer. Data needs no entry.
LONGER: dict[str, str] = {}
VAGUE = {"utils", "util", "helpers", "helper", "common", "misc", "base", "v2", "stuff"}


def test_no_file_is_longer_than_a_reader_can_hold():
    sources = [*files("policystudio", ".py"), *files("tests", ".py"), *files(".make", ".py")]
    sources += [*files("templates", ".html"), *files("static", ".js", ".css")]
    lengths = {shown(path): len(path.read_text(encoding="utf-8").splitlines()) for path in sources}
    too_long = {name: lines for name, lines in lengths.items() if lines >= MAX_LINES and name not in LONGER}
    assert not too_long, "split them by subject, or write the reason into LONGER"


def test_every_exception_to_the_size_is_still_needed():
    for name in LONGER:
        assert len((ROOT / name).read_text(encoding="utf-8").splitlines()) >= MAX_LINES, name


def test_no_module_has_a_name_that_says_nothing():
    vague = [
        shown(path)
        for path in files("policystudio", ".py")
        if path.stem in VAGUE or path.parent.name in VAGUE
    ]
    assert not vague


def test_every_module_says_what_it_is_for():
    silent = []
    for path in [*files("policystudio", ".py"), *files(".make", ".py")]:
        text = path.read_text(encoding="utf-8")
        is_marker = path.name == "__init__.py" and not text.strip()
        if "migrations" not in path.parts and not is_marker and not ast.get_docstring(ast.parse(text)):
            silent.append(shown(path))
    assert not silent


@pytest.mark.parametrize(
    "name",
    [
        "requirements.txt",
        ".make/requirements-dev.txt",
        ".make/requirements-node.txt",
        ".make/requirements-sdk.txt",
    ],
)
def test_python_packages_are_pinned_with_hashes_and_come_from_nowhere_in_particular(name):
    text = (ROOT / name).read_text(encoding="utf-8")
    assert "://" not in text
    assert not re.search(
        r"^\s*(--index-url|--extra-index-url|--find-links|-i\b|-f\b|-e\b)", text, re.MULTILINE
    )
    requirements = [line for line in text.splitlines() if line and line[0] not in "# "]
    assert requirements
    for line in requirements:
        assert re.match(r"[A-Za-z0-9._\[\]-]+==[^ ]+", line), line
    assert text.count("--hash=sha256:") >= len(requirements)


@pytest.mark.parametrize(
    "name",
    [
        ".make/requirements.in",
        ".make/requirements-dev.in",
        ".make/requirements-node.in",
        ".make/requirements-sdk.in",
    ],
)
def test_every_chosen_package_says_what_it_earns(name):
    comment_above = False
    for line in (ROOT / name).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith(("#", "-r")):
            assert "#" in line or comment_above, line
        comment_above = line.startswith("#")


def test_script_packages_are_pinned_and_come_from_nowhere_in_particular():
    lock = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))
    packages = {name: entry for name, entry in lock["packages"].items() if name}
    assert packages
    for name, entry in packages.items():
        assert "resolved" not in entry, name
        assert entry["integrity"].startswith("sha512-"), name
    manifest = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))
    for name, version in {**manifest["dependencies"], **manifest["devDependencies"]}.items():
        assert re.fullmatch(r"\d+\.\d+\.\d+", version), f"{name} is not pinned"


def test_the_top_level_holds_what_the_customer_fixed_and_nothing_else():
    fixed = {"manage.py", "requirements.txt", "policystudio", "templates", "static", "tests", "README.md"}
    needed = {"Makefile", "pyproject.toml", "package.json", "package-lock.json"}
    found = {path.name for path in ROOT.iterdir() if not path.name.startswith(".")}
    assert found - BUILT == fixed | needed
