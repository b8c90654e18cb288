"""The files of the project, for the tests that look at them instead of running them."""

from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
BUILT = {".venv", "node_modules", "var", "__pycache__", ".git"}


def files(folder: str, *suffixes: str) -> Iterator[Path]:
    """Files below a folder of the project with one of the suffixes, sorted; what is built or installed is left out."""
    for path in sorted((ROOT / folder).rglob("*")):
        parts = path.relative_to(ROOT).parts
        if path.suffix in suffixes and not BUILT & set(parts) and parts[:2] != ("static", "vendor"):
            yield path


def shown(path: Path) -> str:
    """The path as one would type it in the project's folder."""
    return path.relative_to(ROOT).as_posix()
