"""Makes the demo once; run again, it keeps what people have done with it."""

from __future__ import annotations

from django.conf import settings
from django.db import transaction

from policystudio.demo.cases import make_cases
from policystudio.demo.guardrails import make_guardrails
from policystudio.demo.imports import make_import
from policystudio.demo.people import everybody, exists, make_teams
from policystudio.demo.policies import make_policies
from policystudio.errors import NotAllowed


@transaction.atomic
def load_demo(password: str) -> bool:
    """Whether the demo had to be made. The demo users log in with `password` afterwards in any case.

    Raises: NotAllowed in production, where users whose password everybody knows must not exist.
    """
    if settings.IS_PRODUCTION:
        raise NotAllowed(
            "the demo never exists in production", advice="set POLICYSTUDIO_MODE=development to try it"
        )
    everybody(password)
    if exists():
        return False
    make_teams()
    make_policies()
    make_import()
    make_guardrails()
    make_cases()
    return True
