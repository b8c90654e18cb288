"""Judges one file after the other as the configuration wants it."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from policystudio.catalog import Catalogue
from policystudio.linting.configuration import Configuration
from policystudio.linting.files import File
from policystudio.linting.report import Judged, Told
from policystudio.linting.suppressions import Suppressions
from policystudio.ram.document import Document
from policystudio.ram.finding import Finding, Severity
from policystudio.ram.reader import DOCUMENT_LIMITS, read_bytes
from policystudio.ram.render import Target
from policystudio.validation.fingerprint import fingerprints
from policystudio.validation.kinds import kind_of
from policystudio.validation.pipeline import validate
from policystudio.validation.place_marks import place_marks
from policystudio.validation.severities import OFF
from policystudio.validation.size import Size

_real = lru_cache(maxsize=1024)(os.path.realpath)


class Judge:
    """One run over files, with the suppressions that it has met."""

    def __init__(
        self, own: Configuration, catalogue: Catalogue, targets: tuple[Target, ...], now: datetime
    ) -> None:
        self._own = own
        self._catalogue = catalogue
        self._targets = targets
        self._now = now
        self._suppressions = Suppressions(own.suppressions, now.date())

    def relative(self, path: str) -> str:
        """The path as the patterns of the configuration see it; a link to a file keeps its own name."""
        folder, name = os.path.split(path)
        return Path(os.path.relpath(_real(os.path.abspath(folder)), self._own.root), name).as_posix()

    def judge(self, file: File) -> Judged:
        """What is found in a file, with what the configuration suppresses."""
        if file.fault is not None:
            return Judged(file.path, fault=file.fault)
        text, document, findings, size = self._validated(file.data)
        ids = fingerprints(findings, document, text)
        weighed = self._suppressions.weigh(self.relative(file.path), zip(findings, ids, strict=True))
        by = {id(finding): suppression for finding, suppression in weighed.waived}
        marks = place_marks(findings, document, text)
        told = (
            Told(finding, known, mark, by.get(id(finding)))
            for finding, known, mark in zip(findings, ids, marks, strict=True)
        )
        return Judged(file.path, text, tuple(told), size)

    def notices(self, is_complete: bool) -> Judged | None:
        """What is to be said of the configuration's own suppressions; None when they are in order."""
        found = [
            replace(notice, severity=Severity(wanted), default_severity=notice.severity)
            if wanted != notice.severity
            else notice
            for notice in self._suppressions.notices(is_complete)
            if (wanted := self._own.severities.get(notice.code, notice.severity)) != OFF
        ]
        if not found:
            return None
        assert self._own.path is not None  # without a file there are no suppressions
        path = os.path.relpath(self._own.path)
        text = self._own.path.read_text(encoding="utf-8", errors="replace")
        ids, marks = fingerprints(found, None, text), place_marks(found, None, text)
        return Judged(path, text, tuple(map(Told, found, ids, marks)))

    def _validated(self, data: bytes) -> tuple[str, Document | None, tuple[Finding, ...], Size | None]:
        try:
            text = data.decode() if len(data) <= DOCUMENT_LIMITS.max_bytes else None
        except UnicodeDecodeError:
            text = None
        if text is None:
            # The text up to the first fault is the same, and no finding speaks of what follows.
            return data.decode("utf-8", "replace"), None, read_bytes(data).findings, None
        judged = validate(
            text,
            catalogue=self._catalogue,
            now=self._now,
            targets=self._targets,
            kind=kind_of(text),
            severities=self._own.severities,
        )
        return text, judged.document, judged.findings, judged.size
