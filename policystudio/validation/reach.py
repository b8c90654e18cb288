"""What one statement reaches: its patterns expanded against the catalogue, judged with the statement's own resources.

`kms:Get*` on `secret/*` reaches secret values and no key. Conditions are not considered here; what to make of a reach
is left to the rules.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import cache, cached_property
from typing import NamedTuple

from policystudio.catalog.lookup import expand, types_reached
from policystudio.catalog.model import Action, Catalogue, ConditionKey
from policystudio.ram.document import Condition, Statement, Text
from policystudio.ram.memory import remembered
from policystudio.ram.operators import family_of, split_operator
from policystudio.ram.patterns import covers, has_wildcard, matches
from policystudio.ram.resources import Resource, split
from policystudio.validation.action_list import Acting, ActionList, able_names, action_list, usable
from policystudio.validation.confidence import DOCUMENTED, of_action, rank

_TAG_KEYS = ("kms:tag/", "acs:ResourceTag/")
_FORMS = {
    "key/*": ("key/?*", "key/key-" + "?" * 8 + "*"),
    "alias/*": ("alias/?*",),
    "secret/*": ("secret/?*",),
}
"""What everything of a form is written as: no name is empty. Source: the catalogue's examples of key ids, `key-…`."""
BLANKET_CODES = ("every-kms-action-on-every-resource", "every-kms-action", "every-action-of-every-service")
"""What is said of statements that take everything; finer findings in the same statement would repeat it."""


class Grant(NamedTuple):
    """An action that a statement reaches, and the entry of its action list that names it (None under `NotAction`)."""

    action: Action
    entry: Text | None
    statement: Statement

    @property
    def confidence(self) -> str:
        """How sure it is that the action exists and acts on its resources."""
        return of_action(self.action)

    @property
    def at(self) -> Text | Statement:
        """Where to point at."""
        return self.entry if self.entry is not None else self.statement


class Reach:
    """The expansions of one statement. Computed when first asked, then kept."""

    def __init__(self, statement: Statement, catalogue: Catalogue) -> None:
        self.statement = statement
        self.catalogue = catalogue
        self._without_key: dict[str, tuple[Action, ...]] = {}

    def actions(self, entry: Text) -> tuple[Action, ...]:
        """All known actions that an entry of the action list stands for, whatever the resources."""
        return expand(self.catalogue, entry.text)

    def usable(self, entry: Text) -> tuple[Action, ...]:
        """Those of `actions` that the statement's resources let act."""
        return usable(self.catalogue, entry.text, self.types)

    def types_of(self, resource: Text) -> frozenset[str]:
        """The ids of the resource types that one resource reaches; none for another service or a malformed name."""
        if resource.text == "*":
            return frozenset(self.catalogue.resource_types)
        fields = split(resource.text)
        if fields is None or not matches(fields.service, self.catalogue.service):
            return frozenset()
        return types_reached(self.catalogue, fields.relative_id)

    @cached_property
    def types(self) -> frozenset[str]:
        """The types that any resource reaches; all of them under `NotResource`."""
        if self.statement.not_resources:
            return frozenset(self.catalogue.resource_types)
        return frozenset().union(*map(self.types_of, self.statement.resources))

    @cached_property
    def listed(self) -> ActionList:
        """What the entries of `Action` come to, which is nothing under `NotAction`."""
        return action_list(self.catalogue, tuple([entry.text for entry in self.statement.actions]))

    @cached_property
    def acting(self) -> Acting:
        """The actions that can act."""
        if not self.statement.not_actions:
            return self.listed.acting(self.types)
        able = able_names(self.catalogue, self.types)
        left_out = {action.name for entry in self.statement.not_actions for action in self.actions(entry)}
        actions = self.catalogue.actions.values()
        return Acting((action, None) for action in actions if action.name in able - left_out)

    @cached_property
    def grants(self) -> dict[str, Grant]:
        """Name of each action that can act → how the statement comes to it; the first entry that names it counts."""
        return {grant.action.name: grant for grant in self._granted(self.acting.pairs)}

    def grant(self, name: str) -> Grant | None:
        """How the statement comes to the action, where it can act."""
        pair = self.acting.by_name.get(name)
        return None if pair is None else next(self._granted((pair,)))

    def _granted(self, pairs: Iterable[tuple[Action, int | None]]) -> Iterator[Grant]:
        entries, statement = self.statement.actions, self.statement
        for action, number in pairs:
            yield Grant(action, None if number is None else entries[number], statement)

    @property
    def expanded(self) -> tuple[Action, ...]:
        """All known actions that the statement speaks of, whatever the resources, each once."""
        if self.statement.not_actions:
            return tuple(self.catalogue.actions.values())
        return self.listed.expanded

    @property
    def served_types(self) -> frozenset[str]:
        """The resource types that some usable action acts on."""
        return self.acting.served_types

    @property
    def is_blanket(self) -> bool:
        """Whether it takes every KMS action at once, which has findings of its own."""
        return bool(self.statement.not_actions) or self.listed.takes_everything

    @property
    def speaks_of_kms(self) -> bool:
        """Whether any action may belong to KMS."""
        return bool(self.statement.not_actions) or bool(self.listed.expanded)

    def covering(self, relative_id: str) -> tuple[Text, ...]:
        """The resources that cover everything of the form `relative_id`, such as `key/*`, in whatever region."""
        return tuple(r for r in self.statement.resources if takes_all(r.text, relative_id))

    def is_everything(self, relative_id: str) -> bool:
        """Whether the statement takes everything of that form, `NotResource` included."""
        return bool(self.statement.not_resources) or bool(self.covering(relative_id))

    @cached_property
    def has_tag_condition(self) -> bool:
        """Whether a condition narrows the statement to keys with a tag of some value."""
        return any(
            condition.key.text.startswith(_TAG_KEYS) and not _is_negated(condition)
            for condition in self.statement.conditions
        )

    @cached_property
    def is_narrowed_by_tag(self) -> bool:
        """Whether a tag surely has to be there; of set operators nobody says what they do without the key."""
        return any(
            condition.key.text.startswith(_TAG_KEYS)
            and not _is_negated(condition)
            and not split_operator(condition.operator.text)[0]
            for condition in self.statement.conditions
        )

    @property
    def powerful(self) -> tuple[Action, ...]:
        """The actions that change or use keys or secrets or give away what they hold, the gravest first."""
        return self.acting.powerful

    @cached_property
    def operators(self) -> Counter[str]:
        """How many keys stand under each operator of the conditions."""
        return Counter(condition.operator.text for condition in self.statement.conditions)

    @property
    def only_kms(self) -> bool:
        """Whether every entry of the action list is written with the prefix of KMS."""
        return self.listed.only_kms

    def without_key(self, key: ConditionKey) -> tuple[Action, ...]:
        """The actions named whose requests never carry the condition key.

        An exact name counts if it lacks the key, a pattern only if all its actions that can act here do.
        """
        if key.key not in self._without_key:
            self._without_key[key.key] = tuple(self._lacking(key))
        return self._without_key[key.key]

    def _lacking(self, key: ConditionKey) -> Iterator[Action]:
        seen: set[str] = set()
        for entry in self.statement.actions if key.actions is not None else ():
            actions = self.usable(entry)
            without = [action for action in actions if action.name not in (key.actions or ())]
            if without and (not has_wildcard(entry.text) or len(without) == len(actions)):
                yield from (action for action in without if action.name not in seen)
                seen.update(action.name for action in without)

    def using(self) -> tuple[Grant, ...]:
        """The grants that use keys cryptographically."""
        return tuple(self._granted(self.acting.using))

    def managing(self) -> tuple[Grant, ...]:
        """The grants that change what keys are or who may use them."""
        return tuple(self._granted(self.acting.managing))


