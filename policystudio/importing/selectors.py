"""Reads imports and their documents for whoever may see them."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Count, QuerySet

from policystudio.accounts.models import Account
from policystudio.errors import NotFound
from policystudio.importing.models import Import, ImportedDocument, State
from policystudio.ram.render import Target
from policystudio.teams.viewer import Viewer


def imports(viewer: Viewer) -> QuerySet[Import]:
    """The imports of the viewer's team, newest first."""
    return Import.objects.filter(team_id=viewer.team_id).select_related("created_by").order_by("-pk")


def import_get(viewer: Viewer, import_id: int) -> Import:
    """Raises: NotFound, also for an import of another team."""
    found = imports(viewer).filter(pk=import_id).first()
    if found is None:
        raise NotFound("there is no such import")
    return found


def documents(parent: Import, state: str = "") -> QuerySet[ImportedDocument]:
    """The documents of an import that was fetched for a viewer already, in their order; all or those in a state."""
    found = ImportedDocument.objects.filter(parent=parent).select_related("policy").order_by("number")
    return found.filter(state=state) if state else found


def document_get(viewer: Viewer, import_id: int, number: int) -> ImportedDocument:
    """Raises: NotFound, also when the import may not be seen."""
    parent = import_get(viewer, import_id)
    found = documents(parent).filter(number=number).first()
    if found is None:
        raise NotFound("there is no such document")
    found.parent = parent
    return found


def counts(parent: Import) -> dict[str, int]:
    """State → number of documents, all states named."""
    return counts_of([parent])[parent.pk]


def counts_of(parents: Sequence[Import]) -> dict[int, dict[str, int]]:
    """The same for several imports in one query."""
    rows = ImportedDocument.objects.filter(parent__in=parents).values_list("parent_id", "state")
    counted = {parent.pk: {str(state): 0 for state in State} for parent in parents}
    for parent_id, state, number in rows.annotate(number=Count("pk")).order_by():
        counted[parent_id][state] = number
    return counted


def has_retryable(parent: Import) -> bool:
    """Whether a refused document could be read under other choices; what no choice makes readable does not count."""
    return ImportedDocument.objects.filter(parent=parent, state=State.REFUSED, refusal__isnull=True).exists()


def chosen_targets(parent: Import) -> list[Target]:
    """The targets that the policies of an import get."""
    return [Target(account, region) for account, region in parent.targets]


def team_targets(team_id: int) -> list[Target]:
    """Every account and region of the team."""
    rows = Account.objects.filter(team_id=team_id).order_by("number")
    return [Target(account.number, region) for account in rows for region in account.regions]


def likely_targets(document: ImportedDocument, every: Sequence[Target]) -> list[Sequence[Target]]:
    """Where the document may come from, the likeliest first: what its wrapping said, the chosen targets, `every`."""
    said = [Target(document.account, document.region)] if document.account and document.region else []
    return [targets for targets in (said, chosen_targets(document.parent), every) if targets]
