"""An SDK package is read as text, and what it offers is compared with the catalogue."""

from __future__ import annotations

import sys
import zipfile
from pathlib import Path

import pytest

from policystudio.catalog import load, sdk
from policystudio.catalog.difference import Difference, Disagreement, difference
from policystudio.catalog.sdk import Generation, PackageNotRead, SdkPackage, read_package
from tests.catalog.packages import CLIENT, REQUEST, catalogue_of, fake, fake_older


def test_package_is_read_and_never_run(tmp_path):
    package = read_package(str(fake(tmp_path / "kms_sdk", "Encrypt", "Decrypt")))
    assert package == SdkPackage(
        "kms_sdk", "9.9.9", Generation.CURRENT, {"Encrypt": "2016-01-20", "Decrypt": "2016-01-20"}
    )
    assert "kms_sdk" not in sys.modules


def test_older_generation_is_told_by_its_layout(tmp_path):
    package = read_package(str(fake_older(tmp_path / "old_sdk", "Encrypt", "AdvanceEncrypt")))
    assert (package.name, package.version, package.generation) == ("old_sdk", "2.0.0", Generation.OLDER)
    assert set(package.operations) == {"Encrypt", "AdvanceEncrypt"}


def test_wheel_is_read_without_unpacking_it(tmp_path):
    folder = fake(tmp_path / "kms_sdk", "Encrypt")
    wheel = tmp_path / "kms_sdk-1.2.3-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as made:
        for file in folder.iterdir():
            made.write(file, f"kms_sdk/{file.name}")
    package = read_package(str(wheel))
    assert (package.name, package.version, set(package.operations)) == ("kms_sdk", "1.2.3", {"Encrypt"})


@pytest.mark.parametrize(
    "name", ["no_such_package_here", "os.path", "json", "../../nowhere", "", "x y", "__main__", "sys"]
)
def test_name_of_no_sdk_is_told(name, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(PackageNotRead):
        read_package(name)


def test_file_that_is_no_package_is_told(tmp_path):
    (tmp_path / "a.txt").write_text("hello")
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "client.py").write_text("def (")
    (tmp_path / "latin").mkdir()
    (tmp_path / "latin" / "client.py").write_bytes(b"\xe9\xff")
    for name in ("a.txt", "broken", "latin"):
        with pytest.raises(PackageNotRead):
            read_package(str(tmp_path / name))


def test_equal_vocabularies_differ_in_nothing(tmp_path):
    package = read_package(str(fake(tmp_path / "sdk", "Encrypt", "Decrypt")))
    found = difference(catalogue_of("kms:Encrypt", "kms:Decrypt"), package)
    assert found == Difference((), (), ())
    assert not found


def test_missing_and_gone_operations_are_told_by_name(tmp_path):
    package = read_package(str(fake(tmp_path / "sdk", "Encrypt", "EncryptWithMoon", "AdvanceWarp")))
    found = difference(catalogue_of("kms:Encrypt", "kms:Decrypt", "kms:AdvanceEncrypt"), package)
    assert found == Difference(("AdvanceWarp", "EncryptWithMoon"), ("Decrypt",), ())


def test_operation_that_other_actions_stand_for_is_known_and_expected(tmp_path):
    catalogue = catalogue_of("kms:ReEncryptFrom", "kms:ReEncryptTo", "kms:Encrypt")
    assert not difference(catalogue, read_package(str(fake(tmp_path / "with", "Encrypt", "ReEncrypt"))))
    assert difference(catalogue, read_package(str(fake(tmp_path / "without", "Encrypt")))).gone == (
        "ReEncrypt",
    )
    assert not difference(catalogue, read_package(str(fake_older(tmp_path / "older", "Encrypt"))))


def test_what_both_know_and_tell_differently_is_told_with_the_reason(tmp_path):
    catalogue = catalogue_of("kms:AdvanceEncrypt", "kms:Encrypt", "kms:Decrypt")
    older = difference(catalogue, read_package(str(fake_older(tmp_path / "older", "Encrypt", "Decrypt"))))
    assert older.gone == ("AdvanceEncrypt",)
    back = read_package(str(fake(tmp_path / "back", "AdvanceEncrypt", "encrypt", "Decrypt", version="2030")))
    assert difference(catalogue, back) == Difference(
        (),
        (),
        (
            Disagreement("AdvanceEncrypt", "it is of the API 2030, the catalogue of 2016-01-20"),
            Disagreement("AdvanceEncrypt", "the catalogue says that the current SDK does not have it"),
            Disagreement("AdvanceEncrypt", "the catalogue says that it is withdrawn"),
            Disagreement("Decrypt", "it is of the API 2030, the catalogue of 2016-01-20"),
            Disagreement("encrypt", "the catalogue writes it Encrypt"),
        ),
    )


