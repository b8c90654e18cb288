"""Policies, their targets and their revisions; what is proposed, decided and released lives in `review`.

A policy is written once and rendered for every target. Start at `models.py`, then `services/revise.py`.
"""
