"""Reviews, decisions, comments and releases."""
