"""Why a change that a form asked for was not made, and at which fields of the form that is said."""

from __future__ import annotations

from collections.abc import Mapping

from policystudio.editing.operation import Refused
from policystudio.web.statements.words import Words, of_refusal


class Wrong(Exception):
    """`at` maps the id of a field, or of a part of a card, to what is wrong there."""

    def __init__(self, at: Mapping[str, Words]) -> None:
        super().__init__(dict(at))
        self.at = dict(at)

    @classmethod
    def of(cls, refused: Refused, place: str = "") -> Wrong:
        """The refusal at one place; the empty place is the head of the page."""
        return cls({place: of_refusal(refused)})
