"""The database itself refuses to change what must stay, and migrations run both ways with that protection."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.db.migrations.executor import MigrationExecutor

from policystudio.audit.triggers import IMMUTABLE
from tests.factories import make_policy, make_released

OURS = ("audit", "teams", "standards", "accounts", "policies", "review")


@pytest.fixture
def rows_everywhere(ada, rui, development):
    """At least one row in every table that must stay."""
    make_released(ada, rui)


@pytest.mark.parametrize("table", IMMUTABLE)
@pytest.mark.parametrize("statement", ["UPDATE {} SET id = id", "DELETE FROM {}"])
def test_row_is_neither_changed_nor_deleted(rows_everywhere, table, statement):
    refused = pytest.raises(DatabaseError, match="never changed or deleted")
    with refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format(table))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")
        assert cursor.fetchone()[0] > 0


def test_every_table_named_here_exists():
    assert set(IMMUTABLE) <= {model._meta.db_table for model in apps.get_models()}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("table", "change", "promise"),
    [
        ("policies_policy", "name = 'a b'", "policy_name_as_ram_allows"),
        ("policies_policy", "name = 'a\n'", "policy_name_as_ram_allows"),
        ("policies_policy", "region_mode = 'both'", "region_mode_is_known"),
        ("policies_policy", "released_number = 9", "released_revision_exists"),
        ("policies_policy", "deleted_at = updated_at", "deleted_policy_is_not_in_use"),
        ("review_review", "state = 'approved'", "review_state_is_known"),
        ("review_review", "finished_at = NULL", "finished_review_says_when"),
        ("teams_member", "role = 'owner'", "role_is_known"),
        ("teams_user", "theme = 'pink'", "theme_is_known"),
    ],
)
def test_constraint_keeps_its_promise(rows_everywhere, table, change, promise):
    with pytest.raises(DatabaseError, match=promise), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET {change}")


def test_second_unfinished_review_is_refused_by_the_database(ada, review):
    review.pk = None
    with pytest.raises(DatabaseError), transaction.atomic():
        review.save(force_insert=True)


@pytest.mark.django_db(transaction=True)
def test_migrations_run_backwards_and_forwards_and_protect_again(ada, rui, development):
    for app in ("review", "policies", "accounts", "standards", "audit"):
        call_command("migrate", app, "zero", verbosity=0)
    tables = set(connection.introspection.table_names())
    assert not set(IMMUTABLE) & tables
    call_command("migrate", verbosity=0)
    executor = MigrationExecutor(connection)
    assert executor.migration_plan(executor.loader.graph.leaf_nodes()) == []
    account = development
    account.pk = None
    account.save(force_insert=True)
    policy = make_policy(ada)
    with pytest.raises(DatabaseError, match="never changed or deleted"), transaction.atomic():
        policy.revisions.update(source="{}")
    call_command("migrate", "review", "0001", verbosity=0)
    call_command("migrate", "policies", "0001", verbosity=0)
    with transaction.atomic():
        policy.revisions.update(message="unprotected")
    call_command("migrate", verbosity=0)
    with pytest.raises(DatabaseError, match="never changed or deleted"), transaction.atomic():
        policy.revisions.update(message="protected")


@pytest.mark.django_db
def test_no_migration_is_missing():
    call_command("makemigrations", *OURS, check=True, dry_run=True, verbosity=0)
