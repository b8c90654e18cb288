"""Released documents made straight in the tables, as many as a bench wants, and a member who may export them."""

from __future__ import annotations

from django.db import connection, transaction
from django.utils import timezone

from policystudio.policies.models import Policy, Revision
from policystudio.ram.canonical import sha256
from policystudio.ram.parse import parse
from policystudio.ram.render import Target, render
from policystudio.review.models import Current, Release, ReleasedDocument, Review
from policystudio.review.services.release import released_document
from policystudio.teams.models import Member, Team, User
from tests.bench.validation import SAMPLES

REGIONS = 1000
BATCH = 5000


def member() -> Member:
    """An admin of a team of its own, made once."""
    team, _ = Team.objects.get_or_create(slug="bench", defaults={"name": "Bench"})
    user, _ = User.objects.get_or_create(username="bench")
    return Member.objects.get_or_create(team=team, user=user, defaults={"role": "admin"})[0]


@transaction.atomic
def release_documents(count: int) -> None:
    """Release the tag-scoped sample to `count` made-up targets, over and above what is there."""
    owner = member()
    source = (SAMPLES / "tag-scoped-crypto-user.json").read_text()
    document = parse(source).document
    assert document is not None  # a sample is valid
    now = timezone.now()
    name = f"bench-{Policy.objects.count()}"
    who = {"author": owner.user, "author_name": str(owner)}
    policy = Policy.objects.create(
        team=owner.team, name=name, newest_number=1, created_by=owner.user, updated_at=now
    )
    revision = Revision.objects.create(
        policy=policy, number=1, source=source, sha256=sha256(source), created_at=now, **who
    )
    review = Review.objects.create(policy=policy, state="released", created_at=now, finished_at=now, **who)
    release = Release.objects.create(
        review=review,
        policy=policy,
        revision=revision,
        digest="0" * 64,
        required_approvals=1,
        approved_by=[],
        manifest_sha256="0" * 64,
        released_by=owner.user,
        released_by_name=str(owner),
        released_at=now,
    )
    for start in range(0, count, BATCH):
        documents = []
        for index in range(start, min(start + BATCH, count)):
            target = Target(f"{1000000000000000 + index // REGIONS}", f"bench-{index % REGIONS}")
            each = released_document(policy, revision, target, name, render(document, target))
            each.release = release
            documents.append(each)
        stored = ReleasedDocument.objects.bulk_create(documents)
        Current.objects.bulk_create(
            Current(
                team=owner.team,
                policy=policy,
                account=each.account,
                region=each.region,
                name=each.name,
                ram_name=each.ram_name,
                document=each,
            )
            for each in stored
        )
    # As the database does by itself after a while; without it the plans are guesses.
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
