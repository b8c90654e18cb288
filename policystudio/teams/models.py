"""Users, teams, members, API tokens, and the answers kept for repeated requests."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import F, Q

from policystudio.teams.permissions import Role


class User(AbstractUser):
    """Somebody who logs in. Identity is the row, never the name: names are shown, and may be changed."""

    THEMES = ("system", "light", "dark")

    language = models.CharField(max_length=16, default="en")
    theme = models.CharField(max_length=16, default="system")
    single_key_shortcuts = models.BooleanField(default=True)

    class Meta(AbstractUser.Meta):
        constraints = [
            models.CheckConstraint(condition=Q(theme__in=["system", "light", "dark"]), name="theme_is_known"),
        ]


class Team(models.Model):
    """Everything that is stored belongs to one team and is hidden from the others."""

    slug = models.SlugField(max_length=64, unique=True)
    name = models.CharField(max_length=128)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.slug


class Member(models.Model):
    """A person in a team. Removing somebody keeps the row, so that what they wrote stays theirs."""

    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="members")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=16)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["team", "user"], name="one_membership_for_each_team_and_user"),
            models.CheckConstraint(condition=Q(role__in=[str(role) for role in Role]), name="role_is_known"),
        ]

    def __str__(self) -> str:
        return self.user.get_username()


class ApiToken(models.Model):
    """A token of a member. Its text is shown once and never stored; `prefix` helps its owner to tell tokens apart."""

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="tokens")
    name = models.CharField(max_length=128)
    prefix = models.CharField(max_length=16)
    sha256 = models.CharField(max_length=64, unique=True)
    scopes = models.JSONField()
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("created_at")), name="token_expires_after_it_was_made"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class IdempotentAnswer(models.Model):
    """What a request with an `Idempotency-Key` was answered, kept for 24 hours."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=255)
    route = models.CharField(max_length=512)
    body_sha256 = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField()
    headers = models.JSONField(default=dict)
    body = models.TextField(blank=True)
    created_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "key"], name="one_answer_for_each_user_and_key"),
        ]

    def __str__(self) -> str:
        return f"{self.route} {self.key}"
