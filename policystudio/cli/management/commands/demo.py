"""Makes the demo team; `make run` calls this."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from policystudio.demo.load import load_demo
from policystudio.errors import ServiceError


class Command(BaseCommand):
    help = (
        "Make the demo team with its users, accounts and policies, unless it is there. Refused in production."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        password = settings.DEMO_PASSWORD
        if not password:
            raise CommandError("DEMO_PASSWORD is not set; `make run` makes one", returncode=2)
        try:
            is_new = load_demo(password)
        except ServiceError as error:
            raise CommandError(f"{error.message}; {error.advice}", returncode=2) from None
        if options["verbosity"] > 0:
            self.stdout.write("the demo was made" if is_new else "the demo is there already")