def takes_all(resource: str, relative_id: str) -> bool:
    """Whether the resource covers everything of the form `relative_id`, such as `key/*`, in whatever region."""
    return _takes_all(relative_id)(resource)


@cache
def _takes_all(relative_id: str) -> Callable[[str], bool]:
    return remembered(lambda resource: _covers_all(resource, relative_id))


def _covers_all(resource: str, relative_id: str) -> bool:
    if resource == "*":
        return True
    fields: Resource | None = split(resource)
    if fields is None or not matches(fields.service, "kms"):
        return False
    return any(covers(fields.relative_id, form) for form in (relative_id, *_FORMS.get(relative_id, ())))


def _is_negated(condition: Condition) -> bool:
    family = family_of(condition.operator.text)
    return family is not None and family.is_negated(condition.operator.text)


def first(grants: Iterable[Grant]) -> Grant | None:
    """The best known of the grants, of equally well known ones the first; None when there is none."""
    best: Grant | None = None
    for grant in grants:
        if best is None or rank(grant.confidence) < rank(best.confidence):
            best = grant
        if best.confidence == DOCUMENTED:
            break  # as nearly all are, so the rest need not be looked at
    return best


def by_place(grants: Iterable[Grant]) -> list[tuple[Grant, tuple[Action, ...]]]:
    """For each entry, or statement under `NotAction`, its best known grant and all actions: one finding for a place."""
    places: dict[str, list[Grant]] = {}
    for grant in grants:
        places.setdefault(grant.at.path, []).append(grant)
    return [
        (min(those, key=lambda grant: rank(grant.confidence)), tuple(grant.action for grant in those))
        for those in places.values()
    ]


def names(actions: Iterable[Action], most: int = 3) -> str:
    """The actions as a phrase for a message, the first few in full."""
    listed = [f"`{action.name}`" for action in actions]
    more = len(listed) - most
    return ", ".join(listed[:most]) + (f" and {more} more" if more > 0 else "")
