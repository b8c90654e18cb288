"""A name for a test that nobody has named yet, from what it asks. Names are kept with the test, so they are English."""

from __future__ import annotations

from policystudio.analysis.access.filling import UNFILLED
from policystudio.analysis.request import Request
from policystudio.analysis.testing.expectation import Expectation
from policystudio.ram.canonical import sha256

MAX_CHARACTERS = 100
_MARK = 8


def name_of(request: Request, expectation: Expectation, *, without: str = "") -> str:
    """Such as `may kms:Decrypt on key/key-1 with acs:SourceIp=10.0.0.1`; `without` is a key that the request lacks.

    Two requests have two names: of a long one the end gives way to a mark of the whole.
    """
    verb = "may" if expectation is Expectation.ALLOW else "may not"
    said = f"{verb} {request.action}"
    fields = request.resource.split(":", 4)
    if len(fields) == 5:
        said += f" on {fields[4]}"
        said += "" if fields[2] == UNFILLED.regions[0] else f" in region {fields[2] or 'none'}"
        said += "" if fields[3] == UNFILLED.account else f" of account {fields[3] or 'none'}"
        said += "" if fields[1] == "kms" else f" of {fields[1]}"
    if request.context:
        said += " with " + ", ".join(f"{key}={value}" for key, value in request.context.items())
    if without:
        said += f" without {without}"
    if len(said) <= MAX_CHARACTERS:
        return said
    return f"{said[: MAX_CHARACTERS - _MARK - 2]}… {sha256(said)[:_MARK]}"
