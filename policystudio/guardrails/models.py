"""A guardrail of a team, an exception from it, and the row that releases and switches lock in turn."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from policystudio.guardrails.definition import Definition, from_json


class Register(models.Model):
    """One row for each team. Whoever releases, or changes what is in force, holds its lock until the end.

    So a release judged by the guardrails of before is stored before they change, or judged by those of after.
    """

    team = models.OneToOneField("teams.Team", on_delete=models.CASCADE, related_name="+")

    def __str__(self) -> str:
        return f"guardrails of {self.team_id}"


class Guardrail(models.Model):
    """`wording` is the newest definition, as it was written last; `in_force` the one that releases are held to, None
    while it is off. The two differ after a change, until that is switched on too.

    `switched_…` say who switched it on or off last, and when.
    """

    team = models.ForeignKey("teams.Team", on_delete=models.PROTECT, related_name="guardrails")
    name = models.CharField(max_length=120)
    why = models.TextField(blank=True)
    wording = models.JSONField()
    in_force = models.JSONField(null=True)
    version = models.PositiveIntegerField(default=1)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    changed_by_name = models.CharField(max_length=150)
    changed_at = models.DateTimeField()
    switched_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    switched_by_name = models.CharField(max_length=150, blank=True)
    switched_at = models.DateTimeField(null=True)
    deleted_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                Lower("name"), "team", condition=Q(deleted_at=None), name="guardrail_name_is_unique_in_team"
            ),
            models.CheckConstraint(
                condition=Q(in_force__isnull=True) | Q(deleted_at=None, switched_by__isnull=False),
                name="guardrail_in_force_is_there_and_says_by_whom",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def definition(self) -> Definition:
        """The newest wording."""
        return from_json(self.wording)

    @property
    def enforced(self) -> Definition | None:
        """What releases are held to."""
        return None if self.in_force is None else from_json(self.in_force)

    @property
    def is_on(self) -> bool:
        return self.in_force is not None

    @property
    def is_changed(self) -> bool:
        """Whether it is on and the newest wording is not what is in force."""
        return self.is_on and self.in_force != self.wording


class ExemptionState(StrEnum):
    """What people see. Expired is what was requested or granted once its last day has passed."""

    REQUESTED = "requested"
    GRANTED = "granted"
    REFUSED = "refused"
    ENDED = "ended"
    EXPIRED = "expired"


class Exemption(models.Model):
    """Lets one policy break one guardrail until a day, as long as neither has changed since somebody looked.

    `seen_sha256` is over source, name, region mode, and targets with their environments; `rule_sha256` over the
    guardrail in force. What was asked for never changes; the state moves on from requested to refused, or over granted
    to ended. `until` is the last day.
    """

    class Stored(models.TextChoices):
        REQUESTED = "requested"
        GRANTED = "granted"
        REFUSED = "refused"
        ENDED = "ended"

    guardrail = models.ForeignKey(Guardrail, on_delete=models.PROTECT, related_name="exemptions")
    policy = models.ForeignKey("policies.Policy", on_delete=models.PROTECT, related_name="exemptions")
    revision_number = models.PositiveIntegerField()
    seen_sha256 = models.CharField(max_length=64)
    rule_sha256 = models.CharField(max_length=64)
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
                fields=["guardrail", "policy"],
                condition=Q(state="requested"),
                name="one_requested_exemption_for_each_policy",
            ),
            models.UniqueConstraint(
                fields=["guardrail", "policy"],
                condition=Q(state="granted"),
                name="one_granted_exemption_for_each_policy",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["requested", "granted", "refused", "ended"]),
                name="exemption_state_is_known",
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("requested_by")),
                name="nobody_decides_on_an_exemption_of_their_own",
            ),
            models.CheckConstraint(
                condition=Q(state="requested", decided_by=None)
                | Q(state__in=["granted", "refused"], decided_by__isnull=False)
                | Q(state="ended"),
                name="decided_exemption_says_by_whom",
            ),
            models.CheckConstraint(
                condition=Q(state="ended", ended_by__isnull=False, ended_at__isnull=False)
                | (~Q(state="ended") & Q(ended_by=None, ended_at=None)),
                name="ended_exemption_says_by_whom",
            ),
        ]
        indexes = [models.Index(fields=["policy", "state"], name="guardrails_exemption_by_state")]

    def __str__(self) -> str:
        return f"{self.guardrail} {self.pk}"

    def state_on(self, today: date) -> ExemptionState:
        """How it stands on a day."""
        is_live = self.state in (self.Stored.REQUESTED, self.Stored.GRANTED)
        return ExemptionState.EXPIRED if is_live and today > self.until else ExemptionState(self.state)
