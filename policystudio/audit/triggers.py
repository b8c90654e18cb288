"""Migration operations that make the database itself refuse UPDATE and DELETE on a table.

Decision: TRUNCATE is left to the database's own permissions; whoever may truncate may also drop a trigger, and the
chain of hashes finds either. SQLite loses a table's triggers when a later migration rebuilds it: repeat the operation
there. A test holds that every table of `IMMUTABLE` is protected after all migrations.
"""

from __future__ import annotations

from typing import Any

from django.db import migrations

IMMUTABLE = (
    "audit_event",
    "policies_revision",
    "policies_revisionpattern",
    "review_decision",
    "review_release",
    "review_releaseddocument",
    "standards_catalogueedition",
)

POSTGRESQL_FUNCTION = """
CREATE OR REPLACE FUNCTION policystudio_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'rows of % are never changed or deleted', TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation';
END $$
"""


def protect(vendor: str, table: str) -> list[str]:
    """The statements that protect `table` on this database."""
    if vendor == "postgresql":
        return [
            POSTGRESQL_FUNCTION,
            f"CREATE TRIGGER {table}_is_immutable BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION policystudio_refuse_change()",
        ]
    return [
        f"CREATE TRIGGER {table}_refuses_{verb.lower()} BEFORE {verb} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, 'rows of {table} are never changed or deleted'); END"
        for verb in ("UPDATE", "DELETE")
    ]


def release(vendor: str, table: str) -> list[str]:
    """The statements that take the protection of `table` off; for migrating backwards and for tests."""
    if vendor == "postgresql":
        return [f"DROP TRIGGER IF EXISTS {table}_is_immutable ON {table}"]
    return [f"DROP TRIGGER IF EXISTS {table}_refuses_{verb}" for verb in ("update", "delete")]


def immutable(table: str) -> migrations.RunPython:
    """The operation for a migration, in both directions."""

    def forwards(apps: Any, schema_editor: Any) -> None:
        for statement in protect(schema_editor.connection.vendor, table):
            schema_editor.execute(statement, params=None)

    def backwards(apps: Any, schema_editor: Any) -> None:
        for statement in release(schema_editor.connection.vendor, table):
            schema_editor.execute(statement, params=None)

    return migrations.RunPython(forwards, backwards)
