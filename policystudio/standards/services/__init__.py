"""What may be changed in a team's standards, one verb per file."""
