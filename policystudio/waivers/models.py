"""A waiver of a finding: asked for by one person, agreed to by another, for one place and until a day."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from django.conf import settings
from django.db import models
from django.db.models import F, Q


class State(StrEnum):
    """What people see. Expired is what was requested or accepted, once its last day has passed."""

    REQUESTED = "requested"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    ENDED = "ended"
    EXPIRED = "expired"


class Waiver(models.Model):
    """What was asked for never changes; only the state moves on, from requested to refused, or over accepted to ended.

    `fingerprint` is how the finding is recognised, see `validation/fingerprint.py`; path, line and message are what it
    was shown as in the revision `revision_number`, for people. `until` is the last day on which it counts.
    """

    class Stored(models.TextChoices):
        REQUESTED = "requested"
        ACCEPTED = "accepted"
        REFUSED = "refused"
        ENDED = "ended"

    policy = models.ForeignKey("policies.Policy", on_delete=models.PROTECT, related_name="waivers")
    code = models.CharField(max_length=128)
    fingerprint = models.CharField(max_length=64)
    path = models.TextField(null=True)  # noqa: DJ001 ("" points at the whole document)
    line = models.PositiveIntegerField(null=True)
    message = models.TextField()
    revision_number = models.PositiveIntegerField()
    reason = models.TextField()
    until = models.DateField()
    state = models.CharField(max_length=16, default="requested")
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    requested_by_name = models.CharField(max_length=150)
    requested_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    decided_by_name = models.CharField(max_length=150, blank=True)
    decided_at = models.DateTimeField(null=True)
    remark = models.TextField(blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    ended_by_name = models.CharField(max_length=150, blank=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["policy", "fingerprint"],
                condition=Q(state="requested"),
                name="one_requested_waiver_for_each_place",
            ),
            models.UniqueConstraint(
                fields=["policy", "fingerprint"],
                condition=Q(state="accepted"),
                name="one_accepted_waiver_for_each_place",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["requested", "accepted", "refused", "ended"]),
                name="waiver_state_is_known",
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("requested_by")),
                name="nobody_decides_on_a_waiver_of_their_own",
            ),
            models.CheckConstraint(
                condition=Q(state="requested", decided_by=None)
                | Q(state__in=["accepted", "refused"], decided_by__isnull=False)
                | Q(state="ended"),
                name="decided_waiver_says_by_whom",
            ),
            models.CheckConstraint(
                condition=Q(state="ended", ended_by__isnull=False, ended_at__isnull=False)
                | (~Q(state="ended") & Q(ended_by=None, ended_at=None)),
                name="ended_waiver_says_by_whom",
            ),
        ]
        indexes = [models.Index(fields=["state", "policy"], name="waivers_waiver_by_state")]

    def __str__(self) -> str:
        return f"{self.code} {self.pk}"

    def state_on(self, today: date) -> State:
        """How it stands on a day."""
        is_live = self.state in (self.Stored.REQUESTED, self.Stored.ACCEPTED)
        return State.EXPIRED if is_live and today > self.until else State(self.state)
