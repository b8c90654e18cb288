"""`manage.py rebuild_search`: makes the index of "who may" anew, or only says whether it is true."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from policystudio.review.models import Current
from policystudio.review.services.release import kept
from policystudio.search.services.keep import Kept
from policystudio.search.services.rebuild import disagreements, rebuild
from policystudio.teams.models import Team


class Command(BaseCommand):
    help = "Make the search index of every team anew from the released documents."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="change nothing; tell what is wrong, exit 1 if anything is"
        )

    def handle(self, *args: Any, check: bool, **options: Any) -> None:
        wrong = 0
        for team in Team.objects.order_by("pk"):
            if not check:
                self.stdout.write(f"{team}: {rebuild(team.pk, exported(team.pk))} documents")
                continue
            for told in disagreements(team.pk, exported(team.pk)):
                self.stdout.write(f"{team}: {told}")
                wrong += 1
        if wrong:
            raise CommandError(f"{wrong} documents differ; make the index anew without --check", returncode=1)
        if check:
            self.stdout.write("the index agrees with what is exported")


def exported(team_id: int) -> Iterator[Kept]:
    """What the team exports now."""
    rows = Current.objects.filter(team_id=team_id).select_related("document").order_by("pk")
    return (kept(row.document) for row in rows.iterator(1_000))
