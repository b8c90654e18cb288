"""Gathers the texts of pages, builders and guardrails, merges them into the catalogues, and compiles these.

Pure Python, so that a machine without the gettext tools can do it, and so that a test can ask whether anything is
missing. The compiled catalogues are committed: running the product needs neither this file nor Babel.
"""

from __future__ import annotations

import ast
import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
CATALOGUES = ROOT / "policystudio" / "locale"
# The command line, the API and the analysis speak English by contract.
FOLDERS = ("policystudio/builders", "policystudio/guardrails", "policystudio/web")
TEMPLATES = "templates"
# A call as `templatize` writes it, with one text or a pair.
STRING = r"""u?(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')"""
CALL = re.compile(rf"\b(?:n?gettext|_)\(({STRING}(?:, {STRING})?)")


class Message(NamedTuple):
    """A text and the file that holds it; texts with a plural are a pair."""

    id: str | tuple[str, str]
    path: str


def messages() -> Iterator[Message]:
    """Every text that is marked for translation, by file and in the order in which the file has it."""
    for folder in FOLDERS:
        for path in sorted((ROOT / folder).rglob("*.py")):
            yield from in_python(path)
    for path in sorted((ROOT / TEMPLATES).rglob("*.html")):
        yield from in_template(path)


def in_python(path: Path) -> Iterator[Message]:
    """The texts of a module. A call with anything but a written text looks up what is marked elsewhere."""
    where = path.relative_to(ROOT).as_posix()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        match node:
            case ast.Call(
                func=ast.Name(id="_" | "N_" | "gettext" | "gettext_lazy"),
                args=[ast.Constant(value=str(text)), *_],
            ):
                yield Message(text, where)
            case ast.Call(
                func=ast.Name(id="ngettext" | "ngettext_lazy"),
                args=[ast.Constant(value=str(one)), ast.Constant(value=str(many)), *_],
            ):
                yield Message((one, many), where)


def in_template(path: Path) -> Iterator[Message]:
    """The texts of a template, as Django looks them up."""
    where = path.relative_to(ROOT).as_posix()
    for match in CALL.finditer(templatize(path.read_text("utf-8"))):
        texts = ast.literal_eval(f"({match[1]},)")
        yield Message(texts[0] if len(texts) == 1 else (texts[0], texts[1]), where)


def template_of_messages() -> Catalog:
    """All texts as a catalogue without translations."""
    catalogue = Catalog(charset="utf-8")
    for message in messages():
        catalogue.add(message.id, locations=[(message.path, 0)])
    return catalogue


def read(path: Path) -> Catalog:
    """The catalogue of a file."""
    return read_po(io.BytesIO(path.read_bytes()), locale=path.parent.parent.name)


def compiled(catalogue: Catalog) -> bytes:
    """The form that Django reads."""
    out = io.BytesIO()
    write_mo(out, catalogue)
    return out.getvalue()


def files() -> list[Path]:
    """The catalogues, one for each language but English."""
    return sorted(CATALOGUES.glob("*/LC_MESSAGES/django.po"))


def main() -> int:
    """Merge and compile every catalogue; 1 when a text is still without translation."""
    missing = 0
    for path in files():
        catalogue = read(path)
        catalogue.update(template_of_messages(), no_fuzzy_matching=True, update_creation_date=False)
        catalogue.obsolete.clear()
        out = io.BytesIO()
        write_po(out, catalogue, width=110, include_lineno=False, ignore_obsolete=True)
        path.write_bytes(out.getvalue())
        path.with_suffix(".mo").write_bytes(compiled(catalogue))
        left = [message for message in catalogue if message.id and not all(texts_of(message.string))]
        missing += len(left)
        print(f"{path.relative_to(ROOT)}: {len(catalogue)} texts, {len(left)} without translation")
    return 1 if missing else 0


def texts_of(string: str | tuple[str, ...] | list[str] | None) -> tuple[str, ...]:
    """The forms of a translation: one, or as many as the language has plurals."""
    return tuple(string) if isinstance(string, (tuple, list)) else (string or "",)


if __name__ == "__main__":
    sys.exit(main())
