"""Reads which operations an SDK package of KMS offers, without ever importing or running it.

A package is a directory or a wheel; its modules are parsed as text. Comparing with the catalogue is left to
`difference.py`.
"""

from __future__ import annotations

import ast
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path, PurePosixPath

CURRENT = "alibabacloud_kms20160120"
"""The official package of today. Source: PyPI."""
OLDER = "aliyunsdkkms"
"""The module of its predecessor, which PyPI calls `aliyun-python-sdk-kms`."""
DISTRIBUTIONS = {CURRENT: "alibabacloud_kms20160120", OLDER: "aliyun-python-sdk-kms"}

MAX_BYTES = 32 * 1024 * 1024
"""No module of an SDK comes near this; more is not read."""
_OLDER_REQUEST = re.compile(r"(?:.*/)?request/v[0-9]{8}/([A-Za-z0-9]+)Request\.py\Z")
_VERSION = re.compile(r"""^__version__\s*=\s*["']([^"']{1,64})["']""", re.MULTILINE)
_VERSION_OF_WHEEL = re.compile(r"\A[A-Za-z0-9_.]+-([^-]+)-.*\.whl\Z")


class Generation(StrEnum):
    """How a package is laid out: one client module, or one module for each request."""

    CURRENT = "current"
    OLDER = "older"


class PackageNotRead(Exception):
    """There is no such package, or it is none of an SDK of KMS; the message says so and needs no more."""


@dataclass(frozen=True, slots=True)
class SdkPackage:
    """What a package says of itself; `operations` is name of the operation → version of the API that it belongs to."""

    name: str
    version: str | None
    generation: Generation
    operations: Mapping[str, str | None]


def read_package(where: str) -> SdkPackage:
    """The package at a path (a directory or a wheel), or the installed one of that name.

    Raises: PackageNotRead.
    """
    path = Path(where)
    if path.is_dir():
        return _read(path.resolve().name, _of_directory(path), None)
    if path.is_file() and zipfile.is_zipfile(path):
        version = _VERSION_OF_WHEEL.match(path.name)
        return _read(path.name, _of_wheel(path), version.group(1) if version else None)
    if path.exists():
        raise PackageNotRead(f"{where} is neither a directory nor a wheel")
    return _installed(where)


def _installed(name: str) -> SdkPackage:
    module = next((m for m, known in DISTRIBUTIONS.items() if _plain(known) == _plain(name)), name)
    # Only the top level is looked for: for `a.b` the parent would be imported, that is, run. The program that runs
    # is no package, and may or may not have a spec.
    spec = find_spec(module) if module.isidentifier() and module != "__main__" else None
    if spec is None or not spec.submodule_search_locations:
        raise PackageNotRead(f"no package {name} is installed, and there is no such path")
    try:
        version: str | None = metadata.version(DISTRIBUTIONS.get(module, name))
    except metadata.PackageNotFoundError:
        version = None
    return _read(module, _of_directory(Path(next(iter(spec.submodule_search_locations)))), version)


def _plain(name: str) -> str:
    """The name as registries compare it. Source: PEP 503."""
    return re.sub(r"[-_.]+", "-", name).lower()


@dataclass(frozen=True, slots=True)
class _Module:
    """One Python file of the package, read when asked."""

    path: PurePosixPath
    where: Path
    member: str | None = None

    def text(self) -> str:
        """Raises: PackageNotRead."""
        try:
            if self.member is None:
                size = self.where.stat().st_size
                content = self.where.read_bytes() if size <= MAX_BYTES else b""
            else:
                with zipfile.ZipFile(self.where) as wheel:
                    size = wheel.getinfo(self.member).file_size
                    content = wheel.read(self.member) if size <= MAX_BYTES else b""
            if size > MAX_BYTES:
                raise PackageNotRead(f"{self.path} is larger than {MAX_BYTES} bytes")
            return content.decode("utf-8")
        except (OSError, UnicodeDecodeError, zipfile.BadZipFile, RuntimeError) as error:
            raise PackageNotRead(f"{self.path} cannot be read: {error}") from error


def _of_directory(root: Path) -> Iterator[_Module]:
    for file in sorted(root.rglob("*.py")):
        yield _Module(PurePosixPath(file.relative_to(root).as_posix()), file)


def _of_wheel(wheel: Path) -> Iterator[_Module]:
    try:
        with zipfile.ZipFile(wheel) as opened:
            names = sorted(name for name in opened.namelist() if name.endswith(".py"))
    except (OSError, zipfile.BadZipFile) as error:
        raise PackageNotRead(f"{wheel} cannot be read: {error}") from error
    for name in names:
        yield _Module(PurePosixPath(name), wheel, name)


def _read(name: str, modules: Iterator[_Module], version: str | None) -> SdkPackage:
    """Raises: PackageNotRead when no operation is found."""
    current: dict[str, str | None] = {}
    older: dict[str, str | None] = {}
    for module in modules:
        if module.path.name == "client.py":
            current.update(_called(module))
            name = module.path.parent.name or name
        elif request := _OLDER_REQUEST.match(str(module.path)):
            older.update(_requested(module, request.group(1)))
            name = module.path.parts[-4] if len(module.path.parts) > 3 else name
        elif module.path.name == "__init__.py" and len(module.path.parts) <= 2 and version is None:
            found = _VERSION.search(module.text())
            version = found.group(1) if found else None
    if current:
        return SdkPackage(name, version, Generation.CURRENT, current)
    if older:
        return SdkPackage(name, version, Generation.OLDER, older)
    raise PackageNotRead(f"{name} holds no operations of KMS that could be read")


def _called(module: _Module) -> Iterator[tuple[str, str | None]]:
    """Each `Params(action='Encrypt', version='2016-01-20', …)` of a client."""
    for call in _calls(module):
        given = {
            k.arg: k.value.value
            for k in call.keywords
            if isinstance(k.value, ast.Constant) and isinstance(k.value.value, str)
        }
        if "action" in given and "pathname" in given:
            yield given["action"], given.get("version")


def _requested(module: _Module, name: str) -> Iterator[tuple[str, str | None]]:
    """The `RpcRequest.__init__(self, 'Kms', '2016-01-20', 'Encrypt', 'kms')` of a request's module."""
    for call in _calls(module):
        texts = [a.value for a in call.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]
        if isinstance(call.func, ast.Attribute) and call.func.attr == "__init__" and name in texts[2:3]:
            yield name, texts[1]


def _calls(module: _Module) -> Iterator[ast.Call]:
    try:
        tree = ast.parse(module.text())
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise PackageNotRead(f"{module.path} is not Python that can be read: {error}") from error
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))
