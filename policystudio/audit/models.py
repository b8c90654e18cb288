"""The rows of the trail and its head, one head for each team."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class Event(models.Model):
    """One thing that happened. Never changed or deleted: triggers refuse both, see `triggers.py`."""

    team_id = models.BigIntegerField()
    sequence = models.BigIntegerField()
    at = models.DateTimeField()
    actor_id = models.BigIntegerField(null=True)
    actor_name = models.CharField(max_length=200)
    token_id = models.BigIntegerField(null=True)
    address = models.CharField(max_length=64, blank=True)
    action = models.CharField(max_length=64)
    object_type = models.CharField(max_length=32)
    object_id = models.BigIntegerField()
    object_name = models.CharField(max_length=256)
    data = models.JSONField(default=dict)
    before_sha256 = models.CharField(max_length=64, blank=True)
    after_sha256 = models.CharField(max_length=64, blank=True)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["team_id", "sequence"], name="one_event_for_each_place_in_the_trail"
            ),
            models.UniqueConstraint(fields=["team_id", "previous_hash"], name="trail_does_not_fork"),
            models.CheckConstraint(condition=Q(sequence__gte=1), name="trail_starts_at_one"),
        ]
        indexes = [models.Index(fields=["team_id", "object_type", "object_id"], name="audit_event_by_object")]

    def __str__(self) -> str:
        return f"{self.sequence} {self.action} {self.object_name}"


class Head(models.Model):
    """The newest event of a team's trail; appends queue on this row."""

    team_id = models.BigIntegerField(primary_key=True)
    sequence = models.BigIntegerField(default=0)
    hash = models.CharField(max_length=64, default="0" * 64)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(sequence__gte=0), name="head_counts_events")]

    def __str__(self) -> str:
        return f"{self.sequence} {self.hash}"
