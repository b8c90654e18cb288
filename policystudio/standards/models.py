"""The standards of a team: names beyond the catalogue's, and severities other than the rules' own."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower


class KnownName(models.Model):
    """An action or a condition key that the catalogue does not know and that somebody of the team has seen work.

    `access_level`, `resource_types` and `risk` are in the catalogue's words; empty means unknown. `note` says where it
    was seen.
    """

    team = models.ForeignKey("teams.Team", on_delete=models.PROTECT, related_name="known_names")
    kind = models.CharField(max_length=16)
    name = models.CharField(max_length=128)
    access_level = models.CharField(max_length=32, blank=True)
    resource_types = models.JSONField(default=list)
    risk = models.CharField(max_length=16, blank=True)
    note = models.TextField()
    seen_on = models.DateField()
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    added_by_name = models.CharField(max_length=150)
    added_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Kind(models.TextChoices):
        ACTION = "action"
        CONDITION_KEY = "condition_key"

    class Meta:
        constraints = [
            models.UniqueConstraint("team", "kind", Lower("name"), name="known_name_is_unique_in_team"),
            models.CheckConstraint(
                condition=Q(kind__in=["action", "condition_key"]), name="kind_of_known_name_is_known"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_condition_key(self) -> bool:
        return self.kind == self.Kind.CONDITION_KEY


class SeveritySetting(models.Model):
    """How grave the findings of one code are to the team: one of the four severities, or `off`; and why."""

    team = models.ForeignKey("teams.Team", on_delete=models.PROTECT, related_name="severities")
    code = models.CharField(max_length=64)
    severity = models.CharField(max_length=16)
    reason = models.TextField()
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    set_by_name = models.CharField(max_length=150)
    set_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["team", "code"], name="one_severity_for_each_code_in_team"),
            models.CheckConstraint(
                condition=Q(severity__in=["error", "security_warning", "warning", "suggestion", "off"]),
                name="severity_is_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code}: {self.severity}"


class CatalogueEdition(models.Model):
    """The names of actions that a catalogue held when a release was judged by it; triggers refuse every change.

    It is known by its content, so that teams without names of their own share one. `sha256` is over the date and the
    names, see `catalog.edition`.
    """

    sha256 = models.CharField(max_length=64, unique=True)
    compiled_on = models.DateField()
    names = models.JSONField()
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(sha256__regex=r"^[0-9a-f]{64}\Z"), name="edition_has_a_sha256")
        ]

    def __str__(self) -> str:
        return f"catalogue of {self.compiled_on} ({self.sha256[:8]})"
