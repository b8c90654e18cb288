"""A question to the simulator as an address holds it and as the form sends it; both keep what was typed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse

from policystudio.analysis.request import Request
from policystudio.catalog.model import ALL_TYPES, Catalogue
from policystudio.editing.resource_parts import EVERYTHING, Parts, has_name, text_of
from policystudio.web.asking import choice as choices
from policystudio.web.asking.choice import Choice

MAX_KEYS = 100
MAX_CHARACTERS = 1024
MAX_ADDRESS = 7500
"""Characters after the path; gunicorn and proxies take some 8 000."""
AS_TEXT = "text"
"""Beside the types of the catalogue: the resource is written in full."""


@dataclass(frozen=True, slots=True)
class Question:
    """Which documents, and who asks for what; `context` in the order typed."""

    choice: Choice = field(default_factory=Choice)
    action: str = ""
    resource: str = ""
    context: tuple[tuple[str, str], ...] = ()

    @property
    def is_asked(self) -> bool:
        """Whether somebody has begun to ask, and not only chosen documents."""
        return bool(self.action or self.resource)

    @property
    def request(self) -> Request:
        return Request(self.action, self.resource, dict(self.context))

    def pairs(self) -> Iterator[tuple[str, str]]:
        """The parameters of the address; a key without a value is sent as the empty text."""
        yield from self.choice.pairs()
        for name, value in (("action", self.action), ("resource", self.resource)):
            if value:
                yield name, value
        yield from (("context", f"{key}={value}") for key, value in self.context)

    @property
    def query(self) -> str:
        return urlencode(list(self.pairs()))

    @property
    def address(self) -> str:
        """Where this very question is asked."""
        query = self.query
        return reverse("simulator") + (f"?{query}" if query else "")

    @property
    def fits_an_address(self) -> bool:
        return len(self.query) <= MAX_ADDRESS

    def asking(self, request: Request) -> Question:
        """The same documents asked for another request."""
        return Question(self.choice, request.action, request.resource, tuple(request.context.items()))


def of_address(query: QueryDict) -> Question:
    """From an address; of a key that is there twice the last value counts."""
    pairs = (text.partition("=") for text in query.getlist("context"))
    context = {key.strip(): value for key, _sign, value in pairs}
    return Question(
        choices.of_address(query),
        query.get("action", "").strip(),
        query.get("resource", "").strip(),
        tuple(context.items()),
    )


def of_form(form: QueryDict, catalogue: Catalogue) -> Question:
    """From the form. A key without a value is missing from the request, unless `empty` names it."""
    empty = form.getlist("empty")
    rows: Iterable[tuple[str, str]] = zip(form.getlist("key"), form.getlist("value"), strict=False)
    context = {
        key.strip(): value.strip() for key, value in rows if key.strip() and (value.strip() or key in empty)
    }
    return Question(
        choices.of_form(form),
        form.get("action", "").strip(),
        _resource(form, catalogue),
        tuple(context.items()),
    )


def _resource(form: Mapping[str, str], catalogue: Catalogue) -> str:
    """The name that the parts make; what they cannot make stays as it was typed, for the judge to refuse."""
    kind = form.get("type", AS_TEXT)
    written = form.get("resource", "").strip()
    if kind != EVERYTHING and kind not in catalogue.resource_types:
        return written
    if kind == ALL_TYPES:
        return "*"
    name = form.get("name", "").strip() if has_name(catalogue, kind) else "*"
    parts = Parts(kind, form.get("region_part", "").strip(), form.get("account_part", "").strip(), name)
    return text_of(catalogue, parts)
