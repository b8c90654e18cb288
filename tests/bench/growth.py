"""Finding the releases whose patterns grew, among 5 000 that all did, against listing the releases that are in use."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import connection, transaction
from django.utils import timezone

from policystudio.catalog import load
from policystudio.policies.models import Policy, Revision, RevisionPattern
from policystudio.review.grown import grown_releases, growths_of
from policystudio.review.models import Current, Release, ReleasedDocument, Review
from policystudio.review.released import releases_now
from policystudio.standards.models import CatalogueEdition
from policystudio.teams.viewer import Viewer
from tests.bench.measure import Row, wall_seconds
from tests.bench.stored import member

POLICIES = 5000
PAGE = 50
NEW = frozenset({"kms:GetSecretValue", "kms:GetPublicKey"})
STATEMENT = '{{"Effect": "Allow", "Action": ["kms:Get*", "kms:Encrypt", "kms:List{}*"], "Resource": "*"}}'


def rows() -> Iterator[Row]:
    release_policies(POLICIES)
    viewer = Viewer(member=member())
    floor = wall_seconds(lambda: len(list(releases_now(viewer)[:PAGE])))
    count = wall_seconds(lambda: grown_releases(viewer).count())
    page = wall_seconds(lambda: len(growths_of(viewer, grown_releases(viewer)[:PAGE])))
    for what, ours in (
        (f"releases whose patterns grew, counted among {POLICIES}", count),
        (f"{PAGE} of them with what grew", page),
    ):
        yield Row(
            what,
            f"{ours * 1e3:.0f} ms",
            f"{PAGE} releases in use {floor * 1e3:.0f} ms",
            f"{ours / floor:.1f}",
            "≤ 300 ms",
        )


@transaction.atomic
def release_policies(count: int) -> None:
    """Release `count` policies of one document each, judged by a catalogue that lacked two actions."""
    owner, now = member(), timezone.now()
    who = {"author": owner.user, "author_name": str(owner)}
    names = [action.name for action in load().actions.values() if action.name not in NEW]
    edition = CatalogueEdition.objects.create(
        sha256="1" * 64, compiled_on=load().compiled_on, names=names, recorded_at=now
    )
    policies = Policy.objects.bulk_create(
        Policy(
            team=owner.team,
            name=f"growth-{n}",
            newest_number=1,
            released_number=1,
            created_by=owner.user,
            updated_at=now,
        )
        for n in range(count)
    )
    revisions = Revision.objects.bulk_create(
        Revision(
            policy=policy,
            number=1,
            source=f'{{"Version": "1", "Statement": [{STATEMENT.format(chr(65 + n % 26))}]}}',
            sha256=f"{n:064d}",
            created_at=now,
            **who,
        )
        for n, policy in enumerate(policies)
    )
    RevisionPattern.objects.bulk_create(
        RevisionPattern(revision=revision, statement=0, effect="Allow", is_negated=False, pattern=pattern)
        for n, revision in enumerate(revisions)
        for pattern in ("kms:Get*", "kms:Encrypt", f"kms:List{chr(65 + n % 26)}*")
    )
    reviews = Review.objects.bulk_create(
        Review(policy=policy, state="released", created_at=now, finished_at=now, **who) for policy in policies
    )
    releases = Release.objects.bulk_create(
        Release(
            review=review,
            policy=revision.policy,
            revision=revision,
            digest="0" * 64,
            required_approvals=1,
            approved_by=[],
            manifest_sha256="0" * 64,
            released_by=owner.user,
            released_by_name=str(owner),
            released_at=now,
            edition=edition,
        )
        for review, revision in zip(reviews, revisions, strict=True)
    )
    place = {"team": owner.team, "account": "1000000000000000", "region": "bench"}
    documents = ReleasedDocument.objects.bulk_create(
        ReleasedDocument(
            release=release,
            policy=release.policy,
            name=release.policy.name,
            ram_name=release.policy.name,
            revision_number=1,
            text="",
            sha256="0" * 64,
            entry="",
            entry_sha256="0" * 64,
            **place,
        )
        for release in releases
    )
    Current.objects.bulk_create(
        Current(policy=d.policy, name=d.name, ram_name=d.name, document=d, **place) for d in documents
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
