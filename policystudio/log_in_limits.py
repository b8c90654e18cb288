"""Says when somebody has tried too many passwords: for a name from one address, from one address, or for one name.

django-axes counts every wrong password in the database; this module adds its sums over all names and all addresses.
"""

from __future__ import annotations

from typing import Any

from axes.handlers.database import AxesDatabaseHandler
from axes.helpers import get_client_ip_address, get_client_username
from axes.models import AccessAttempt
from django.conf import settings
from django.db.models import Q, Sum
from django.http import HttpRequest
from django.utils import timezone


class LogInLimits(AxesDatabaseHandler):  # type: ignore[misc]  # django-axes has no types
    """The handler of django-axes with two wider limits beside its own.

    Decision: whoever guesses for many names from one address, or for one name from many addresses, is stopped too. Both
    limits are wider than that for the pair, because people share addresses, and because anybody can use up a name's.
    """

    def is_locked(self, request: HttpRequest, credentials: dict[str, Any] | None = None) -> bool:
        """Whether no further password is tried now; the same for right and wrong ones, known and unknown names."""
        if super().is_locked(request, credentials):
            return True
        address, name = get_client_ip_address(request), get_client_username(request, credentials)
        return self._has_reached(settings.LOG_IN_FAILURES_PER_ADDRESS, ip_address=address) or (
            self._has_reached(settings.LOG_IN_FAILURES_PER_USER, username=name)
        )

    def _has_reached(self, limit: int, **who: str | None) -> bool:
        if not all(who.values()):
            return False
        recent = Q(attempt_time__gt=timezone.now() - settings.AXES_COOLOFF_TIME)
        found = AccessAttempt.objects.filter(recent, **who).aggregate(sum=Sum("failures_since_start"))
        return (found["sum"] or 0) >= limit
