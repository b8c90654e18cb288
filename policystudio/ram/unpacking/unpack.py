"""From a paste or a file to the documents in it: the entry of this package. Never raises, and loses nothing.

What is not known to carry documents is taken for one document itself, faults and all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import PurePosixPath

from policystudio.ram.finding import Finding, Severity, shown
from policystudio.ram.position import Source
from policystudio.ram.reader import JsonObject, JsonString, Reading, plain, read
from policystudio.ram.render import Target
from policystudio.ram.unpacking import archive, replies, terraform
from policystudio.ram.unpacking.decoding import decode
from policystudio.ram.unpacking.found import (
    MAX_BYTES,
    MAX_DOCUMENT_BYTES,
    MAX_DOCUMENTS,
    MAX_NOTES,
    MAX_TOGETHER,
    WRAPPED_LIMITS,
    Found,
    Unpacked,
)
from policystudio.ram.unpacking.letter import Letter
from policystudio.ram.unpacking.splitting import among_words, line_before, split

_MAX_STRINGS = 3
"""So many layers of JSON strings are taken off."""


def unpack_file(data: bytes, filename: str = "") -> Unpacked:
    """The documents in a file, which may be an archive."""
    if len(data) > MAX_BYTES:
        return Unpacked(
            (), (f"{filename or 'the file'} is over {MAX_BYTES // 1024 // 1024} MiB and is not read",)
        )
    if not archive.is_archive(data):
        return _limited(_in_bytes(data, filename), ())
    found: list[Found] = []
    notes: list[str] = []
    for entry in archive.entries(data):
        if entry.data is None:
            notes.append(f"{filename}: {entry.note}" if filename else entry.note)
        else:
            found += _in_bytes(entry.data, entry.path, filename)
    return _limited(found, notes)


def unpack(text: str, filename: str = "") -> Unpacked:
    """The documents in a text. `filename` names those that nothing else gives a name."""
    if len(text) > MAX_BYTES:
        return Unpacked((), (f"the text is over {MAX_BYTES // 1024 // 1024} MiB and is not read",))
    return _limited(_in_text(text, filename, filename), ())


def together(parts: Iterable[Unpacked]) -> Unpacked:
    """What was found in several pastes and files, each looked at when the one before it is through.

    Within the limits on their number and length; what comes after is counted and told, not kept.
    """
    found: list[Found] = []
    notes: list[str] = []
    characters = left_out = 0
    for part in parts:
        notes += part.notes
        for one in part.found:
            characters += len(one.text)
            if len(found) < MAX_DOCUMENTS and characters <= MAX_TOGETHER:
                found.append(one)
            else:
                left_out += 1
    if left_out:
        limit = MAX_TOGETHER // 1024 // 1024
        what = f"{left_out} documents beyond {MAX_DOCUMENTS}, or beyond {limit} MiB together, are left out"
        notes.append(f"{what}; send them in another import")
    return _limited(found, notes)


def _in_bytes(data: bytes, path: str, archive_name: str = "") -> list[Found]:
    decoded = decode(data)
    origin = f"{archive_name}: {path}" if archive_name else path
    if decoded.refusal is not None:
        return [Found(decoded.text, _stem(path), origin, refusal=decoded.refusal)]
    target = _target_of(path) if archive_name else None
    found = _in_text(decoded.text, path, origin)
    return [
        replace(
            one,
            notes=(*decoded.notes, *one.notes),
            target=one.target or (target if len(found) == 1 else None),
        )
        for one in found
    ]


def _in_text(text: str, filename: str, origin: str) -> list[Found]:
    pieces = split(text)
    words: list[tuple[int, int]] = []
    if not pieces:
        reading = read(text, WRAPPED_LIMITS)
        pieces = words = among_words(text) if reading.value is None else []
        if not pieces:
            return _named(_in_reading(reading), filename, origin)
    source = Source(text)
    found: list[Found] = []
    for start, end in pieces:
        line = source.place(start).line
        where = f"{origin}, line {line}" if origin else f"line {line}"
        note = _words_before(text, start) if words else ()
        found += [
            replace(_placed(one, where), notes=(*note, *one.notes)) for one in _in_piece(text[start:end])
        ]
    return _numbered(found, _stem(filename))


def _words_before(text: str, start: int) -> tuple[str, ...]:
    """What is told of a document that stands among words."""
    line = line_before(text, start)
    after = f"; it follows the line {shown(line, 120)}" if line else ""
    return (f"the words around the document are left out{after}",)


def _in_piece(text: str, strings: int = 0) -> list[Found]:
    """The documents in one value, or the text itself; `origin` is the JSON Pointer."""
    return _in_reading(read(text, WRAPPED_LIMITS), strings)


def _in_reading(reading: Reading, strings: int = 0) -> list[Found]:
    value, text = reading.value, reading.source.text
    if value is None or (isinstance(value, JsonObject) and value.get("Statement") is not None):
        return [Found(text)]
    if isinstance(value, JsonString) and strings < _MAX_STRINGS:
        inner = _in_piece(value.text, strings + 1)
        is_document = value.text.lstrip().startswith(("{", "[", '"'))
        note = "the text was a JSON string, as programs print one"
        return [replace(one, notes=(note, *one.notes)) for one in inner] if is_document else [Found(text)]
    letters = terraform.letters(plain(value)) if isinstance(value, JsonObject) else None
    if not letters:
        letters = replies.letters(reading.source, value)
    return [_opened(letter) for letter in letters] or [Found(text)]


def _opened(letter: Letter) -> Found:
    name = letter.name + letter.suffix
    return Found(letter.text, name, letter.path, letter.description, letter.target, letter.notes)


def _named(found: list[Found], filename: str, origin: str) -> list[Found]:
    return _numbered([_placed(one, origin) for one in found], _stem(filename))


def _placed(one: Found, where: str) -> Found:
    """With the place of the wrapping before the pointer into it."""
    return replace(one, origin=f"{where} {one.origin}".strip())


def _numbered(found: list[Found], stem: str) -> list[Found]:
    """With the file's name for what has none, numbered when several have none."""
    nameless = [one for one in found if _is_nameless(one)]
    if not stem or not nameless:
        return found
    if len(nameless) == 1 or len({one.name for one in nameless}) == len(nameless):
        return [replace(one, name=stem + one.name) if _is_nameless(one) else one for one in found]
    numbers = iter(range(1, len(nameless) + 1))
    return [
        replace(one, name=f"{stem}-{next(numbers)}", is_numbered=True) if _is_nameless(one) else one
        for one in found
    ]


