"""Limits the rate of requests per person: a token bucket each, in the memory of the process.

Decision: every server process counts for itself, so the true limit is the setting times the number of processes. It is
there to stop a runaway script, not to share capacity. Limits on log-ins are elsewhere, and count in the database.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict

from django.conf import settings
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle
from rest_framework.views import APIView

from policystudio.teams.viewer import Viewer

MAX_BUCKETS = 10_000
EXPORT_COST = 0.01
"""An export is one indexed query and deployments wait for it, so it takes a hundredth of what other requests take."""


class Buckets:
    """Buckets that fill by `rate` a second up to `burst`; the one used longest ago is forgotten first."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._buckets: OrderedDict[int, tuple[float, float]] = OrderedDict()

    def take(self, key: int, cost: float, *, rate: float, burst: float, now: float) -> float:
        """0 when `cost` was there to be taken, or else the seconds until it will be."""
        with self._lock:
            level, seen = self._buckets.pop(key, (burst, now))
            level = min(burst, level + (now - seen) * rate)
            wait = 0.0 if level >= cost else (cost - level) / rate
            self._buckets[key] = (level if wait else level - cost, now)
            if len(self._buckets) > MAX_BUCKETS:
                self._buckets.popitem(last=False)
            return wait


BUCKETS = Buckets()


def seconds_to_wait(viewer: Viewer, cost: float = 1.0) -> float:
    """Count one request of the person, whichever tokens they use; 0 lets it pass."""
    rate, burst = settings.API_REQUESTS_PER_SECOND, settings.API_BURST
    return BUCKETS.take(viewer.member.user_id, cost, rate=rate, burst=burst, now=time.monotonic())


class RateLimit(BaseThrottle):
    """The same for the endpoints of Django REST framework."""

    waiting = 0.0

    def allow_request(self, request: Request, view: APIView) -> bool:
        """Somebody who is not known was refused already."""
        viewer = request.auth
        self.waiting = seconds_to_wait(viewer) if isinstance(viewer, Viewer) else 0.0
        return not self.waiting

    def wait(self) -> float:
        return self.waiting
