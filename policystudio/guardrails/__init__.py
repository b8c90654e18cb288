"""Rules of a team that no release may break: "never allow … except …", for all requests, and a few of other kinds.

Start at `definition.py` (what a guardrail says), then `judging.py` (whether a document keeps it), `sharing.py` (one
proof for many targets), `blocking.py` (what stands in the way of a release) and `services/`.
"""
