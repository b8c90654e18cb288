"""Paths as the URIs of SARIF: relative to the working directory where they lie in it, else absolute."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any
from urllib.parse import quote


def artifact(path: str) -> dict[str, Any]:
    """The location of a file, every byte of its name that a URI cannot hold in percent signs."""
    absolute = Path(os.path.abspath(path))
    try:
        relative = absolute.relative_to(Path.cwd())
    except ValueError:
        return {"uri": f"file://{_quoted(absolute)}"}
    return {"uri": _quoted(relative), "uriBaseId": "%SRCROOT%"}


def _quoted(path: Path) -> str:
    return quote(os.fsencode(path.as_posix()))
