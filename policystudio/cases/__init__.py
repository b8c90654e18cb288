"""Saved questions with the answer that is expected, for one policy or for every policy of a team.

What the documents really answer is asked by the shells, which know revisions and targets. Start in `models.py`.
"""
