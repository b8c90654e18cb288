"""The trail: who did what, when, to which object; append-only, each event holding the hash of the one before.

It keeps identifiers and names, no foreign keys: a trail outlives what it speaks of. Start at `services/record.py`;
`verify.py` finds out whether anybody touched it. What is worth an event is decided by the services of other apps.
"""
