"""Tests of policies: saved questions with the answer that is expected, for one policy or for every policy of a team.

Start in `models.py`, then `blocking.py`: what of them stands in the way of a release. What a test means is known to
`analysis/testing`; which revisions and targets there are, to policies and reviews.
"""
