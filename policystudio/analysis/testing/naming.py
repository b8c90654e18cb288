"""A name for a test that nobody has named yet, from what it asks. Names are kept with the test, so they are English."""

from __future__ import annotations

from policystudio.analysis.request import WITHOUT_RESOURCE, Request
from policystudio.analysis.testing.expectation import Expectation

MAX_CHARACTERS = 100


def name_of(request: Request, expectation: Expectation, *, without: str = "") -> str:
    """Such as `may kms:Decrypt on key/key-1 with acs:SourceIp=10.0.0.1`; `without` is a key that the request lacks."""
    verb = "may" if expectation is Expectation.ALLOW else "may not"
    said = f"{verb} {request.action}"
    if request.resource != WITHOUT_RESOURCE:
        said += f" on {request.resource.split(':', 4)[-1]}"
    if request.context:
        said += " with " + ", ".join(f"{key}={value}" for key, value in request.context.items())
    if without:
        said += f" without {without}"
    return said if len(said) <= MAX_CHARACTERS else said[: MAX_CHARACTERS - 1] + "…"
