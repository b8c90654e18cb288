"""Which files a run reads, in which order, and that nothing in a folder can hold it up."""

import io
import os
import subprocess
import tracemalloc

import pytest

from policystudio.linting.files import Files
from policystudio.ram.reader import DOCUMENT_LIMITS
from tests.linting.conftest import document


def files(*paths, **options):
    return Files(paths, stdin=options.pop("stdin", io.BytesIO()), **options)


def names(*paths, **options):
    return [file.path for file in files(*paths, **options)]


def test_folders_are_walked_by_name_and_other_files_skipped(lint):
    for name in ("b.json", "a/z.json", "a/y.json", "c.json", "a.json"):
        lint.file(name, document())
    lint.file("package.json", "{}")
    lint.file("notes.txt", document())
    lint.file(".hidden/x.json", document())
    lint.file("node_modules/x.json", document())
    found = files(".")
    assert [file.path for file in found] == ["a.json", "b.json", "c.json", "a/y.json", "a/z.json"]
    assert found.skipped == 1


def test_named_file_is_read_whatever_it_is_called_or_holds(lint):
    lint.file("notes.txt", "{}")
    lint.file(".hidden/x.json", "{}")
    assert names("notes.txt", ".hidden/x.json") == ["notes.txt", ".hidden/x.json"]


def test_hook_that_names_whatever_changed_gets_documents_only(lint):
    lint.file("package.json", "{}")
    lint.file("a.json", document())
    lint.file("old.json", document())
    found = files("package.json", "a.json", "old.json", only_documents=True, is_excluded="old.json".__eq__)
    assert [file.path for file in found] == ["a.json"]
    assert found.skipped == 2


def test_file_that_is_named_twice_is_read_once(lint):
    lint.file("a/b/c.json", document())
    assert names("a", "a/b", "a/b/c.json", "a") == ["a/b/c.json"]
    assert names("a/b/c.json", "./a") == ["a/b/c.json"]


def test_links_that_lead_in_a_circle_are_told_and_passed(lint):
    lint.file("a/b.json", document())
    (lint.folder / "a" / "loop").symlink_to(lint.folder, target_is_directory=True)
    (lint.folder / "a" / "self.json").symlink_to("self.json")
    (lint.folder / "a" / "nowhere.json").symlink_to("missing.json")
    warned = []
    found = files(".", warn=lambda path, message: warned.append(path))
    assert [(file.path, file.fault) for file in found] == [("a/b.json", None)]
    assert (warned, found.skipped) == (["a/nowhere.json", "a/self.json"], 2)
    assert lint(".") == 0
    assert lint("a/nowhere.json") == 2
    assert lint("a/nowhere.json", "--only-documents") == 0
    assert (
        lint.err
        == "a/nowhere.json: warning: a link that cannot be followed is passed: no such file or directory\n"
    )


def test_pipes_and_other_oddities_in_folders_are_skipped(lint):
    lint.file("a.json", document())
    os.mkfifo(lint.folder / "pipe.json")
    found = files(".")
    assert [file.path for file in found] == ["a.json"]
    assert found.skipped == 1


def test_pipe_that_is_named_is_told_and_never_opened(lint):
    os.mkfifo(lint.folder / "pipe.json")
    assert [file.fault for file in files("pipe.json")] == [
        "is not a regular file; the standard input is named -"
    ]
    assert lint("pipe.json") == 2
    assert names("pipe.json", only_documents=True) == []


def test_one_file_in_several_spellings_is_read_once_under_the_first(lint):
    lint.file("a/b.json", document())
    (lint.folder / "link").symlink_to("a", target_is_directory=True)
    absolute = str(lint.folder / "a" / "b.json")
    assert names("a/b.json", "./a/b.json", absolute, "link/b.json", "a/../a") == ["a/b.json"]
    assert names(absolute, "a/b.json", ".") == [absolute]
    assert names("./a", "link", "a/") == ["./a/b.json"]


def test_folder_without_anything_to_judge_is_a_fault_unless_a_hook_names_it(lint):
    lint.file("a.json", document())
    lint.file("empty/notes.txt", "")
    lint.file("other/package.json", "{}")
    assert [(f.path, f.fault is not None) for f in files("empty", "a.json", "other")] == [
        ("a.json", False),
        ("empty", True),
    ]
    assert [(f.path, f.fault is not None) for f in files("other")] == [("other", True)]
    assert names("other", is_excluded="other/package.json".__eq__) == []
    assert names("empty", "other", only_documents=True) == []
    assert (lint("empty"), lint("empty", "--only-documents")) == (2, 0)


def test_missing_and_unreadable_files_are_told_in_words(lint, monkeypatch):
    assert [file.fault for file in files("missing.json")] == ["no such file or directory"]
    lint.file("a/b.json", document())

    def refuse(path):
        raise PermissionError(13, "Permission denied", path)

    monkeypatch.setattr(os, "scandir", refuse)
    assert [(file.path, file.fault) for file in files("a")] == [("a", "permission denied")]


def test_folders_deeper_than_calls_may_be_are_walked(lint, monkeypatch):
    depth = 1300
    monkeypatch.chdir(lint.folder)
    for _ in range(depth):
        os.mkdir("d")
        os.chdir("d")
    with open("x.json", "w") as file:
        file.write(document())
    os.chdir(lint.folder)
    try:
        assert names(".") == ["d/" * depth + "x.json"]
    finally:
        # What pytest clears away folders with calls itself for each level.
        subprocess.run(["rm", "-r", "d"], check=True)


def test_name_that_is_not_utf8_is_read(lint):
    path = os.fsencode(lint.folder) + b"/b\xff\n.json"
    with open(path, "wb") as file:
        file.write(document().encode())
    (found,) = files(".")
    assert os.fsencode(found.path) == b"b\xff\n.json"
    assert found.data


def test_only_as_much_is_read_as_shows_that_a_text_is_too_large(lint):
    lint.file("large.json", document() + " " * (2 * DOCUMENT_LIMITS.max_bytes))
    (found,) = files("large.json")
    assert len(found.data) == DOCUMENT_LIMITS.max_bytes + 1
    (found,) = files("-", stdin=io.BytesIO(b"x" * 2 * DOCUMENT_LIMITS.max_bytes), stdin_name="in")
    assert (found.path, len(found.data)) == ("in", DOCUMENT_LIMITS.max_bytes + 1)


@pytest.mark.parametrize("name", ["text", "json", "sarif", "github"])
def test_memory_stays_flat_however_many_files_there_are(lint, name):
    def peak(count):
        for number in range(count):
            lint.file(f"many/{number:05}.json", document()[:-4])
        lint("many", "--format", name)  # what is kept for good is made now
        lint.out = lint.err = ""
        tracemalloc.start()
        written = lint("many", "--format", name) and len(lint.out)
        lint.out = ""
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most - 3 * written  # the report itself, which this test gathers as text

    few = peak(20)
    assert peak(400) < few + 1_000_000
