"""Commands whose exit code is a judgement: whatever goes wrong ends with `FAILED`, never with the code of an answer."""

from __future__ import annotations

import io
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from policystudio.cli.documents import FAILED


class JudgingCommand(BaseCommand):
    """Wrong options, an unusable database and faults of ours are told in plain words, with `FAILED`."""

    requires_system_checks = ()

    def run_from_argv(self, argv: list[str]) -> None:
        """Wrong options end with `FAILED` too; the framework would end with 2, which says something else here."""
        # So the parser speaks to the user, instead of raising.
        self._called_from_command_line = True
        try:
            self.create_parser(argv[0], argv[1]).parse_args(argv[2:])
        except SystemExit as ended:
            sys.exit(FAILED if ended.code else 0)
        super().run_from_argv(argv)

    def execute(self, *args: Any, **options: Any) -> str | None:
        """Runs the command. Raises: CommandError with `FAILED` for whatever goes wrong."""
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, io.TextIOWrapper):
                stream.reconfigure(encoding="utf-8", errors="backslashreplace")
        try:
            return super().execute(*args, **options)
        except CommandError as error:
            error.returncode = FAILED
            raise
        except Exception as error:
            raise CommandError(_told(error), returncode=FAILED) from error


@contextmanager
def ending_with_failed(arguments: list[str]) -> Iterator[None]:
    """Around the whole program, for what goes wrong before a command runs, such as settings that cannot be read.

    With `--traceback` the way there is told too.
    """
    try:
        yield
    except Exception as error:  # noqa: BLE001 -- whatever it is, it must not end with the code of an answer
        if "--traceback" in arguments:
            traceback.print_exc()
        sys.stderr.write(f"{_told(error)}\n")
        sys.exit(FAILED)


def _told(error: Exception) -> str:
    if isinstance(error, CommandError):
        return str(error)
    lines = str(error).splitlines() or [""]
    if isinstance(error, DatabaseError):
        return f"the database cannot be used: {lines[0]}; see the setting DATABASE_URL"
    if isinstance(error, ImproperlyConfigured):
        return f"the settings cannot be used: {lines[0]}"
    return (
        f"this went wrong, and nothing is judged: {type(error).__name__}: {lines[0]}; --traceback tells where"
    )
