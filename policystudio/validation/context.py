"""What a rule may look at: the document, the catalogue, the targets, the moment; and what is worked out once for all.

Values only; a rule that needs anything else needs a field here.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property, lru_cache

from policystudio.analysis.idle import Idle
from policystudio.catalog.model import Action, Catalogue
from policystudio.ram.document import Document, Effect, Statement
from policystudio.ram.render import RegionMode, RenderError, Target, surely_renders
from policystudio.validation.denials import Denials
from policystudio.validation.idling import idle_in
from policystudio.validation.reach import Grant, Reach
from policystudio.validation.size import CLEARLY_SHORT, Size, Sizing, longest, measure


@dataclass
class Context:
    """One question to the validator. Made by the pipeline for each document and used by all rules."""

    document: Document
    catalogue: Catalogue
    now: datetime
    targets: tuple[Target, ...] = ()
    name: str | None = None
    region_mode: RegionMode = RegionMode.SEPARATE
    own_key_secrets: frozenset[str] = frozenset()
    """Names of secrets that are declared to have no key of their own."""
    stored: bool = True
    """Whether the document is to become a new revision, for which the rules are stricter than for reading one."""
    enabled_regions: Mapping[str, Collection[str]] = field(default_factory=dict)
    """Account → the regions that it uses; nothing is known of an account that is not listed."""
    published_versions: Mapping[tuple[str, str], int] = field(default_factory=dict)
    """Account and name of a RAM policy → how many versions of it have been published."""
    _reaches: dict[int, Reach] = field(default_factory=dict)

    def reach(self, statement: Statement) -> Reach:
        """What the statement reaches, computed once."""
        reach = self._reaches.get(statement.index)
        if reach is None:
            reach = self._reaches[statement.index] = Reach(statement, self.catalogue)
        return reach

    @cached_property
    def allowing(self) -> tuple[Reach, ...]:
        """The reaches of all statements that allow."""
        return tuple(self.reach(statement) for statement in self.document.statements if statement.is_allow)

    @cached_property
    def denials(self) -> Denials:
        """What is taken back whatever the request."""
        return Denials(self.document.statements)

    def grants(self, *names: str, blanket: bool = False) -> Iterator[Grant]:
        """Where the document allows one of the actions and does not take it back altogether.

        A statement that takes all of KMS counts only with `blanket`.
        """
        # Most rules ask for actions that the document does not allow, so that answer comes at once.
        return iter(()) if self._allowed.isdisjoint(names) else self._granting(names, blanket)

    def _granting(self, names: tuple[str, ...], blanket: bool) -> Iterator[Grant]:
        for reach in self.allowing:
            if blanket or not reach.is_blanket:
                for name in names:
                    grant = reach.grant(name)
                    if grant is not None and not self.denials.take_back(grant, reach):
                        yield grant

    def allows(self, names: Iterable[str]) -> bool:
        """Whether any statement allows any of the actions, blanket ones included."""
        return not self._allowed.isdisjoint(names)

    @cached_property
    def _allowed(self) -> frozenset[str]:
        """Names of all actions that some statement allows, blanket ones included."""
        return frozenset().union(*(reach.acting.names for reach in self.allowing))

    @cached_property
    def named(self) -> frozenset[str]:
        """Names of all actions that allowing statements speak of, whatever their resources; blanket ones left out."""
        return frozenset().union(*(reach.listed.names for reach in self.allowing if not reach.is_blanket))

    def on_everything(self, relative_id: str, *names: str) -> Iterator[Grant]:
        """Where the document allows one of the actions on all resources of a form; a tag condition narrows keys."""
        for grant in self.grants(*names):
            reach = self.reach(grant.statement)
            is_narrowed = reach.is_narrowed_by_tag and "kms:tag/${TagKey}" in grant.action.condition_keys
            if reach.is_everything(relative_id) and not is_narrowed:
                yield grant

    @cached_property
    def using(self) -> tuple[Grant, ...]:
        """Where the document allows the cryptographic use of keys, blanket statements left out."""
        return tuple(
            grant
            for reach in self.allowing
            if not reach.is_blanket
            for grant in reach.using()
            if not self.denials.take_back(grant, reach)
        )

    @cached_property
    def managing(self) -> tuple[Grant, ...]:
        """Where the document allows the management of keys, blanket statements left out."""
        return tuple(
            grant
            for reach in self.allowing
            if not reach.is_blanket
            for grant in reach.managing()
            if not self.denials.take_back(grant, reach)
        )

    @cached_property
    def keyed(self) -> frozenset[tuple[Effect, str]]:
        """Effect and name of each action that some statement lets work on keys."""
        reaches = map(self.reach, self.document.statements)
        return frozenset(
            (r.statement.effect, name) for r in reaches if "key" in r.types for name in r.acting.names
        )

    @cached_property
    def aliased(self) -> frozenset[str]:
        """Names of the actions that some allowing statement lists beside an alias."""
        return frozenset(action.name for r in self.allowing if "alias" in r.types for action in r.expanded)

    @cached_property
    def _united_types(self) -> dict[str, frozenset[str]]:
        """Name of each action that asks for several resources → the types that all statements allowing it reach."""
        united: dict[str, frozenset[str]] = {}
        for reach in self.allowing:
            for action in reach.expanded if not reach.statement.not_actions else ():
                if action.resource_match == "all":
                    united[action.name] = united.get(action.name, frozenset()) | reach.types
        return united

    def united(self, action: Action) -> bool:
        """Whether the action asks for several resources and the allowing statements together list all of them."""
        return action.resource_match == "all" and action.usable_with(self._united_types.get(action.name, ()))

    def shared(self, *names: str) -> Iterator[Grant]:
        """Where several statements allow one of the actions, each with a part of the resources that are left of it."""
        for reach in self.allowing:
            for entry in reach.statement.actions if not reach.is_blanket else ():
                for action in reach.actions(entry):
                    grant = Grant(action, entry, reach.statement)
                    if (
                        action.name in names
                        and self.united(action)
                        and reach.types & {*action.resource_types}
                        and not self.denials.take_back(grant, reach)
                    ):
                        yield grant

    @cached_property
    def idle(self) -> tuple[Idle, ...]:
        """What changes nothing, in every target."""
        return idle_in(self.document, self.targets, self.region_mode)

    @cached_property
    def withdrawn_types(self) -> frozenset[str]:
        """The resource types that only withdrawn actions act on."""
        return _withdrawn_types(self.catalogue)

    @cached_property
    def target_accounts(self) -> frozenset[str]:
        return frozenset(target.account for target in self.targets)

    @cached_property
    def target_regions(self) -> frozenset[str]:
        return frozenset(target.region for target in self.targets)

    @cached_property
    def sizing(self) -> Sizing:
        """The worst size over all targets, or where rendering fails."""
        return measure(self.document, self.targets, self.region_mode)

    @property
    def size(self) -> Size:
        return self.sizing.size

    @cached_property
    def is_clearly_short(self) -> bool:
        """Whether no target comes near RAM's limit, as is plain without rendering; mostly so."""
        return longest(self.document, self.targets, self.region_mode) <= CLEARLY_SHORT

    @cached_property
    def refused(self) -> RenderError | None:
        """Why some target cannot be rendered."""
        return None if surely_renders(self.document, self.targets) else self.sizing.refused


@lru_cache(maxsize=64)
def _withdrawn_types(catalogue: Catalogue) -> frozenset[str]:
    in_use = {t for a in catalogue.actions.values() if a.status != "legacy" for t in a.resource_types}
    return frozenset(t for a in catalogue.actions.values() for t in a.resource_types) - in_use
