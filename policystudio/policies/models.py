"""A policy, where it is stored for, and its revisions."""

from __future__ import annotations

from enum import StrEnum

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower


class State(StrEnum):
    """Where a policy stands."""

    DRAFT = "draft"
    IN_REVIEW = "in_review"
    RELEASED = "released"
    CHANGED = "changed"


class Policy(models.Model):
    """A named thing of a team with revisions and targets.

    The three columns on progress repeat what revisions and reviews say, so that lists need no join; they are written
    under the lock of this row, by `revise` and `services/progress.py` alone. `version` grows with every change that a
    reader could see.

    `shapers` are the users who, since the last release, changed what a release does beside its source: targets, name
    or region mode; and those who sent or prepared what was imported into it. They count as authors in a review.
    Decision: taking the change back takes nobody off the list and leaves a released policy `changed`; only a release
    clears it.
    """

    team = models.ForeignKey("teams.Team", on_delete=models.PROTECT, related_name="policies")
    name = models.CharField(max_length=128)
    description = models.TextField(blank=True)
    region_mode = models.CharField(max_length=16, default="separate")
    newest_number = models.PositiveIntegerField(default=0)
    released_number = models.PositiveIntegerField(null=True)
    is_under_review = models.BooleanField(default=False)
    shapers = models.JSONField(default=list)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)
    deleted_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                Lower("name"), "team", condition=Q(deleted_at=None), name="policy_name_is_unique_in_team"
            ),
            models.CheckConstraint(
                condition=Q(name__regex=r"^[A-Za-z0-9-]{1,128}\Z"), name="policy_name_as_ram_allows"
            ),
            models.CheckConstraint(
                condition=Q(region_mode__in=["separate", "combined"]), name="region_mode_is_known"
            ),
            models.CheckConstraint(
                condition=Q(released_number=None) | Q(released_number__lte=F("newest_number")),
                name="released_revision_exists",
            ),
            models.CheckConstraint(
                condition=Q(deleted_at=None) | Q(released_number=None, is_under_review=False),
                name="deleted_policy_is_not_in_use",
            ),
        ]
        indexes = [models.Index(fields=["team", "name"], name="policies_policy_by_name")]

    def __str__(self) -> str:
        return self.name

    @property
    def state(self) -> State:
        if self.is_under_review:
            return State.IN_REVIEW
        if self.released_number is None:
            return State.DRAFT
        is_as_released = self.released_number == self.newest_number and not self.shapers
        return State.RELEASED if is_as_released else State.CHANGED

    def shaped_by(self, user_id: int) -> None:
        """Note that this user changed targets, name or region mode; the caller saves."""
        if user_id not in self.shapers:
            self.shapers = [*self.shapers, user_id]


class PolicyTarget(models.Model):
    """One account and one region that a policy is stored for."""

    policy = models.ForeignKey(Policy, on_delete=models.CASCADE, related_name="targets")
    account = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+")
    region = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["policy", "account", "region"], name="one_target_for_each_account_and_region"
            ),
        ]
        indexes = [models.Index(fields=["account", "region"], name="policies_target_by_region")]

    def __str__(self) -> str:
        return f"{self.account} {self.region}"


class Revision(models.Model):
    """One immutable source of a policy; triggers refuse every change. `reasons` answer findings, by their code."""

    policy = models.ForeignKey(Policy, on_delete=models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField()
    source = models.TextField()
    sha256 = models.CharField(max_length=64)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    author_name = models.CharField(max_length=150)
    message = models.TextField(blank=True)
    reasons = models.JSONField(default=dict)
    builder = models.CharField(max_length=64, blank=True)
    parameters = models.JSONField(null=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["policy", "number"], name="revision_number_is_unique_in_policy"),
            models.CheckConstraint(condition=Q(number__gte=1), name="revisions_count_from_one"),
            models.CheckConstraint(
                condition=Q(sha256__regex=r"^[0-9a-f]{64}\Z"), name="revision_has_a_sha256"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.policy} {self.number}"


class RevisionPattern(models.Model):
    """One entry of `Action` or, negated, of `NotAction` in a revision, for finding policies by action."""

    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="patterns")
    statement = models.PositiveIntegerField()
    effect = models.CharField(max_length=8)
    is_negated = models.BooleanField()
    pattern = models.TextField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(effect__in=["Allow", "Deny"]), name="effect_is_known")
        ]
        indexes = [models.Index(fields=["revision", "statement"], name="policies_pattern_by_revision")]

    def __str__(self) -> str:
        return f"{self.effect} {self.pattern}"
