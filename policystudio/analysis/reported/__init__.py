"""Reads what people paste about a call (a refusal, a decoded diagnostic, trail events) into requests.

Nothing is asked of the cloud and nothing is decided: a text comes in, and out comes what was understood of it, with
places, and the pieces that were not. Start reading in `reading.py`, then `pieces.py` (where JSON begins and ends),
`records.py` and `events.py` (what an object says), `messages.py` (what a sentence says).

Source: RAM, DecodeDiagnosticMessage; RAM, troubleshoot access denied errors; ActionTrail, structure of events and
the sample events of KMS; KMS, public error codes; messages as the SDKs print them. What was seen nowhere is marked
`Unconfirmed:` in the module that reads it.
"""

from policystudio.analysis.reported.model import Kind, Left, Limits, Matched, Note, Read, Reported
from policystudio.analysis.reported.reading import read_reported

__all__ = ["Kind", "Left", "Limits", "Matched", "Note", "Read", "Reported", "read_reported"]
