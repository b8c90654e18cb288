"""Checks the audit trails and what they answer for; exit code 0 when all is in order, 1 when not."""

from __future__ import annotations

import re
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from policystudio.audit.selectors import HeadState
from policystudio.audit.verify import verify
from policystudio.teams.models import Team


class Command(BaseCommand):
    help = "Check that nobody has altered the audit trail, the revisions, decisions and released documents."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--team", metavar="SLUG", help="one team only")
        parser.add_argument(
            "--head",
            metavar="SEQUENCE:HASH",
            help="a head from the log (audit_head), which shows whether the tail was cut off; needs --team",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        teams = Team.objects.order_by("slug")
        if options["team"]:
            teams = teams.filter(slug=options["team"])
            if not teams:
                raise CommandError(f"there is no team {options['team']}", returncode=2)
        known = _known(options["head"])
        if known and not options["team"]:
            raise CommandError("a head belongs to one team; say which with --team", returncode=2)
        broken = 0
        for team in teams:
            found = verify(team.pk, known=known)
            self.stdout.write(
                f"{team.slug}: {'in order' if found.valid else 'NOT IN ORDER'}, {found.count} events, "
                f"head {found.head.sequence}:{found.head.hash}"
            )
            if found.first_bad is not None:
                broken += 1
                bad = found.first_bad
                at = f"event {bad.sequence}, " if bad.sequence is not None else ""
                self.stdout.write(f"  first fault: {at}{bad.object_type} {bad.object_id}: {bad.reason}")
        if broken:
            raise CommandError(f"{broken} of the audit trails are not in order", returncode=1)


def _known(text: str | None) -> HeadState | None:
    if not text:
        return None
    match = re.fullmatch(r"([0-9]{1,18}):([0-9a-f]{64})", text)
    if match is None:
        raise CommandError(
            "--head is a number, a colon and 64 hexadecimal digits, as in the log", returncode=2
        )
    return HeadState(int(match.group(1)), match.group(2))
