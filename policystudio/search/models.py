"""What is kept of the released documents so that "who may" is answered by the database: lists, each stored once.

A statement is an effect and three lists: actions, resources, conditions. Documents of a company repeat the same lists
thousands of times, so a question is put to the few different patterns, and the database joins the rest. Patterns are
kept as they are and not expanded, so nothing here grows old with the catalogue. Everything can be made anew from the
documents, see `services/rebuild.py`.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q

HEAD = 64
"""So many characters before the first wildcard of a resource's name are kept for looking up."""
ANY = "*"
"""Stands in a field of a resource pattern that has a wildcard and must be matched by hand."""


class ActionPattern(models.Model):
    """One entry of an action list in lower case."""

    team = models.ForeignKey("teams.Team", on_delete=models.CASCADE, related_name="+")
    sha256 = models.CharField(max_length=64)
    text = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["team", "sha256"], name="action_pattern_is_kept_once")]

    def __str__(self) -> str:
        return self.text


class ActionList(models.Model):
    """The entries of an `Action`, or negated of a `NotAction`, whatever their order."""

    team = models.ForeignKey("teams.Team", on_delete=models.CASCADE, related_name="+")
    sha256 = models.CharField(max_length=64)
    is_negated = models.BooleanField()
    patterns = models.ManyToManyField(ActionPattern, related_name="lists")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["team", "sha256"], name="action_list_is_kept_once")]
        # Few lists are; each question asks for them.
        indexes = [
            models.Index(fields=["team"], condition=Q(is_negated=True), name="search_negated_action_lists")
        ]

    def __str__(self) -> str:
        return self.sha256


class ResourcePattern(models.Model):
    """One entry of a resource list, with what narrows a look-up: its fields, and the start of its name.

    A field with a wildcard is kept as `*`; `head` is what stands before the first wildcard of the name. The lone star
    has `*` in every field and no head.
    """

    team = models.ForeignKey("teams.Team", on_delete=models.CASCADE, related_name="+")
    sha256 = models.CharField(max_length=64)
    text = models.TextField()
    service = models.CharField(max_length=HEAD)
    region = models.CharField(max_length=HEAD)
    account = models.CharField(max_length=HEAD)
    head = models.CharField(max_length=HEAD)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["team", "sha256"], name="resource_pattern_is_kept_once")
        ]
        indexes = [models.Index(fields=["team", "head", "account"], name="search_resource_by_head")]

    def __str__(self) -> str:
        return self.text


class ResourceList(models.Model):
    """The entries of a `Resource`, or negated of a `NotResource`, whatever their order."""

    team = models.ForeignKey("teams.Team", on_delete=models.CASCADE, related_name="+")
    sha256 = models.CharField(max_length=64)
    is_negated = models.BooleanField()
    patterns = models.ManyToManyField(ResourcePattern, related_name="lists")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["team", "sha256"], name="resource_list_is_kept_once")]
        # Few lists are; each question asks for them.
        indexes = [
            models.Index(fields=["team"], condition=Q(is_negated=True), name="search_negated_resource_lists")
        ]

    def __str__(self) -> str:
        return self.sha256


class ConditionBlock(models.Model):
    """All conditions of a statement: a list of `[operator, key, values]` as JSON."""

    team = models.ForeignKey("teams.Team", on_delete=models.CASCADE, related_name="+")
    sha256 = models.CharField(max_length=64)
    entries = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["team", "sha256"], name="condition_block_is_kept_once")
        ]

    def __str__(self) -> str:
        return self.sha256


class SearchedDocument(models.Model):
    """One released document that is exported now; `sha256` is that of its bytes."""

    team = models.ForeignKey("teams.Team", on_delete=models.CASCADE, related_name="+")
    policy = models.ForeignKey("policies.Policy", on_delete=models.CASCADE, related_name="+")
    revision_number = models.PositiveIntegerField()
    name = models.CharField(max_length=128)
    account = models.CharField(max_length=20)
    region = models.CharField(max_length=64)
    sha256 = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["policy", "account", "region"], name="searched_document_is_kept_once"
            )
        ]
        indexes = [
            models.Index(fields=["team", "name", "account", "region", "id"], name="search_document_in_order")
        ]

    def __str__(self) -> str:
        return f"{self.account} {self.region} {self.name}"


class SearchedStatement(models.Model):
    """The statement at `position` of a document, from `line` on; `conditions` is None where it has none."""

    document = models.ForeignKey(SearchedDocument, on_delete=models.CASCADE, related_name="statements")
    position = models.PositiveIntegerField()
    line = models.PositiveIntegerField()
    is_allow = models.BooleanField()
    actions = models.ForeignKey(ActionList, on_delete=models.PROTECT, related_name="+")
    resources = models.ForeignKey(ResourceList, on_delete=models.PROTECT, related_name="+")
    conditions = models.ForeignKey(ConditionBlock, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["document", "position"], name="searched_statement_is_kept_once")
        ]
        indexes = [
            # Everything that a question asks of a statement, so that the table itself need not be read.
            models.Index(
                fields=["actions", "resources", "conditions", "is_allow", "document"],
                name="search_statement_by_lists",
            )
        ]

    def __str__(self) -> str:
        return f"{self.document} {self.position}"
