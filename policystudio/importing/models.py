"""An import, and the documents in it with what became of each."""

from __future__ import annotations

from enum import StrEnum

from django.conf import settings
from django.db import models
from django.db.models import Q


class OnExisting(StrEnum):
    """What happens to a document whose name a policy has already, with another source."""

    REFUSE = "refuse"
    REVISE = "revise"


class State(StrEnum):
    """What became of a document."""

    PENDING = "pending"
    STORED = "stored"
    UNCHANGED = "unchanged"
    REFUSED = "refused"
    SKIPPED = "skipped"


class Import(models.Model):
    """Documents that came together, and how they are to be stored.

    `targets` are lists of account and region, as they were chosen. `notes` tell what of the paste held no document.
    `is_started` says that somebody has asked for the documents to be stored; before, they are only looked at.

    `shapers` are the users who sent the documents or chose how they are read. They count as authors of what becomes of
    them, beside whoever stores it.
    """

    team = models.ForeignKey("teams.Team", on_delete=models.PROTECT, related_name="imports")
    label = models.CharField(max_length=200)
    targets = models.JSONField(default=list)
    region_mode = models.CharField(max_length=16, default="separate")
    on_existing = models.CharField(max_length=16, default="refuse")
    notes = models.JSONField(default=list)
    document_count = models.PositiveIntegerField()
    shapers = models.JSONField(default=list)
    is_started = models.BooleanField(default=False)
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_by_name = models.CharField(max_length=150)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(on_existing__in=[str(choice) for choice in OnExisting]),
                name="what_happens_to_existing_policies_is_known",
            ),
            models.CheckConstraint(
                condition=Q(region_mode__in=["separate", "combined"]), name="region_mode_of_import_is_known"
            ),
        ]
        indexes = [models.Index(fields=["team", "-id"], name="importing_import_by_team")]

    def __str__(self) -> str:
        return self.label

    def shaped_by(self, user_id: int) -> None:
        """Note that this user chose how documents are read; the caller saves."""
        if user_id not in self.shapers:
            self.shapers = [*self.shapers, user_id]


class ImportedDocument(models.Model):
    """One document as it came, how it is to be read, and what became of it.

    `text` never changes. `is_mended` and `is_generalised` are choices: offered repairs are made, account and region
    become placeholders. `account` and `region` are what the wrapping said. `problems` are those of the last attempt,
    `findings` the numbers of findings by severity in what was stored.
    """

    parent = models.ForeignKey(Import, on_delete=models.PROTECT, related_name="documents")
    number = models.PositiveIntegerField()
    name = models.CharField(max_length=256, blank=True)
    description = models.TextField(blank=True)
    origin = models.TextField(blank=True)
    text = models.TextField()
    account = models.CharField(max_length=64, blank=True)
    region = models.CharField(max_length=64, blank=True)
    notes = models.JSONField(default=list)
    refusal = models.JSONField(null=True)
    is_mended = models.BooleanField(default=False)
    is_generalised = models.BooleanField(default=False)
    state = models.CharField(max_length=16, default="pending")
    problems = models.JSONField(default=list)
    findings = models.JSONField(default=dict)
    builder = models.CharField(max_length=64, blank=True)
    policy = models.ForeignKey("policies.Policy", on_delete=models.PROTECT, related_name="+", null=True)
    revision_number = models.PositiveIntegerField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["parent", "number"], name="document_number_is_unique_in_import"),
            models.CheckConstraint(
                condition=Q(state__in=[str(state) for state in State]), name="state_of_document_is_known"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["stored", "unchanged"])
                | Q(policy__isnull=False, revision_number__isnull=False),
                name="stored_document_names_its_revision",
            ),
            models.CheckConstraint(
                condition=Q(state="pending", finished_at=None)
                | (~Q(state="pending") & Q(finished_at__isnull=False)),
                name="document_is_finished_or_pending",
            ),
        ]
        indexes = [models.Index(fields=["parent", "state", "number"], name="importing_document_by_state")]

    def __str__(self) -> str:
        return self.name or f"document {self.number}"