def _is_nameless(one: Found) -> bool:
    return not one.name or one.name.startswith("-")


def _stem(path: str) -> str:
    """The name of a file without folders and endings; `.tf.json` and the like are one ending."""
    name = PurePosixPath(path.replace("\\", "/")).name
    return name.split(".")[0] if not name.startswith(".") else ""


def _target_of(path: str) -> Target | None:
    """Account and region of a path in an archive of our own export, `<account>/<region>/<name>.json`."""
    parts = path.replace("\\", "/").split("/")
    if len(parts) < 3 or not (parts[-3].isascii() and parts[-3].isdigit()):
        return None
    region = parts[-2]
    is_region = region.replace("-", "").isalnum() and region.isascii() and region == region.lower()
    return Target(parts[-3], region) if is_region else None


def _limited(found: Sequence[Found], notes: Sequence[str]) -> Unpacked:
    """Within the limits; a document that nobody may read is refused at once, and shows its beginning."""
    left_out = len(found) - MAX_DOCUMENTS
    told = list(notes[:MAX_NOTES])
    if len(notes) > MAX_NOTES:
        told.append(f"{len(notes) - MAX_NOTES} more notes like these")
    if left_out > 0:
        told.append(f"{left_out} documents beyond {MAX_DOCUMENTS} are left out; send them in another import")
    return Unpacked(tuple(_bounded(found[:MAX_DOCUMENTS])), tuple(told))


def _bounded(found: Sequence[Found]) -> Iterator[Found]:
    for one in found:
        if one.refusal is None and len(one.text.encode("utf-8", "surrogatepass")) > MAX_DOCUMENT_BYTES:
            message = (
                f"the document is over {MAX_DOCUMENT_BYTES // 1024} KiB, the most that is read; split it"
            )
            yield replace(one, refusal=Finding("text-too-large", Severity.ERROR, message, None, 1, 1))
        else:
            yield one
