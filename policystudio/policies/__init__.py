"""Policies, their targets and their revisions."""
