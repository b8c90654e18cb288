"""Adds and removes cases, one verb for each file."""
