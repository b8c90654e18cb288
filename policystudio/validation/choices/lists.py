"""Writes other entries in place of some entries of lists, be they written as a list or as a single text.

An entry that is in the list already is not written again. Where nothing would be left of an Allow's actions or
resources, the statement is taken out, as it would grant nothing; where a Deny, a condition or the document would be
left empty, no edit is made.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from policystudio.ram.document import Document, Text
from policystudio.ram.finding import Edit, Fix
from policystudio.ram.patterns import fold
from policystudio.ram.position import pointer_parts
from policystudio.ram.reader import Json, JsonArray, JsonString
from policystudio.validation.repairs import parent_of, quoted, value_at

Change = tuple[Text, tuple[str, ...]]
"""An entry and what takes its place; nothing at all takes it out."""

_GRANTING = ("Action", "Resource")


@dataclass(frozen=True, slots=True)
class Rewrite:
    """Write other entries in the place of some, in as many lists and statements as it takes."""

    title: str
    changes: tuple[Change, ...]

    def fix(self, document: Document) -> Fix | None:
        edits = rewritten(document, self.changes)
        return Fix(self.title, edits) if edits else None


def rewritten(document: Document, changes: Iterable[Change]) -> tuple[Edit, ...] | None:
    """The edits that make all changes, or None when a part that has to stay would be left empty."""
    by_list: dict[str, dict[int, tuple[str, ...]]] = defaultdict(dict)
    for entry, instead in changes:
        is_listed = isinstance(parent_of(document, entry.path), JsonArray)
        path, index = entry.path.rsplit("/", 1) if is_listed else (entry.path, "0")
        by_list[path][int(index)] = instead
    edits: list[Edit] = []
    emptied: set[int] = set()
    for path, by_index in by_list.items():
        value = value_at(document, path)
        of_list = None if value is None else list_edits(document.source.text, value, by_index, path)
        if of_list is not None:
            edits += of_list
            continue
        parts = pointer_parts(path)
        if len(parts) != 3 or parts[2] not in _GRANTING:
            return None
        emptied.add(int(parts[1]))
    removal = without_statements(document, emptied) if emptied else ()
    if removal is None:
        return None
    gone = [document.statements[index] for index in emptied]
    inside = [edit for edit in edits if not any(s.start <= edit.start and edit.end <= s.end for s in gone)]
    return (*inside, *removal)


def without_statements(document: Document, indexes: Iterable[int]) -> tuple[Edit, ...] | None:
    """The edits that take statements out that allow; None when one denies or none would be left."""
    wanted = set(indexes)
    if any(not document.statements[index].is_allow for index in wanted):
        return None
    return removed_statements(document, wanted)


def removed_statements(document: Document, indexes: Iterable[int]) -> tuple[Edit, ...] | None:
    """The edits that take statements out of the document; None when none would be left."""
    statements = value_at(document, "/Statement")
    assert isinstance(statements, JsonArray)  # so says the schema
    return item_edits(document.source.text, statements, dict.fromkeys(indexes))


def list_edits(
    source: str, value: Json, by_index: Mapping[int, tuple[str, ...]], path: str
) -> tuple[Edit, ...] | None:
    """The edits that put other texts in the place of some of a list; None when nothing would be left of it."""
    items = value.items if isinstance(value, JsonArray) else (value,)
    parts = pointer_parts(path)
    key = fold if len(parts) == 3 and parts[2] in ("Action", "NotAction") else str
    kept = [item.text for i, item in enumerate(items) if i not in by_index and isinstance(item, JsonString)]
    seen = set(map(key, kept))
    written: dict[int, str | None] = {}
    gap = _gap(source, value, items)
    for index in sorted(by_index):
        fresh = [text for text in dict.fromkeys(by_index[index]) if key(text) not in seen]
        seen.update(map(key, fresh))
        written[index] = gap.join(map(quoted, fresh)) if fresh else None
    if isinstance(value, JsonArray):
        return item_edits(source, value, written)
    text = written[0]
    if text is None:
        return None
    count = len(dict.fromkeys(by_index[0]))
    return (Edit(value.start, value.end, text if count == 1 else f"[{text}]"),)


def item_edits(source: str, array: JsonArray, by_index: Mapping[int, str | None]) -> tuple[Edit, ...] | None:
    """The edits that write JSON in the place of items, or take them out with their comma; None if none would stay."""
    items = array.items
    staying = [index for index in range(len(items)) if by_index.get(index, "") is not None]
    if not staying:
        return None
    edits = []
    for index, text in sorted(by_index.items()):
        item = items[index]
        if text is not None:
            edits.append(Edit(item.start, item.end, text))
        elif index < staying[0]:
            edits.append(Edit(item.start, items[index + 1].start, ""))
        else:
            edits.append(Edit(items[index - 1].end, item.end, ""))
    return tuple(edits)


def _gap(source: str, value: Json, items: Sequence[Json]) -> str:
    """What stands between two entries, as the author writes it."""
    if len(items) > 1:
        return source[items[0].end : items[1].start]
    # Nothing stands before a single text, which is its own only item.
    before = source[value.start + 1 : items[0].start]
    return "," + before if "\n" in before or "\r" in before else ", "
