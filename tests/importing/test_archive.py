"""Hostile archives: bombs, liars, liars about their size, paths that lead elsewhere, damage; within bounds and told."""

import random
import struct
import tracemalloc
import zipfile
import zlib
from io import BytesIO

import pytest

from policystudio.ram.unpacking import unpack_file
from policystudio.ram.unpacking.archive import entries
from policystudio.ram.unpacking.found import MAX_BYTES
from tests.importing.texts import document, zipped


def names(data):
    return [one.name for one in unpack_file(data, "all.zip").found]


def test_the_files_of_an_archive_are_taken_with_their_paths():
    unpacked = unpack_file(zipped({"a/b/app.json": document(), "c.txt": document()}), "all.zip")
    assert [(one.name, one.origin) for one in unpacked.found] == [
        ("app", "all.zip: a/b/app.json"),
        ("c", "all.zip: c.txt"),
    ]


@pytest.mark.parametrize(
    "path", ["../../etc/passwd.json", "/abs/x.json", "C:\\x.json", "a\\..\\x.json", "a//b.json", "con.json"]
)
def test_a_path_is_a_name_and_no_more(path):
    (found,) = unpack_file(zipped({path: document()}), "all.zip").found
    assert "/" not in found.name
    assert "\\" not in found.name


def test_other_files_are_left_out_and_told():
    data = zipped(
        {"README.md": "x", ".hidden.json": "{}", "__MACOSX/a.json": "x", "a.json": document(), "d/": ""}
    )
    unpacked = unpack_file(data, "all.zip")
    assert [one.name for one in unpacked.found] == ["a"]
    assert len(unpacked.notes) == 3


def test_an_archive_in_an_archive_is_not_opened():
    unpacked = unpack_file(zipped({"inner.zip": zipped({"a.json": document()})}), "all.zip")
    assert (unpacked.found, len(unpacked.notes)) == ((), 1)


def bomb(megabytes):
    return zipped({"bomb.json": b" " * (megabytes * 1024 * 1024), "a.json": document()})


def test_a_bomb_is_not_unpacked():
    data = bomb(200)
    assert len(data) < 1024 * 1024
    tracemalloc.start()
    unpacked = unpack_file(data, "all.zip")
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert [one.name for one in unpacked.found] == ["a"]
    assert "bomb.json" in unpacked.notes[0]
    assert peak < 4 * len(data) + 4 * 1024 * 1024


def test_many_files_together_are_bounded_too():
    noise = random.Random(1).randbytes(150_000).hex()
    files = {f"{n}.json": f'{{"Statement": "{noise}"}}' for n in range(20)}
    read = sum(len(entry.data) for entry in entries(zipped(files)) if entry.data)
    assert read <= MAX_BYTES
    notes = unpack_file(zipped(files), "all.zip").notes
    assert any(f"too large; {MAX_BYTES // 2**20} MiB are read" in note for note in notes)


def test_a_directory_that_lies_about_sizes_is_believed_in_nothing():
    data = zipped({"a.json": b" " * 5_000_000 + document().encode()})
    # The size in the directory, set to something small.
    place = data.rindex(b"PK\x01\x02") + 24
    lying = data[:place] + struct.pack("<I", 100) + data[place + 4 :]
    unpacked = unpack_file(lying, "all.zip")
    assert unpacked.found == ()
    assert "damaged" in unpacked.notes[0]


def test_too_many_entries_are_refused_before_they_are_listed():
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for n in range(2500):
            archive.writestr(f"{n}.json", "{}")
    unpacked = unpack_file(packed.getvalue(), "all.zip")
    assert unpacked.found == ()
    assert "at most" in unpacked.notes[0]


def test_encrypted_and_oddly_packed_files_are_told():
    data = bytearray(zipped({"a.json": document()}))
    for at in (data.index(b"PK\x03\x04") + 6, data.index(b"PK\x01\x02") + 8):
        data[at] |= 1
    assert "encrypted" in unpack_file(bytes(data), "all.zip").notes[0]
    odd = zipped({"a.json": document()}, zipfile.ZIP_LZMA)
    assert "deflate" in unpack_file(odd, "all.zip").notes[0]


def test_two_files_of_one_path_are_both_there():
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a.json", document())
        with pytest.warns(UserWarning, match="Duplicate name"):
            archive.writestr("a.json", document("kms:Decrypt"))
    assert names(packed.getvalue()) == ["a", "a"]


@pytest.mark.parametrize("seed", range(300))
def test_damage_anywhere_never_raises(seed):
    chance = random.Random(seed)
    data = bytearray(zipped({"a.json": document(), "b/c.json": document("kms:Decrypt")}))
    for _ in range(chance.randint(1, 6)):
        if chance.random() < 0.3:
            del data[chance.randrange(len(data)) :]
            data = data or bytearray(b"PK\x03\x04")
        else:
            data[chance.randrange(4, max(len(data), 5)) % len(data)] = chance.randrange(256)
    unpacked = unpack_file(bytes(data), "all.zip")
    for one in unpacked.found:
        one.text.encode()


def test_bytes_behind_the_magic_are_not_believed():
    for tail in (b"", b"\0" * 100, zlib.compress(b"x")):
        assert unpack_file(b"PK\x03\x04" + tail, "x.zip").found == ()
        assert unpack_file(b"PK\x03\x04" + tail, "x.zip").notes
