"""Reviews, decisions, comments, releases, and what is exported now.

Start at `digest.py` (what an approval is bound to), then `standing.py` (where a review stands) and
`services/release.py`.
"""
