"""Where a policy begins: the builders as cards in the order of the documentation, or a document of one's own."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from django.http import HttpResponse
from django.urls import path
from django.utils.translation import gettext_lazy as _

from policystudio.access import Access
from policystudio.analysis.sentences import describe
from policystudio.builders.builder import Builder, all_builders
from policystudio.catalog import Action, Catalogue, expand, load
from policystudio.ram.parse import parse
from policystudio.teams.permissions import Act
from policystudio.web.menu import beginnings
from policystudio.web.page import Page, PageView

RISKS = ("none", "low", "medium", "high", "critical")
MAX_WORST = 3


@dataclass(frozen=True, slots=True)
class Card:
    """A builder, and the gravest actions that its documented sample lets through."""

    builder: Builder
    risk: str
    worst: tuple[Action, ...]


class NewPolicy(PageView):
    """The cards."""

    access = {"GET": Access(Act.WRITE)}

    def get(self, request: object) -> HttpResponse:
        context = {"cards": cards(), "beginnings": beginnings(), "crumbs": [(_("Policies"), "/policies/")]}
        return self.page("new_policy/new_policy.html", context)


@cache
def cards() -> tuple[Card, ...]:
    """One card for each builder; the samples never change while the product runs."""
    return tuple(_card(builder, load()) for builder in all_builders().values())


def _card(builder: Builder, catalogue: Catalogue) -> Card:
    document = parse(builder.build({}).source).document
    assert document is not None  # every builder's sample can be read, its test says so
    sentences = describe(document, catalogue)
    names = {name for sentence in sentences for reach in sentence.reaches for name in reach.effective}
    patterns = [action.text for statement in document.statements for action in statement.actions]
    names |= {action.name for text in patterns if "*" not in text for action in expand(catalogue, text)}
    actions = sorted(
        (action for action in catalogue.actions.values() if action.name in names),
        key=lambda action: -RISKS.index(action.risk.level),
    )
    risk = actions[0].risk.level if actions else "none"
    worst = tuple(action for action in actions if action.risk.level == risk)[:MAX_WORST]
    return Card(builder, risk, worst)


PAGE = Page(urls=(path("policies/new/", NewPolicy.as_view(), name="new_policy"),), section="policies")
