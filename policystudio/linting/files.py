"""Finds and reads the files of a run, one after the other, in an order that depends on their names only.

Decision: in a folder, files called `*.json` are read; folders whose name starts with a dot and `node_modules` are left
out; links to folders are not followed, so no loop of links can hold a run. What cannot be read is told and goes on.
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
    ) -> None:
        """`only_documents`: files that are named are chosen like those in folders, as hooks name whatever changed."""
        self._paths = list(dict.fromkeys(paths))
        self._stdin = stdin
        self._stdin_name = stdin_name
        self._is_excluded = is_excluded
        self._only_documents = only_documents
        self.skipped = 0

    @property
    def folders(self) -> list[Path]:
        """The folders that are walked, absolute."""
        return [Path(path).absolute() for path in self._paths if path != STDIN and os.path.isdir(path)]

    def __iter__(self) -> Iterator[File]:
        folders = [path for path in self._paths if path != STDIN and os.path.isdir(path)]
        named = {os.path.abspath(path) for path in self._paths if path not in folders}
        for path in self._paths:
            if path == STDIN:
                yield File(self._stdin_name, self._stdin.read(DOCUMENT_LIMITS.max_bytes + 1))
            elif path not in folders:
                yield from self._found(path) if self._only_documents else (_read(path),)
            elif not _lies_in_another(path, folders):
                yield from self._walk(path, named)

    def _walk(self, folder: str, named: set[str]) -> Iterator[File]:
        """Without recursion, as folders may lie deeper in each other than calls may."""
        waiting = [folder]
        while waiting:
            current = waiting.pop()
            try:
                with os.scandir(current) as scanned:
                    entries = sorted(scanned, key=lambda entry: os.fsencode(entry.name))
            except OSError as error:
                yield File(current, fault=_words(error))
                continue
            folders = []
            for entry in entries:
                path = os.path.join("" if current == "." else current, entry.name)
                if entry.is_dir(follow_symlinks=False):
                    if not entry.name.startswith(".") and entry.name not in _NEVER:
                        folders.append(path)
                elif entry.name.endswith(_SUFFIX) and os.path.abspath(path) not in named:
                    yield from self._found(path)
            waiting += reversed(folders)

    def _found(self, path: str) -> Iterator[File]:
        """A file that nobody asked for in particular, unless it is left out."""
        if self._is_excluded(path):
            self.skipped += 1
            return
        try:
            is_file = stat.S_ISREG(os.stat(path).st_mode)
        except OSError as error:
            yield File(path, fault=_words(error))
            return
        file = _read(path) if is_file else None
        if file is not None and (file.fault or looks_like_document(file.data)):
            yield file
        else:
            self.skipped += 1


def _lies_in_another(folder: str, folders: list[str]) -> bool:
    """Whether a folder is walked anyhow, since another of the folders holds it."""
    own = Path(os.path.abspath(folder))
    return any(Path(os.path.abspath(other)) in own.parents for other in folders)


def _read(path: str) -> File:
    try:
        with open(path, "rb") as file:
            return File(path, file.read(DOCUMENT_LIMITS.max_bytes + 1))
    except OSError as error:
        return File(path, fault=_words(error))


def _words(error: OSError) -> str:
    return (error.strerror or "cannot be read").lower()
