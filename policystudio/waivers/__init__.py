"""Findings that a team lives with: who asked, why, until when, for which place, and who agreed.

Start at `models.py`; what a waiver does to findings is in `weighing.py`, and what it does to a review in `review/`.
"""
