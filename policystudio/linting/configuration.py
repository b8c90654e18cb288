"""What a project says about its documents in `policystudio.toml`: severities, what is left out, and suppressions.

Decision: the file is looked for in the working directory and above it, up to the root of the repository, so that one
run has one configuration; the patterns in it are relative to the folder that it lies in. Every fault in it is told at
once, and nothing is judged until all are mended: a misread configuration would hide findings.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

from policystudio.linting.entries import Entries
from policystudio.linting.suppressions import Suppression
from policystudio.linting.toml_lines import Lines

FILE_NAME = "policystudio.toml"
MAX_BYTES = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Configuration:
    """`root`, without links, is what patterns are relative to; `path` is None when there is no configuration."""

    root: Path
    path: Path | None = None
    severities: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    exclude: tuple[str, ...] = ()
    suppressions: tuple[Suppression, ...] = ()


class ConfigurationError(Exception):
    """The configuration cannot be used; `problems` has a line and a sentence for everything that is wrong."""

    def __init__(self, path: Path, problems: list[tuple[int, str]]) -> None:
        super().__init__(f"{path}: {problems[0][1]}")
        self.path = path
        self.problems = problems


def find(start: Path) -> Path | None:
    """The configuration for a working directory, or None. Looks no further up than the root of its repository."""
    for folder in (start, *start.parents):
        if (folder / FILE_NAME).is_file():
            return folder / FILE_NAME
        if (folder / ".git").exists():
            return None
    return None


def load(path: Path) -> Configuration:
    """The configuration in a file. Raises: ConfigurationError."""
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise ConfigurationError(path, [(1, f"cannot be read: {error.strerror}")]) from None
    if len(data) > MAX_BYTES:
        raise ConfigurationError(path, [(1, f"is over {MAX_BYTES // 1024} KiB")])
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise ConfigurationError(path, [(line, "is not UTF-8")]) from None
    try:
        values = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise ConfigurationError(path, [(_line_in(str(error)), f"is not TOML: {error}")]) from None
    return read(values, Lines(text.replace("\r\n", "\n")), path)


def read(values: Mapping[str, Any], lines: Lines, path: Path) -> Configuration:
    """The configuration in what was parsed. Raises: ConfigurationError."""
    entries = Entries(lines)
    for name in values.keys() - {"severities", "exclude", "suppress"}:
        entries.fault((name,), f"`{name}` is unknown; there are `severities`, `exclude` and `suppress`")
    severities = entries.severities(values.get("severities", {}))
    exclude = entries.patterns(values.get("exclude", []))
    suppressions = entries.suppressions(values.get("suppress", []))
    if entries.problems:
        raise ConfigurationError(path, sorted(entries.problems))
    return Configuration(path.parent.resolve(), path, severities, exclude, suppressions)


def _line_in(message: str) -> int:
    """The line that the parser names at the end of its message."""
    number = message.rpartition("(at line ")[2].partition(",")[0]
    return int(number) if number.isdecimal() else 1
