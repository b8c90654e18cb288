"""What can be asked, "who may do this on that", and everything that is wrong with a question."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from policystudio.analysis.request import WITHOUT_RESOURCE, Request, faults
from policystudio.analysis.values import unreadable
from policystudio.catalog.model import Catalogue
from policystudio.errors import Problem
from policystudio.ram.patterns import has_wildcard
from policystudio.ram.position import pointer
from policystudio.ram.resources import split


@dataclass(frozen=True, slots=True)
class Question:
    """An exact action on a resource.

    `resource` may hold wildcards: then the answer also tells of documents that allow it on some of what fits. The lone
    star is, as in a request, an operation that has no resource of its own; None is any resource at all. `context` holds
    what the request carries for sure; with `is_complete` it carries nothing else, otherwise any other key may have any
    value or be missing. `account` and `region` narrow to the documents of that target.
    """

    action: str
    resource: str | None
    context: Mapping[str, str] = field(default_factory=dict)
    is_complete: bool = False
    account: str | None = None
    region: str | None = None

    @property
    def is_exact(self) -> bool:
        """Whether one resource is meant."""
        is_single = self.resource == WITHOUT_RESOURCE
        return is_single or (self.resource is not None and not has_wildcard(self.resource))


def problems(question: Question, catalogue: Catalogue) -> Iterator[Problem]:
    """Everything that makes this no question, at `/action`, `/resource` or `/context/…`.

    The catalogue says which keys have addresses, dates or Booleans for values.
    """
    exact = question.resource if question.is_exact and question.resource else WITHOUT_RESOURCE
    for fault in faults(Request(question.action, exact, question.context)):
        yield Problem(fault.pointer, fault.detail, fault.code)
    if has_wildcard(question.action):
        yield Problem("/action", "ask about one action; a wildcard would be many questions", "wildcard")
    if question.resource is not None and not question.is_exact and split(question.resource) is None:
        detail = "write `acs:<service>:<region>:<account>:<name>`, with `*` in a field that may be anything"
        yield Problem("/resource", detail, "malformed-resource")
    for key, value in question.context.items():
        wrong = unreadable(catalogue, key, value)
        if wrong is not None:
            yield Problem(pointer("context", key), wrong, "unreadable-value")