def test_operation_that_only_the_older_generation_has_is_not_missed_in_todays(tmp_path):
    package = read_package(str(fake(tmp_path / "sdk", "Encrypt")))
    assert not difference(catalogue_of("kms:Encrypt", "kms:AdvanceEncrypt"), package)


@pytest.mark.parametrize(
    ("name", "version", "operations"),
    [("alibabacloud_kms20160120", "3.3.1", 91), ("aliyun-python-sdk-kms", "2.16.5", 93)],
)
def test_catalogue_says_what_the_official_packages_say(name, version, operations):
    package = read_package(name)
    assert (package.version, len(package.operations)) == (version, operations)
    assert difference(load(), package) == Difference((), (), ())
    assert not any(module.startswith(("alibabacloud", "aliyunsdk")) for module in sys.modules)


@pytest.mark.parametrize("as_wheel", [False, True])
def test_module_of_just_the_allowed_size_is_read_and_a_larger_one_is_not_even_opened(
    as_wheel, tmp_path, monkeypatch
):
    folder = fake(tmp_path / "kms_sdk", "Encrypt")
    where = folder
    if as_wheel:
        where = tmp_path / "kms_sdk-1.2.3-py3-none-any.whl"
        with zipfile.ZipFile(where, "w") as made:
            for file in folder.iterdir():
                made.write(file, f"kms_sdk/{file.name}")
    size = (folder / "client.py").stat().st_size
    monkeypatch.setattr(sdk, "MAX_BYTES", size)
    assert set(read_package(str(where)).operations) == {"Encrypt"}
    monkeypatch.setattr(sdk, "MAX_BYTES", size - 1)
    opened: list[str] = []

    def watch(of: type, name: str) -> None:
        real = getattr(of, name)

        def watched(self: object, *rest: object) -> object:
            opened.append(str((self, *rest)))
            return real(self, *rest)

        monkeypatch.setattr(of, name, watched)

    watch(Path, "read_bytes")
    watch(zipfile.ZipFile, "read")
    with pytest.raises(PackageNotRead, match=rf"client.py is larger than {size - 1} bytes"):
        read_package(str(where))
    assert not [each for each in opened if "client.py" in each]


@pytest.mark.parametrize("generation", ["current", "older"])
def test_what_differs_is_sorted_by_name(generation, tmp_path):
    make = fake if generation == "current" else fake_older
    package = read_package(str(make(tmp_path / "sdk", "Zeta", "Alpha", "Mid")))
    found = difference(catalogue_of("kms:Encrypt", "kms:Decrypt"), package)
    assert (found.missing, found.gone) == (("Alpha", "Mid", "Zeta"), ("Decrypt", "Encrypt"))


def wheel_of(where: Path, files: dict[str, str]) -> str:
    with zipfile.ZipFile(where, "w") as made:
        for name, text in files.items():
            made.writestr(name, text)
    return str(where)


def test_name_and_version_are_those_of_the_package_itself_and_not_of_what_is_inside(tmp_path):
    client = CLIENT.format("Encrypt", "2016-01-20")
    inner = {"kms_sdk/client.py": client, "kms_sdk/models/__init__.py": "__version__ = '7'"}
    outer = {**inner, "kms_sdk/__init__.py": "__version__ = '8'"}
    without, with_one = (
        read_package(wheel_of(tmp_path / f"{n}.whl", files)) for n, files in enumerate((inner, outer))
    )
    assert (without.name, without.version) == ("kms_sdk", None)
    assert (with_one.name, with_one.version) == ("kms_sdk", "8")
    older = {"old_sdk/request/v20160120/EncryptRequest.py": REQUEST.format("Encrypt")}
    package = read_package(wheel_of(tmp_path / "old.whl", older))
    assert (package.name, package.version, package.generation) == ("old_sdk", None, Generation.OLDER)
    deeper = {f"src/{name}": text for name, text in older.items()}
    assert read_package(wheel_of(tmp_path / "deeper.whl", deeper)).name == "old_sdk"
