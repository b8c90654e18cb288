"""Finds and reads the files of a run, one after the other, in an order that depends on their names only.

Decision: in a folder, files called `*.json` are read; folders whose name starts with a dot and `node_modules` are left
out; links to folders are not followed, so no loop of links can hold a run. What cannot be read is told and goes on.
A pipe or a device is never opened, as nothing may ever come out of it. A link in a folder that leads nowhere is warned
of and passed: it holds no document. A named folder without anything to judge is a fault, since it is likely misspelt.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from policystudio.linting.sniffing import looks_like_document
from policystudio.ram.reader import DOCUMENT_LIMITS

STDIN = "-"
_SUFFIX = ".json"
_NEVER = {"node_modules"}
NOTHING = "there is no file to judge in it"


@dataclass(frozen=True, slots=True)
class File:
    """One file of a run: its path as it is shown, and its first bytes, enough to see that a text is too large.

    With a `fault` it could not be read, and `data` is empty.
    """

    path: str
    data: bytes = b""
    fault: str | None = None


class Files:
    """The files that some paths name. `skipped` counts those that were left out, as far as one has gone."""

    def __init__(
        self,
        paths: Iterable[str],
        *,
        stdin: BinaryIO,
        stdin_name: str = "stdin.json",
        is_excluded: Callable[[str], bool] = lambda path: False,
        only_documents: bool = False,
        warn: Callable[[str, str], object] = lambda path, message: None,
    ) -> None:
        """`only_documents`: files that are named are chosen like those in folders, as hooks name whatever changed.

        Of several spellings of one path the first is kept. `warn` hears of paths that are passed, and why.
        """
        self._paths = _without_repeats(paths)
        self._stdin = stdin
        self._stdin_name = stdin_name
        self._is_excluded = is_excluded
        self._only_documents = only_documents
        self._warn = warn
        self._excluded = 0
        self._met = 0  # what a walk came upon, whether it is judged or not
        self.skipped = 0

    @property
    def folders(self) -> list[Path]:
        """The folders that are walked, absolute and without links."""
        return [Path(os.path.realpath(path)) for path in self._paths if path != STDIN and os.path.isdir(path)]

    def __iter__(self) -> Iterator[File]:
        folders = [path for path in self._paths if path != STDIN and os.path.isdir(path)]
        named = {os.path.realpath(path) for path in self._paths if path not in folders}
        walked = [path for path in folders if not _lies_in_another(path, folders)]
        judged, empty = 0, []
        for path in self._paths:
            before = self._met
            for file in self._walk(path, named) if path in walked else self._named(path, folders):
                judged += 1
                yield file
            if path in walked and self._met == before:
                empty.append(path)
        if not self._only_documents:
            yield from (File(path, fault=NOTHING) for path in (empty if judged or self._excluded else walked))

    def _named(self, path: str, folders: list[str]) -> Iterator[File]:
        """A path that is walked neither by itself nor as a part of another folder."""
        if path == STDIN:
            yield File(self._stdin_name, self._stdin.read(DOCUMENT_LIMITS.max_bytes + 1))
        elif path not in folders:
            yield from self._found(path) if self._only_documents else (_read(path),)

    def _walk(self, folder: str, named: set[str]) -> Iterator[File]:
        """Without recursion, as folders may lie deeper in each other than calls may."""
        waiting = [folder]
        while waiting:
            current = waiting.pop()
            try:
                with os.scandir(current) as scanned:
                    entries = sorted(scanned, key=lambda entry: os.fsencode(entry.name))
            except OSError as error:
                self._met += 1
                yield File(current, fault=_words(error))
                continue
            folders = []
            for entry in entries:
                path = os.path.join("" if current == "." else current, entry.name)
                if entry.is_dir(follow_symlinks=False):
                    if not entry.name.startswith(".") and entry.name not in _NEVER:
                        folders.append(path)
                elif entry.name.endswith(_SUFFIX):
                    self._met += 1
                    if os.path.realpath(path) not in named:
                        yield from self._found(path)
            waiting += reversed(folders)

    def _found(self, path: str) -> Iterator[File]:
        """A file that nobody asked for in particular, unless it is left out."""
        if self._is_excluded(path):
            self._excluded += 1
            self.skipped += 1
            return
        try:
            is_file = stat.S_ISREG(os.stat(path).st_mode)
        except OSError as error:
            if os.path.islink(path):
                self._warn(path, f"a link that cannot be followed is passed: {_words(error)}")
                self.skipped += 1
            else:
                yield File(path, fault=_words(error))
            return
        file = _read(path) if is_file else None
        if file is not None and (file.fault or looks_like_document(file.data)):
            yield file
        else:
            self.skipped += 1


def _without_repeats(paths: Iterable[str]) -> list[str]:
    """The first spelling of each path."""
    found: dict[str, str] = {}
    for path in paths:
        found.setdefault(path if path == STDIN else os.path.realpath(path), path)
    return list(found.values())


def _lies_in_another(folder: str, folders: list[str]) -> bool:
    """Whether a folder is walked anyhow, since another of the folders holds it."""
    own = Path(os.path.realpath(folder))
    return any(Path(os.path.realpath(other)) in own.parents for other in folders)


def _read(path: str) -> File:
    try:
        if not stat.S_ISREG(os.stat(path).st_mode):
            return File(path, fault="is not a regular file; the standard input is named -")
        with open(path, "rb") as file:
            return File(path, file.read(DOCUMENT_LIMITS.max_bytes + 1))
    except OSError as error:
        return File(path, fault=_words(error))


def _words(error: OSError) -> str:
    return (error.strerror or "cannot be read").lower()
