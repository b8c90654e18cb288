"""Takes documents out of JSON that carries them: replies of APIs and command lines, lists, exports, ROS templates.

Source: RAM, GetPolicy, GetPolicyVersion, ListPolicyVersions, GetRole; KMS, GetKeyPolicy, GetSecretPolicy; ROS,
ALIYUN::RAM::ManagedPolicy and the `Policies` of users, groups and roles.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from policystudio.ram.canonical import sha256
from policystudio.ram.envelope import DOCUMENT_MEMBERS, TRUST_MEMBER, holds_object
from policystudio.ram.position import Source, pointer
from policystudio.ram.reader import Json, JsonArray, JsonLiteral, JsonObject, JsonString
from policystudio.ram.render import Target
from policystudio.ram.unpacking import ros
from policystudio.ram.unpacking.letter import Letter

_NAMES = ("PolicyName", "RoleName", "SecretName", "KeyId")
_UNCHECKED = "PolicyDocumentUnchecked"
_MEMBERS = (*DOCUMENT_MEMBERS, _UNCHECKED)
_TRUST_NOTE = "a trust policy, which says who may assume a role; RAM attaches no such document to anybody"
_RESOURCE_NOTE = "a policy of a key or secret itself; RAM attaches no such document to anybody"


class _Place(NamedTuple):
    parts: tuple[str | int, ...]
    name: str
    description: str


@dataclass(frozen=True, slots=True)
class _Reply:
    source: Source

    def letters(self, value: Json, place: _Place) -> Iterator[Letter]:
        if isinstance(value, JsonArray):
            for index, item in enumerate(value.items):
                yield from self.letters(item, place._replace(parts=(*place.parts, index)))
        if isinstance(value, JsonString) and place.parts and holds_object(value):
            # A list of documents as texts; one inside a member is known by the member's name.
            if isinstance(place.parts[-1], int):
                yield Letter(value.text, pointer(*place.parts), place.name)
            return
        if not isinstance(value, JsonObject):
            return
        if value.get("Statement") is not None:
            yield self._document(value, place)
            return
        exported = _exported(value, place)
        if exported is not None:
            yield exported
            return
        place = place._replace(
            name=_name_at(value) or place.name,
            description=_description_at(value) or place.description,
        )
        for member in value.members:
            inner = place._replace(parts=(*place.parts, member.name))
            if ros.is_resource(member.value):
                inner = inner._replace(name=member.name)
            letter = self._member(value, member.name, member.value, inner)
            if letter is not None:
                yield letter
            else:
                yield from self.letters(member.value, inner)

    def _member(self, holder: JsonObject, name: str, value: Json, place: _Place) -> Letter | None:
        """The document in a member that is called like one."""
        if name not in _MEMBERS:
            return None
        if isinstance(value, JsonString) and holds_object(value):
            letter = Letter(value.text, pointer(*place.parts), place.name, description=place.description)
        elif isinstance(value, JsonObject) and value.get("Statement") is not None:
            letter = self._document(value, place)
        else:
            return None
        notes = letter.notes
        if name == TRUST_MEMBER:
            notes += (_TRUST_NOTE,)
        elif name == "Policy":
            notes += (_RESOURCE_NOTE,)
        version, default = _text(holder, "VersionId"), holder.get("IsDefaultVersion")
        if version and isinstance(default, JsonLiteral) and default.value is False:
            return letter._replace(
                suffix=f"-{version}", notes=(*notes, f"version {version}, not the default one")
            )
        return letter._replace(notes=notes)

    def _document(self, value: JsonObject, place: _Place) -> Letter:
        """A document that stands as an object: its own text, or with the functions of ROS written as placeholders."""
        text, notes = ros.plain_text(value, self.source.text[value.start : value.end])
        return Letter(text, pointer(*place.parts), place.name, description=place.description, notes=notes)


def letters(source: Source, value: Json) -> list[Letter]:
    """The documents in a value, in its order; none when it is not known to carry any."""
    return list(_Reply(source).letters(value, _Place((), "", "")))


def _name_at(value: JsonObject) -> str:
    """The name that the object, or one that stands directly in it, gives to what it is about."""
    own = next((text for name in _NAMES if (text := _text(value, name))), "")
    if own:
        return own
    inner = (m.value for m in value.members if isinstance(m.value, JsonObject))
    return next((text for child in inner if (text := _text(child, "PolicyName"))), "")


def _description_at(value: JsonObject) -> str:
    """The description beside the name."""
    named = [value, *(m.value for m in value.members if isinstance(m.value, JsonObject))]
    about = (one for one in named if one is value or _text(one, "PolicyName"))
    return next((text for one in about if (text := _text(one, "Description"))), "")


def _exported(value: JsonObject, place: _Place) -> Letter | None:
    """An entry of a bulk export, or a revision as the API shows it."""
    document = _text(value, "document")
    if document and all(_text(value, name) for name in ("account", "region", "name")):
        target = Target(_text(value, "account"), _text(value, "region"))
        letter = Letter(document, pointer(*place.parts), _text(value, "name"), target=target)
    elif (source := _text(value, "source")) and _text(value, "sha256"):
        letter = Letter(source, pointer(*place.parts), place.name)
    else:
        return None
    claimed = _text(value, "sha256")
    if claimed and claimed != sha256(letter.text):
        letter = letter._replace(notes=("the SHA-256 beside the document is not that of its text",))
    return letter


def _text(value: JsonObject, name: str) -> str:
    """The text of a member, or the empty text."""
    found = value.get(name)
    return found.text if isinstance(found, JsonString) else ""
