"""Keeps which names the catalogue held, once for each different content."""

from __future__ import annotations

from django.utils import timezone

from policystudio.catalog.edition import edition_of
from policystudio.catalog.model import Catalogue
from policystudio.standards.models import CatalogueEdition


def record_edition(catalogue: Catalogue) -> CatalogueEdition:
    """The stored edition; belongs into the transaction of the release that was judged by it.

    No event of its own: the release that it serves writes one, and tells the hash.
    """
    edition = edition_of(catalogue)
    stored, _is_new = CatalogueEdition.objects.get_or_create(
        sha256=edition.sha256,
        defaults={
            "compiled_on": edition.compiled_on,
            "names": list(edition.names),
            "recorded_at": timezone.now(),
        },
    )
    return stored
