"""A review with its decisions and comments, a release with its documents, and what is exported now."""

from __future__ import annotations

from enum import StrEnum

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower


class Verdict(StrEnum):
    APPROVE = "approve"
    REQUEST_CHANGES = "request_changes"


class Review(models.Model):
    """The proposal to release a policy's newest revision. Only whether it is finished is stored, and how.

    `approved` and `changes_requested` are worked out by `standing.py` whenever somebody asks, as roles, targets and
    accounts change meanwhile. The columns `final_*` keep how it stood when it ended; `final_approvers` the users whose
    approval counted then.
    """

    class Stored(models.TextChoices):
        OPEN = "open"
        RELEASED = "released"
        WITHDRAWN = "withdrawn"

    policy = models.ForeignKey("policies.Policy", on_delete=models.PROTECT, related_name="reviews")
    state = models.CharField(max_length=16, default="open")
    message = models.TextField(blank=True)
    reasons = models.JSONField(default=dict)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    author_name = models.CharField(max_length=150)
    created_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)
    final_revision = models.PositiveIntegerField(null=True)
    final_digest = models.CharField(max_length=64, blank=True)
    final_required = models.PositiveSmallIntegerField(null=True)
    final_approvals = models.PositiveSmallIntegerField(null=True)
    final_approvers = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["policy"], condition=Q(state="open"), name="one_unfinished_review_per_policy"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["open", "released", "withdrawn"]), name="review_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(state="open", finished_at=None)
                | (~Q(state="open") & Q(finished_at__isnull=False)),
                name="finished_review_says_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.policy} review {self.pk}"

    @property
    def is_finished(self) -> bool:
        return self.state != self.Stored.OPEN


class Decision(models.Model):
    """One person's verdict on exactly one digest; triggers refuse every change. `ordinal` counts that person's."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="decisions")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    user_name = models.CharField(max_length=150)
    verdict = models.CharField(max_length=16)
    digest = models.CharField(max_length=64)
    revision_number = models.PositiveIntegerField()
    body = models.TextField(blank=True)
    ordinal = models.PositiveIntegerField()
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["review", "user", "ordinal"], name="one_decision_per_person_and_round"
            ),
            models.CheckConstraint(
                condition=Q(verdict__in=["approve", "request_changes"]), name="verdict_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_name}: {self.verdict}"


class Comment(models.Model):
    """A remark on a revision under review, at a JSON Pointer or a line of its source, or an answer to one."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="comments")
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="answers")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    author_name = models.CharField(max_length=150)
    body = models.TextField()
    revision_number = models.PositiveIntegerField()
    path = models.TextField(null=True)  # noqa: DJ001 ("" points at the whole document)
    line = models.PositiveIntegerField(null=True)
    created_at = models.DateTimeField()
    resolved_at = models.DateTimeField(null=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(parent=None) | Q(resolved_at=None), name="only_threads_are_resolved"
            ),
            models.CheckConstraint(
                condition=Q(resolved_at=None, resolved_by=None)
                | Q(resolved_at__isnull=False, resolved_by__isnull=False),
                name="resolved_thread_says_by_whom",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.author_name} on {self.review}"


class Release(models.Model):
    """The moment an approved revision became what is exported; triggers refuse every change.

    `manifest_sha256` is over all documents of the release, see `audit.manifest`. `edition` holds the names that the
    catalogue had when it was judged; releases older than that record have none.
    """

    review = models.OneToOneField(Review, on_delete=models.PROTECT, related_name="release")
    policy = models.ForeignKey("policies.Policy", on_delete=models.PROTECT, related_name="releases")
    revision = models.ForeignKey("policies.Revision", on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64)
    required_approvals = models.PositiveSmallIntegerField()
    approved_by = models.JSONField()
    manifest_sha256 = models.CharField(max_length=64)
    released_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    released_by_name = models.CharField(max_length=150)
    released_at = models.DateTimeField()
    edition = models.ForeignKey(
        "standards.CatalogueEdition", on_delete=models.PROTECT, null=True, related_name="+"
    )

    def __str__(self) -> str:
        return f"{self.policy} release {self.pk}"


class ReleasedDocument(models.Model):
    """The canonical bytes for one target; triggers refuse every change.

    `entry` is the same as one compact JSON object with its circumstances, written once: a bulk export only copies.
    """

    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="documents")
    team = models.ForeignKey("teams.Team", on_delete=models.PROTECT, related_name="+")
    policy = models.ForeignKey("policies.Policy", on_delete=models.PROTECT, related_name="+")
    account = models.CharField(max_length=20)
    region = models.CharField(max_length=64)
    name = models.CharField(max_length=128)
    ram_name = models.CharField(max_length=128)
    revision_number = models.PositiveIntegerField()
    text = models.TextField()
    sha256 = models.CharField(max_length=64)
    entry = models.TextField()
    entry_sha256 = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["release", "account", "region"], name="one_document_for_each_target"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account} {self.region} {self.name}"


class Current(models.Model):
    """What is exported now; rewritten for the whole policy by each of its releases."""

    team = models.ForeignKey("teams.Team", on_delete=models.PROTECT, related_name="+")
    policy = models.ForeignKey("policies.Policy", on_delete=models.PROTECT, related_name="current")
    account = models.CharField(max_length=20)
    region = models.CharField(max_length=64)
    name = models.CharField(max_length=128)
    ram_name = models.CharField(max_length=128)
    document = models.OneToOneField(ReleasedDocument, on_delete=models.PROTECT, related_name="current")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["team", "account", "region", "name"], name="one_current_document_for_each_name"
            ),
            models.UniqueConstraint(
                "team", "account", "region", Lower("name"), name="current_names_differ_in_more_than_case"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account} {self.region} {self.name}"
