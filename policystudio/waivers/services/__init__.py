"""What may be done with a waiver, one verb per file."""
