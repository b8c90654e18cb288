"""What of a package counts as an operation, and which differences from the catalogue are told."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from policystudio.catalog import load
from policystudio.catalog.difference import Difference, Disagreement, difference
from policystudio.catalog.sdk import Generation, SdkPackage, read_package
from tests.catalog.packages import REQUEST, catalogue_of, fake


@pytest.mark.parametrize(
    "found",
    [
        Difference(("A",), (), ()),
        Difference((), ("A",), ()),
        Difference((), (), (Disagreement("A", "why"),)),
        Difference(("A",), ("B",), ()),
    ],
)
def test_any_difference_is_one(found):
    assert found


@pytest.mark.parametrize(
    ("version", "differs"), [("2015-01-01", True), ("2016-01-20", False), ("2030-01-01", True)]
)
def test_operation_of_an_older_or_newer_api_differs(version, differs, tmp_path):
    package = read_package(str(fake(tmp_path / "sdk", "Encrypt", version=version)))
    assert bool(difference(catalogue_of("kms:Encrypt"), package)) is differs


def test_operation_that_the_catalogue_gives_to_the_other_generation_alone_differs():
    known = load()
    older = replace(
        known, actions={"kms:x": replace(known.actions["kms:advanceencrypt"], name="kms:AdvanceEncrypt")}
    )
    for generation, reasons in ((Generation.CURRENT, 2), (Generation.OLDER, 0)):
        package = SdkPackage("sdk", None, generation, {"AdvanceEncrypt": None})
        assert len(difference(older, package).differing) == reasons
    only_current = [
        a for a in known.actions.values() if a.existence.in_current_sdk and not a.existence.in_older_sdk
    ]
    for action in only_current:
        if action.api_operations == (action.name.partition(":")[2],):
            catalogue = replace(known, actions={"kms:x": action})
            offered = {action.api_operations[0]: None}
            assert not difference(catalogue, SdkPackage("sdk", None, Generation.CURRENT, offered))
            assert (
                len(difference(catalogue, SdkPackage("sdk", None, Generation.OLDER, offered)).differing) == 1
            )
            assert not difference(catalogue, SdkPackage("sdk", None, Generation.OLDER, {}))
            assert difference(catalogue, SdkPackage("sdk", None, Generation.CURRENT, {})).gone


PARAMS = "utils.Params(action='{0}', version='2016-01-20', pathname='/')\n"


def package_of(root: Path, files: dict[str, str]) -> SdkPackage:
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    return read_package(str(root))


def test_only_the_client_says_what_there_is_and_only_the_package_which_version(tmp_path):
    package = package_of(
        tmp_path / "sdk",
        {
            "a_client.py": PARAMS.format("BeforeTheClient"),
            "client.py": PARAMS.format("Encrypt"),
            "models.py": "__version__ = '7'\n" + PARAMS.format("NotAClient"),
            "inner/deep/__init__.py": "__version__ = '8'\n",
        },
    )
    assert package == SdkPackage("sdk", None, Generation.CURRENT, {"Encrypt": "2016-01-20"})
    version = package_of(
        tmp_path / "other", {"client.py": PARAMS.format("Encrypt"), "one/__init__.py": "__version__ = '9'\n"}
    )
    assert version.version == "9"


@pytest.mark.parametrize(
    ("call", "is_operation"),
    [
        ("RpcRequest.__init__(self, 'Kms', '2016-01-20', 'Encrypt', 'kms')", True),
        ("RpcRequest.__init__(self, 'Kms', '2016-01-20', 'Decrypt', 'kms')", False),
        ("RpcRequest.__init__(self, 'Kms', 'Encrypt')", False),
        ("RpcRequest.set_name(self, 'Kms', '2016-01-20', 'Encrypt')", False),
        ("named('Kms', '2016-01-20', 'Encrypt')", False),
    ],
)
def test_request_of_the_older_generation_names_its_operation_in_the_third_place(call, is_operation, tmp_path):
    files = {
        "request/v20160120/EncryptRequest.py": f"{call}\n",
        "request/v20160120/SignRequest.py": REQUEST.format("Sign"),
    }
    package = package_of(tmp_path / "sdk", files)
    assert set(package.operations) == ({"Encrypt", "Sign"} if is_operation else {"Sign"})
    assert package.name == "sdk"


@pytest.mark.parametrize("name", ["Kms_of_capital_letter", "kms_of_small_letter"])
def test_installed_package_is_found_by_its_name(name, tmp_path, monkeypatch):
    fake(tmp_path / "path" / name, "Encrypt")
    monkeypatch.syspath_prepend(str(tmp_path / "path"))
    monkeypatch.chdir(tmp_path)
    package = read_package(name)
    assert (package.name, package.version) == (name, "9.9.9")
    assert set(package.operations) == {"Encrypt"}


def test_call_needs_an_action_and_a_path_to_be_one_of_an_operation(tmp_path):
    calls = "f(action='A')\nf(pathname='/')\nf(action=1, pathname='/')\nf(action='B', pathname='/')\nf(**x)\n"
    assert package_of(tmp_path / "sdk", {"client.py": calls}).operations == {"B": None}
