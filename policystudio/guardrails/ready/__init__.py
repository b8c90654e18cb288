"""Ready-made guardrails, one file each, with blanks that a team fills in; each defines READY. Discovered.

What such a guardrail is called is its file's name. A new one is a new file, and nothing else is edited.
"""

from __future__ import annotations

from functools import cache

from policystudio.discovery import discover
from policystudio.guardrails.ready._ready import Ready


@cache
def ready_guardrails() -> dict[str, Ready]:
    """Slug → the guardrail, by file name."""
    found = discover(__name__, "READY", Ready)
    return {name.replace("_", "-"): made for name, made in found.items()}
