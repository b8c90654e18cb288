"""Judges documents in files; what it does, and its exit codes, are in `policystudio/linting/command.py`."""

from __future__ import annotations

import io
import sys
from functools import partial
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from policystudio.linting.command import HELP, add_arguments, quietly, run


class Command(BaseCommand):
    help = HELP
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        add_arguments(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, io.TextIOWrapper):
                stream.reconfigure(encoding="utf-8", errors="backslashreplace")
        # Texts come with their own line ends.
        write = partial(self.stdout.write, ending="")
        complain = partial(self.stderr.write, ending="")
        status = quietly(lambda: run(options, write, complain, timezone.now()))
        if status:
            sys.exit(status)
