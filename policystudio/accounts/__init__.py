"""Alibaba Cloud accounts of a team: number, name, environment, enabled regions, required approvals.

A person is a user or member, never an account. Start at `models.py`.
"""
