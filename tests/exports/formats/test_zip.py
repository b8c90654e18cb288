"""Zip: one file a document, named so that it unpacks everywhere; read back by `zipfile` and by `unzip`."""

import io
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest

from policystudio.exports import archive
from policystudio.exports.archive import zipped
from policystudio.exports.formats.zip import FORMAT
from tests.exports.entries import entries, released

FOLDER = "1234567890123456/cn-hangzhou"


def opened(chunks) -> zipfile.ZipFile:
    found = zipfile.ZipFile(io.BytesIO(b"".join(chunks)))
    assert found.testzip() is None
    return found


def test_every_file_holds_exactly_the_document():
    text = '{\n  "Sid": "密钥"\n}\n'
    found = opened(
        FORMAT.write(entries(released("a"), released("b", text=text), released("a", region="eu-central-1")))
    )
    assert found.namelist() == [
        f"{FOLDER}/a.json",
        f"{FOLDER}/b.json",
        "1234567890123456/eu-central-1/a.json",
    ]
    assert found.read(f"{FOLDER}/b.json") == text.encode()


def test_nothing_released_is_an_empty_archive():
    assert opened(FORMAT.write([])).namelist() == []


def test_names_that_differ_in_letter_case_alone_do_not_overwrite_each_other():
    found = opened(
        FORMAT.write(entries(released("App"), released("app"), released("aPP"), released("app-2")))
    )
    names = [name.removeprefix(FOLDER + "/") for name in found.namelist()]
    assert names == ["App.json", "app~2.json", "aPP~3.json", "app-2.json"]
    assert len({name.lower() for name in names}) == len(names)


def test_a_name_that_windows_keeps_for_a_device_is_changed():
    names = opened(FORMAT.write(entries(released("CON"), released("com1"), released("com10")))).namelist()
    assert [name.removeprefix(FOLDER + "/") for name in names] == ["CON~1.json", "com1~1.json", "com10.json"]


@pytest.mark.parametrize("name", ["../x", "a/b", "", ".", "a\0", "x" * 129])
def test_a_name_that_would_leave_its_folder_is_never_written(name):
    with pytest.raises(ValueError):
        list(FORMAT.write(entries(released(name))))


def test_documents_out_of_order_are_refused_rather_than_overwritten():
    documents = entries(released("a"), released("a", region="eu-central-1"), released("A"))
    with pytest.raises(ValueError):
        list(FORMAT.write(documents))


@pytest.mark.skipif(shutil.which("unzip") is None, reason="unzip is not on this machine")
def test_unzip_takes_the_archive(tmp_path):
    path = tmp_path / "export.zip"
    path.write_bytes(b"".join(FORMAT.write(entries(released("a"), released("b")))))
    subprocess.run(["unzip", "-q", path, "-d", tmp_path], check=True)
    assert Path(tmp_path, FOLDER, "b.json").read_text(encoding="utf-8") == released().document


def test_more_files_than_the_small_directory_can_count():
    count = 70_000
    found = opened_without_reading(zipped((f"{number}.json", b"{}") for number in range(count)))
    assert len(found.namelist()) == count
    assert found.read("69999.json") == b"{}"


def opened_without_reading(chunks) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(b"".join(chunks)))


def test_offsets_that_do_not_fit_are_written_in_the_large_form(monkeypatch):
    # An archive of more than 4 GiB takes a minute to write; the border is moved down instead.
    monkeypatch.setattr(archive, "_ALL_ONES_32", 1000)
    local, central = archive._records(b"a.json", b"{}", 5000)
    assert local.startswith(b"PK\x03\x04")
    assert central.endswith(b"a.json" + b"\x01\x00\x08\x00" + (5000).to_bytes(8, "little"))
    end = archive._end(1, 100, 5000)
    assert end.startswith(b"PK\x06\x06")
    assert (5000).to_bytes(8, "little") in end
