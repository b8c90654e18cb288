"""What a review says of the tests beyond their verdicts: what the released revision answers, and which are gone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from policystudio.analysis.testing.expectation import PolicyTest
from policystudio.analysis.testing.spots import Spot, spots_of
from policystudio.cases.blocking import CaseResult, asked, document_of, spots_for
from policystudio.cases.models import Case
from policystudio.cases.selectors import cases_at, cases_gone
from policystudio.errors import InvalidInput, Problem
from policystudio.policies.models import Policy
from policystudio.policies.selectors import targets_of
from policystudio.ram.document import Document
from policystudio.ram.render import Target
from policystudio.review.chosen import choose
from policystudio.review.models import Release, Review
from policystudio.review.released import documents_of, release_before, release_of, targets_of_release
from policystudio.teams.viewer import Viewer


@dataclass(frozen=True, slots=True)
class Gone:
    """A test that was removed; `now` is one of the same name that has taken its place."""

    case: Case
    now: Case | None


@dataclass(frozen=True, slots=True)
class Since:
    """`before` maps the primary key of a case to what came of it at the release, which is None at first."""

    release: Release | None
    before: dict[int, CaseResult]
    gone: tuple[Gone, ...]


def since_release(viewer: Viewer, review: Review, results: Sequence[CaseResult] | None) -> Since:
    """What is to be said of a review's tests beside the release before it; it was fetched for the viewer already."""
    release, cases = release_before(viewer, review), [each.case for each in results or ()]
    before = released_results(release, cases) if release is not None else []
    return Since(release, {each.case.pk: each for each in before}, gone_since(release, review, results or ()))


def released_results(release: Release, cases: Sequence[Case]) -> list[CaseResult]:
    """What the released revision answers today, where it was released to."""
    document = document_of(release.revision.source) if cases else None
    return asked(document, spots_of(targets_of_release(release)), cases) if document is not None else []


def results_at_release(viewer: Viewer, review: Review) -> tuple[Release, list[CaseResult]] | None:
    """The release that a review led to, with the tests that were there then; None where it led to none."""
    release = release_of(viewer, review)
    if release is None:
        return None
    return release, released_results(release, cases_at(review.policy, release.released_at))


def gone_since(release: Release | None, review: Review, results: Sequence[CaseResult]) -> tuple[Gone, ...]:
    """The tests that are removed and were there at the release before a review, or in a review since.

    So nobody drops one unseen, also not one that a reviewer has added, and not by proposing anew. One that is still
    asked, under whatever name, is not gone.
    """
    since = release.released_at if release is not None else None
    reviews = Review.objects.filter(policy=review.policy_id)
    if since is not None:
        # The review of that release was proposed before it.
        reviews = reviews.filter(created_at__gt=since)
    shown_from = reviews.order_by("created_at").values_list("created_at", flat=True)
    gone = cases_gone(review.policy, since, shown_from, review.finished_at)
    by_name = {each.case.name.casefold(): each.case for each in results}
    asked_still = [replace(each.case.test, name="") for each in results]
    return tuple(
        Gone(case, by_name.get(case.name.casefold()))
        for case in gone
        if replace(case.test, name="") not in asked_still
    )


@dataclass(frozen=True, slots=True)
class AskedAt:
    """The cases asked of one revision of a policy, in every target or in one; `document` is its source."""

    policy: Policy
    number: int
    is_released: bool
    results: tuple[CaseResult, ...]
    document: Document
    spots: tuple[Spot, ...]

    @property
    def tests(self) -> list[PolicyTest]:
        """What was asked, as the analysis takes it."""
        return [each.case.test for each in self.results]


def ask_at(
    viewer: Viewer,
    policy_id: int,
    cases: Sequence[Case],
    revision: str = "",
    account: str = "",
    region: str = "",
) -> AskedAt:
    """What a policy's documents answer to these cases, of which those that do not concern it are left out.

    `revision` is one as `choose` takes it; an account or a region is where all cases are asked, whichever target they
    are for. Raises: as `choose`.
    """
    found = choose(viewer, policy_id, revision, account, region)
    document = document_of(found.source)
    if document is None:
        detail = "this revision has a placeholder that is unknown or out of place; correct it first"
        raise InvalidInput([Problem("/revision", detail, "not-rendered")])
    at = found.target if account or region else None
    if at is not None and not region:
        at = at._replace(region="")
    if found.is_released:
        spots = spots_of(
            (Target(each.account, each.region), each.ram_name) for each in documents_of(viewer, policy_id)
        )
    else:
        spots = spots_for(found.policy, targets_of(found.policy))
    results = asked(document, spots, cases, at=at)
    return AskedAt(found.policy, found.number, found.is_released, tuple(results), document, tuple(spots))
