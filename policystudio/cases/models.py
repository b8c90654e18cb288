"""A case, which is a test of a policy: a request, what its answer must be, for which policies and in which targets."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from policystudio.analysis.request import Request
from policystudio.analysis.testing.expectation import Expectation, PolicyTest


class Case(models.Model):
    """It never changes; another question or another expectation is another case.

    Without a `policy` it is for every policy of the team. `account` and `region` are the target that it is for, empty
    for every one; resource and context may then hold placeholders. A removed one is kept, since a review tells which
    tests of the last release are gone.
    """

    class Expectation(models.TextChoices):
        ALLOW = "allow"
        DENY = "deny"

    team = models.ForeignKey("teams.Team", on_delete=models.PROTECT, related_name="cases")
    policy = models.ForeignKey("policies.Policy", on_delete=models.PROTECT, null=True, related_name="cases")
    name = models.CharField(max_length=128)
    action = models.CharField(max_length=256)
    resource = models.CharField(max_length=1024)
    context = models.JSONField(default=dict)
    expectation = models.CharField(max_length=8)
    account = models.CharField(max_length=32, blank=True)
    region = models.CharField(max_length=64, blank=True)
    note = models.TextField(blank=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    added_by_name = models.CharField(max_length=150)
    added_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)
    removed_at = models.DateTimeField(null=True)
    removed_by_name = models.CharField(max_length=150, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "policy",
                Lower("name"),
                condition=Q(policy__isnull=False, removed_at=None),
                name="case_name_is_unique_in_policy",
            ),
            models.UniqueConstraint(
                "team",
                Lower("name"),
                condition=Q(policy=None, removed_at=None),
                name="case_name_is_unique_in_team",
            ),
            models.CheckConstraint(
                condition=Q(expectation__in=["allow", "deny"]), name="case_expectation_is_known"
            ),
        ]
        indexes = [models.Index(fields=["team", "policy", "name"], name="cases_case_by_policy")]

    def __str__(self) -> str:
        return self.name

    @property
    def request(self) -> Request:
        """The question, as the analysis takes it."""
        return Request(self.action, self.resource, self.context)

    @property
    def test(self) -> PolicyTest:
        """The case, as the analysis runs it."""
        return PolicyTest(self.name, self.request, Expectation(self.expectation), self.account, self.region)
