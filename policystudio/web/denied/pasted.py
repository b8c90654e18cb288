"""What somebody pasted, as it was understood; and the question that it asks."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from policystudio.analysis.reported import Kind, Left, Limits, Read, Reported, read_reported
from policystudio.catalog.model import Catalogue
from policystudio.ram.render import Target
from policystudio.web.asking.question import Question

LIMITS = Limits(max_characters=1024 * 1024, max_reported=20, max_left=20)
_SHOWN = 160
KINDS: dict[Kind, str | Promise] = {
    Kind.DIAGNOSTIC: gettext_lazy("A decoded diagnostic"),
    Kind.ACCESS_DENIED_DETAIL: gettext_lazy("The details of a denial"),
    Kind.TRAIL_EVENT: gettext_lazy("An event of the trail"),
    Kind.MESSAGE: gettext_lazy("A message"),
    Kind.REQUEST: gettext_lazy("A request"),
}


@dataclass(frozen=True, slots=True)
class Pasted:
    """The text as typed, what was read of it, and which of that counts."""

    text: str
    read: Read
    which: int | None

    @property
    def reported(self) -> Reported | None:
        return None if self.which is None else self.read.reported[self.which]

    @property
    def kind(self) -> str:
        """What sort of text it was."""
        return "" if self.reported is None else str(KINDS[self.reported.kind])

    @property
    def others(self) -> list[tuple[int, Reported]]:
        """What else it speaks of, with its number."""
        return [(index, each) for index, each in enumerate(self.read.reported) if index != self.which]

    @property
    def left(self) -> list[tuple[str, Left]]:
        """The beginning of each piece that says nothing, with why."""
        return [(self.text[each.start : each.end].strip()[:_SHOWN], each) for each in self.read.left]

    def question(self, place: Target | None) -> Question:
        """The question that the text asks, in a place where the text says none."""
        if self.reported is None:
            return Question()
        said = self.reported.dated
        if place is not None:
            said = said.placed(region=place.region, account=place.account)
        resource = said.resource
        if not resource and said.relative_id:
            # With blanks where the place is not said, for the person to fill in.
            resource = f"acs:kms:{said.region}:{said.account}:{said.relative_id}"
        return Question(action=said.action, resource=resource, context=tuple(said.context.items()))


def pasted(form: QueryDict, catalogue: Catalogue) -> Pasted:
    """What the form holds. A number of no report counts as none was chosen."""
    text = form.get("seen", "").replace("\r\n", "\n")
    read = read_reported(text, catalogue=catalogue, limits=LIMITS)
    number = form.get("which", "") or form.get("was_which", "")
    is_one = number.isascii() and number.isdigit() and len(number) < 4 and int(number) < len(read.reported)
    return Pasted(text, read, int(number) if is_one else read.likeliest)
