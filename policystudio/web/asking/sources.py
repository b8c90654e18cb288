"""The documents that were chosen, read and with a link for each of their places; and the rows that offer a choice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from policystudio.analysis.given import read_given
from policystudio.errors import InvalidInput, NotFound
from policystudio.policies.models import Policy
from policystudio.policies.selectors import policies, policy_get, targets_of
from policystudio.ram.document import Document, Statement
from policystudio.ram.finding import Severity
from policystudio.ram.locate import value_at
from policystudio.ram.placeholders import find
from policystudio.ram.render import Target
from policystudio.review.chosen import NEWEST, RELEASED, ChosenDocument, choose
from policystudio.review.released import documents_of
from policystudio.teams.viewer import Viewer
from policystudio.web.asking.choice import Choice, Stored, Wrong

_TITLES = {
    "": gettext_lazy("Pasted document %(n)s"),
    "before_": gettext_lazy("Pasted document %(n)s before"),
    "after_": gettext_lazy("Pasted document %(n)s after"),
}
MAX_OFFERED = 500
"""Policies in one list; others are asked about from their own pages."""
MAX_REVISIONS = 50
_ID_LENGTH = 18


@dataclass(frozen=True, slots=True)
class Asked:
    """One document; `lines` is the text that its links lead into, `href` the address of a line up to its number."""

    title: str
    document: Document
    lines: Document
    href: str
    chosen: ChosenDocument | None = None

    def line(self, path: str) -> int:
        """The line of what stands at a JSON Pointer; where a rendered list is longer, that of the list."""
        value = value_at(self.lines.value, path)
        while value is None and path:
            path = path.rpartition("/")[0]
            value = value_at(self.lines.value, path)
        return self.lines.source.place(value.start if value is not None else 0).line

    def lines_of(self, path: str) -> range:
        """All lines of the statement at a path."""
        statement, source = statement_at(self, path), self.document.source
        return range(source.place(statement.start).line, source.place(statement.end - 1).line + 1)

    def link(self, path: str) -> str:
        """Where it can be read."""
        return f"{self.href}{self.line(path)}"

    @property
    def anchor(self) -> str:
        """What the ids of the lines of a pasted document begin with."""
        return self.href.removeprefix("#").removesuffix("-L")

    @property
    def has_placeholders(self) -> bool:
        """Whether a placeholder is left, which is judged as it stands."""
        return any(each.is_known for each in find(self.document.source.text))


@dataclass(frozen=True, slots=True)
class Row:
    """A stored policy in the form: what was typed, and what there is to choose from."""

    index: int
    stored: Stored
    policies: tuple[tuple[str, str], ...]
    revisions: tuple[tuple[str, str], ...] = ()
    targets: tuple[tuple[str, str], ...] = ()

    @property
    def target(self) -> str:
        """As the options have it."""
        has_target = self.stored.account or self.stored.region
        return f"{self.stored.account}|{self.stored.region}" if has_target else ""


def read(viewer: Viewer, choice: Choice, prefix: str = "") -> tuple[list[Asked], list[Wrong]]:
    """Every chosen document that can be read, pasted ones first, and everything that is wrong with the others."""
    found: list[Asked] = []
    wrong = list(choice.wrong)
    for index, text in enumerate(choice.texts):
        parsed = read_given(text)
        if parsed.document is not None:
            title = _TITLES[prefix] % {"n": index + 1}
            lines = f"#{prefix}document-{index}-L"
            found.append(Asked(title, parsed.document, parsed.document, lines))
            continue
        fault = next(each for each in parsed.findings if each.severity is Severity.ERROR)
        place = _("line %(line)s, column %(column)s") % {"line": fault.line, "column": fault.column}
        wrong.append(Wrong(f"{prefix}text-{index}", f"{place}: {fault.message}"))
    for index, stored in enumerate(choice.stored):
        try:
            found.append(_asked(chosen(viewer, stored)))
        except (InvalidInput, NotFound) as refused:
            wrong += _faults(refused, index, prefix)
    return found, wrong


def chosen(viewer: Viewer, stored: Stored) -> ChosenDocument:
    """The document of a row. Raises: NotFound, InvalidInput, as `choose`; NotFound also for what is no id."""
    if not is_id(stored.policy):
        raise NotFound("there is no such policy")
    return choose(viewer, int(stored.policy), stored.revision, stored.account, stored.region)


def is_id(text: str) -> bool:
    """Whether it can be the number of something stored."""
    return text.isascii() and text.isdigit() and len(text) <= _ID_LENGTH


def statement_at(asked: Asked, path: str) -> Statement:
    """The statement at a path that the evaluation gave."""
    return next(each for each in asked.document.statements if each.path == path)


def rows(viewer: Viewer, choice: Choice) -> list[Row]:
    """The rows of the form, an empty one last."""
    named = policies(viewer).values_list("pk", "name")[:MAX_OFFERED]
    offered = tuple((str(key), name) for key, name in named)
    filled = [_row(viewer, index, stored, offered) for index, stored in enumerate(choice.stored)]
    return [*filled, Row(len(filled), Stored(""), offered, tuple(_words()))]


def _row(viewer: Viewer, index: int, stored: Stored, offered: tuple[tuple[str, str], ...]) -> Row:
    try:
        policy = policy_get(viewer, int(stored.policy) if is_id(stored.policy) else 0)
    except NotFound:
        return Row(index, stored, ((stored.policy, stored.policy), *offered), tuple(_words()))
    if all(key != stored.policy for key, _name in offered):
        offered = ((stored.policy, policy.name), *offered)
    numbers = range(policy.newest_number, max(policy.newest_number - MAX_REVISIONS, 0), -1)
    revisions = [*_words(), *((str(number), str(number)) for number in numbers)]
    return Row(
        index,
        stored,
        offered,
        _with(revisions, stored.revision),
        _with(
            [
                (f"{each.account}|{each.region}", f"{each.account} · {each.region}")
                for each in _all(viewer, policy)
            ],
            f"{stored.account}|{stored.region}" if stored.account or stored.region else "",
        ),
    )


def _words() -> Iterator[tuple[str, str]]:
    yield RELEASED, _("released")
    yield NEWEST, _("newest")


def _with(options: Sequence[tuple[str, str]], typed: str) -> tuple[tuple[str, str], ...]:
    """The options and what was typed, which may be none of them."""
    is_there = not typed or any(value == typed for value, _text in options)
    return (*options,) if is_there else (*options, (typed, typed.replace("|", " · ").strip(" ·")))


def _all(viewer: Viewer, policy: Policy) -> list[Target]:
    """The targets of now and of the release."""
    released = {Target(each.account, each.region) for each in documents_of(viewer, policy.pk)}
    return sorted(released.union(targets_of(policy)))


def _asked(found: ChosenDocument) -> Asked:
    source = read_given(found.source).document
    assert source is not None  # the document was made from it
    values = {"name": found.policy.name, "n": found.number}
    title = _("%(name)s, revision %(n)s") % values
    if found.target is not None:
        place = {"account": found.target.account, "region": found.target.region}
        title = _("%(document)s, %(account)s %(region)s") % {"document": title, **place}
    href = reverse("revision", args=[found.policy.pk, found.number]) + "#shown-L"
    return Asked(title, found.document, source, href, found)


def _faults(refused: InvalidInput | NotFound, index: int, prefix: str) -> list[Wrong]:
    if not isinstance(refused, InvalidInput):
        return [Wrong(f"{prefix}policy-{index}", refused.message)]
    names = {"/revision": "revision", "/account": "target"}
    return [
        Wrong(f"{prefix}{names.get(each.pointer, 'policy')}-{index}", each.detail)
        for each in refused.problems
    ]
