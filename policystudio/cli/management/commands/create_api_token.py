"""Makes an API token for a user and prints it, alone on its line, once."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from policystudio.errors import ServiceError
from policystudio.teams.models import User
from policystudio.teams.selectors import teams_of, viewer_for_user
from policystudio.teams.services.create_token import DEFAULT_DAYS, MAX_DAYS, create_token


class Command(BaseCommand):
    help = "Make an API token. It is printed alone on its line on standard output, once; notes go to standard error."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--user", required=True, metavar="NAME", help="whose token it will be")
        parser.add_argument(
            "--scopes",
            required=True,
            metavar="A,B",
            help="of read, write, review, export, admin; separated by commas",
        )
        parser.add_argument(
            "--days", type=int, default=DEFAULT_DAYS, help=f"until it expires, 1 to {MAX_DAYS}"
        )
        parser.add_argument("--team", metavar="SLUG", help="needed when the user belongs to several teams")
        parser.add_argument(
            "--name", metavar="TEXT", default="command line", help="what its owner will know it by"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        user = User.objects.filter(username=options["user"]).first()
        if user is None:
            raise CommandError(f"there is no user {options['user']}", returncode=2)
        slugs = list(teams_of(user).values_list("slug", flat=True))
        if options["team"] is None and len(slugs) > 1:
            raise CommandError(f"{user} belongs to {', '.join(slugs)}; say which with --team", returncode=2)
        scopes = [scope.strip() for scope in options["scopes"].split(",") if scope.strip()]
        try:
            viewer = viewer_for_user(user, options["team"])
            token, plain = create_token(by=viewer, name=options["name"], scopes=scopes, days=options["days"])
        except ServiceError as error:
            raise CommandError(
                "\n".join(p.detail for p in error.problems) or error.message, returncode=2
            ) from None
        self.stderr.write(
            f"token of {user} in {viewer.team}: scopes {', '.join(token.scopes)}, "
            f"expires {token.expires_at:%Y-%m-%d %H:%M} UTC; it is not shown again"
        )
        self.stdout.write(plain)
