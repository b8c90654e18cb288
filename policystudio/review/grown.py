"""Which releases in use hold patterns that stand for more since they were judged, because the catalogue has new names.

Finding them costs one look at each different pattern and edition, not at each document; what exactly grew is worked out
for those that are shown, from `analysis/growth.py`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from policystudio.analysis.growth import Growth, added_actions, grown, newly_matched, not_excepted
from policystudio.catalog.model import TEAM, Action, Catalogue
from policystudio.policies.models import RevisionPattern
from policystudio.ram.parse import parse
from policystudio.ram.patterns import fold
from policystudio.review.models import Release
from policystudio.review.released import releases_now
from policystudio.standards.known_names import known_names
from policystudio.standards.models import CatalogueEdition
from policystudio.standards.selectors import standards_of
from policystudio.teams.viewer import Viewer

_NOBODY = Q(pk__in=[])


def grown_releases(viewer: Viewer) -> QuerySet[Release]:
    """The team's releases in use whose patterns grew, by the policy's name.

    Decision: a policy leaves the list by a new release, which is judged by the catalogue of its day; whether what grew
    was meant is for its reviewers to say.
    """
    now = standards_of(viewer.team_id).catalogue
    in_use = releases_now(viewer)
    since: dict[int | None, tuple[Action, ...]] = {}
    used: set[int | None] = set(in_use.order_by().values_list("edition", flat=True).distinct())
    for edition_id in sorted(used, key=str):
        edition = edition_by(edition_id)
        added = added_actions(frozenset(edition.names), now) if edition is not None else ()
        if added:
            since[edition_id] = added
    if not since:
        return in_use.none()
    wanted = _NOBODY
    for edition_id, added in since.items():
        of_edition = Q(edition=edition_id)
        releases = in_use.filter(of_edition).order_by()
        wanted |= of_edition & _grew(releases, added)
    return in_use.filter(wanted).select_related("edition")


def edition_by(edition_id: int | None) -> CatalogueEdition | None:
    """The edition that a release was judged by; None when nothing is known of it.

    Decision: a release from before editions were kept counts as judged by the first that is known.
    """
    if edition_id is None:
        return CatalogueEdition.objects.order_by("pk").first()
    return CatalogueEdition.objects.get(pk=edition_id)


@dataclass(frozen=True, slots=True)
class Origin:
    """Since when a name is known; `by` is who of the team added it, empty for one that the catalogue brought."""

    since: date
    by: str


def origins(viewer: Viewer) -> Callable[[Action], Origin]:
    """Tells where a new action came from. Decision: one that the catalogue brought is known since the date of today's
    catalogue, as nobody has kept in which edition between two releases it came first."""
    now = standards_of(viewer.team_id).catalogue
    added = {fold(name.name): name for name in known_names(viewer) if not name.is_condition_key}

    def origin_of(action: Action) -> Origin:
        own = added.get(fold(action.name)) if action.existence.confidence == TEAM else None
        return (
            Origin(timezone.localdate(own.added_at), own.added_by_name)
            if own
            else Origin(now.compiled_on, "")
        )

    return origin_of


def growths(release: Release, edition: CatalogueEdition, now: Catalogue) -> tuple[Growth, ...]:
    """What grew in one release, which was fetched for a viewer already."""
    document = parse(release.revision.source).document
    assert document is not None  # what is released has been read before
    return grown(document, edition.names, now)


def growths_of(viewer: Viewer, releases: Iterable[Release]) -> list[tuple[Release, date, tuple[Growth, ...]]]:
    """Each release with the date of the catalogue that it was judged by, and with what grew since."""
    now = standards_of(viewer.team_id).catalogue
    first: CatalogueEdition | None = None
    found = []
    for release in releases:
        if release.edition is None and first is None:
            first = edition_by(None)
        edition = release.edition or first
        if edition is not None:
            found.append((release, edition.compiled_on, growths(release, edition, now)))
    return found


def _grew(releases: QuerySet[Release], added: tuple[Action, ...]) -> Q:
    """Narrows releases of one edition to those with an entry or a statement that stands for more."""
    rows = RevisionPattern.objects.filter(revision__in=releases.values("revision"))
    patterns = rows.values_list("pattern", flat=True).distinct().order_by()
    matching = [pattern for pattern in patterns if newly_matched(pattern, added)]
    listed = RevisionPattern.objects.filter(revision_id=OuterRef("revision_id"), pattern__in=matching)
    exceptions: dict[tuple[int, int], list[str]] = defaultdict(list)
    negated = rows.filter(is_negated=True).values_list("revision_id", "statement", "pattern")
    for revision_id, statement, pattern in negated:
        exceptions[revision_id, statement].append(pattern)
    open_ended = {revision for (revision, _), texts in exceptions.items() if not_excepted(texts, added)}
    return Q(Exists(listed)) | Q(revision__in=open_ended)
