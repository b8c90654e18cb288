"""Diagnosing refusals, and repairing documents by single changes."""
