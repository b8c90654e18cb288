"""What may be done with a guardrail and its exceptions, one verb per file."""
