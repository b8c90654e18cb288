"""An Alibaba Cloud account as a team sees it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

PRODUCTION = "production"


class Account(models.Model):
    """`number` is Alibaba Cloud's, kept as text and never changed; two teams may both know the same account."""

    team = models.ForeignKey("teams.Team", on_delete=models.PROTECT, related_name="accounts")
    number = models.CharField(max_length=20)
    name = models.CharField(max_length=128)
    environment = models.CharField(max_length=32)
    regions = models.JSONField(default=list)
    required_approvals = models.PositiveSmallIntegerField(null=True)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["team", "number"], name="account_number_is_unique_in_team"),
            models.CheckConstraint(
                condition=Q(number__regex=r"^[0-9]{1,20}\Z"), name="account_number_is_digits"
            ),
            models.CheckConstraint(
                condition=Q(required_approvals=None) | Q(required_approvals__range=(1, 10)),
                name="required_approvals_from_1_to_10",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def approvals_needed(self) -> int:
        """What was set, or else 2 for production and 1 for anything else."""
        if self.required_approvals is not None:
            return self.required_approvals
        return 2 if self.environment == PRODUCTION else 1
