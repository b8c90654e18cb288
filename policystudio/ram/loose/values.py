"""Lists and objects as people paste them; the upper layer of the tolerant reading.

Every loop steps forward or ends, so the time is linear in the text; the depth limit bounds the recursion.
"""

from __future__ import annotations

from policystudio.ram.canonical import quoted
from policystudio.ram.finding import Edit, Fix, shown
from policystudio.ram.loose.faults import Enough, Faults
from policystudio.ram.loose.scalars import CLOSING, WORD, LooseScalars
from policystudio.ram.position import pointer
from policystudio.ram.reader import Json, JsonArray, JsonObject, JsonString, Limits, Member


class LooseValues(LooseScalars):
    """Reads any value, and names what keeps it from being JSON."""

    def __init__(self, text: str, faults: Faults, limits: Limits) -> None:
        super().__init__(text, faults, limits)
        self.parts: list[str | int] = []
        self.values = 0

    def _value(self, depth: int) -> Json:
        self.values += 1
        if self.values > self.limits.max_values:
            message = f"more than {self.limits.max_values} values in one text; split it"
            self.faults.add("too-many-values", message, self.position)
            raise Enough
        char = self._peek()
        if self._is_quote():
            start = self.position
            text = self._string()
            value: Json = JsonString(start, self.position, text)
        elif char in ("{", "["):
            value = self._container(char, depth + 1)
        elif char and (char in "-+." or "0" <= char <= "9"):
            value = self._number()
        else:
            value = self._word()
        self.last_end = max(self.last_end, value.end)
        return value

    def _container(self, char: str, depth: int) -> Json:
        start = self.position
        if depth > self.limits.max_depth:
            message = f"nested deeper than {self.limits.max_depth} levels"
            self.faults.add("nested-too-deep", message, start)
            raise Enough
        self.open.append((char, start))
        self._take()
        value: Json
        if char == "{":
            value = JsonObject(start, self.position, tuple(self._members(depth)))
        else:
            value = JsonArray(start, self.position, tuple(self._items(depth)))
        self.open.pop()
        return value._replace(end=self.position)

    def _items(self, depth: int) -> list[Json]:
        items: list[Json] = []
        while not self._is_closed("["):
            self.parts.append(len(items))
            items.append(self._value(depth))
            self.parts.pop()
            self._separator("[")
        return items

    def _members(self, depth: int) -> list[Member]:
        members: list[Member] = []
        names: set[str] = set()
        while not self._is_closed("{"):
            member = self._member(depth)
            if member is None:
                continue
            if member.name in names:
                self._repeated(members, member)
            names.add(member.name)
            members.append(member)
            self._separator("{")
        return members

    def _member(self, depth: int) -> Member | None:
        start = self.position
        word = WORD.match(self.text, start)
        if self._is_quote():
            name = self._string()
        elif word is not None:
            name = word.group()
            self.position = word.end()
            message = f"the name {shown(name)} needs double quotes"
            edit = Edit(start, word.end(), quoted(name))
            self.faults.add("json-syntax-error", message, start, edit, title="put the name in double quotes")
        else:
            self._unexpected("a name in double quotes")
            if self.position == start:
                self._take()
            return None
        end = self.last_end = self.position
        if not self._colon(name, end):
            return None
        self.parts.append(name)
        value = self._value(depth)
        self.parts.pop()
        return Member(name, start, end, value)

    def _colon(self, name: str, end: int) -> bool:
        self._skip()
        char = self._peek()
        if char == ":":
            self._take()
            self._skip()
            return True
        if self.has_ended:
            return False
        if char == "=":
            self._unexpected("a colon", fix=":")
            self._skip()
            return True
        message = f"a colon and a value are needed after the name {shown(name)}"
        if self._starts_value():
            message = f"a colon is needed after the name {shown(name)}"
            edit = Edit(end, end, ":")
            self.faults.add("json-syntax-error", message, self.position, edit, title="add the colon")
            return True
        if char:
            self.faults.add("json-syntax-error", message, self.position)
        self.is_clear = False
        if char == ",":
            self._take()
        return False

    def _repeated(self, members: list[Member], member: Member) -> None:
        """Which of two members counts is for the author to say, unless both say the same."""
        self.is_clear = False
        index = next(i for i, m in enumerate(members) if m.name == member.name)
        first, following = members[index], [*members, member][index + 1]
        typed = [self.text[m.value.start : m.value.end] for m in (first, member)]
        without_this = Edit(members[-1].value.end, member.value.end, "")
        without_first = Edit(first.name_start, following.name_start, "")
        edits = [without_this] if typed[0] == typed[1] else []
        choices = (
            Fix(f"keep the first, {shown(typed[0], 30)}", (without_this,)),
            Fix(f"keep this one, {shown(typed[1], 30)}", (without_first,)),
        )
        message = f"{shown(member.name)} stands twice in one object; readers disagree on which one counts, so keep one"
        path = pointer(*self.parts, member.name)
        title = "remove the repetition, which says the same"
        self.faults.add(
            "repeated-member",
            message,
            member.name_start,
            *edits,
            title=title,
            path=path,
            choices=() if edits else choices,
        )

    def _separator(self, opening: str) -> None:
        """Step over the comma after an item; say so when it is missing, or when nothing follows it."""
        end = self.last_end
        self._skip()
        char = self._peek()
        if char == ",":
            comma = self.position
            self._take()
            self._skip()
            after = self._peek()
            if after and after in "]}":
                message = f"a value must follow the comma before this `{after}`; remove the comma"
                edit = Edit(comma, comma + 1, "")
                self.faults.add("trailing-comma", message, self.position, edit, title="remove the comma")
        elif self._starts_value():
            message = "a comma is missing before this"
            self.faults.add(
                "missing-comma", message, self.position, Edit(end, end, ","), title="add the comma"
            )
        elif char and char not in "]}":
            self._unexpected(f"a comma or `{CLOSING[opening]}`", fix="," if char == ";" else "")
            if self._peek() == ":":
                self._take()

    def _is_closed(self, opening: str) -> bool:
        """Whether the innermost bracket ends here; steps over its closing bracket and over commas without value."""
        while True:
            self._skip()
            char = self._peek()
            if not char:
                if not self.has_ended:
                    self._unclosed()
                return True
            if char == CLOSING[opening]:
                self._take()
                return True
            if char in "]}":
                if self._wrong_closing(opening, char):
                    return True
                continue
            if char != ",":
                return False
            message = "a value is needed before this comma; remove the comma"
            edit = Edit(self.position, self.position + 1, "")
            self.faults.add("json-syntax-error", message, self.position, edit, title="remove the comma")
            self._take()

    def _wrong_closing(self, opening: str, char: str) -> bool:
        """A bracket of the other kind: True when it closes an outer one, so ours was forgotten; else it is too many."""
        if any(CLOSING[outer] == char for outer, _ in self.open[:-1]):
            message = f"this `{opening}` is not closed before the `{char}` of what surrounds it"
            edit = Edit(self.last_end, self.last_end, CLOSING[opening])
            title = f"add `{CLOSING[opening]}`"
            self.faults.add("unclosed-bracket", message, self.open[-1][1], edit, title=title)
            self.is_clear = False
            return True
        self._unexpected(f"`{CLOSING[opening]}`")
        self._take()
        return False
