"""Makes a team and its first admin; how an installation begins."""

from __future__ import annotations

import getpass
import sys
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from policystudio.errors import ServiceError
from policystudio.teams.models import User
from policystudio.teams.services.create_team import create_team


class Command(BaseCommand):
    help = "Make a team. Its admin is made too, unless the user exists; the password is asked for, never an argument."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--slug", required=True, help="short name of the team: letters, digits and hyphens"
        )
        parser.add_argument("--name", required=True, help="what people call the team")
        parser.add_argument("--admin", required=True, metavar="USER", help="its first admin")
        parser.add_argument(
            "--password-stdin", action="store_true", help="read the password from standard input"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with transaction.atomic():
                admin = self._user(options["admin"], from_stdin=options["password_stdin"])
                team = create_team(slug=options["slug"], name=options["name"], admin=admin)
        except ValidationError as error:
            raise CommandError("\n".join(error.messages), returncode=2) from None
        except ServiceError as error:
            raise CommandError(
                "\n".join(p.detail for p in error.problems) or error.message, returncode=2
            ) from None
        self.stdout.write(f"the team {team} was made; {admin} is its admin")

    def _user(self, name: str, *, from_stdin: bool) -> User:
        """The user of that name, made when there is none."""
        user = User.objects.filter(username=name).first()
        if user is not None:
            return user
        user = User(username=name)
        password = (
            sys.stdin.readline().rstrip("\n") if from_stdin else getpass.getpass(f"Password of {name}: ")
        )
        validate_password(password, user)
        user.set_password(password)
        user.full_clean()
        user.save()
        return user
