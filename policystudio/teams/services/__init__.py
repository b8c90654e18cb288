"""What changes teams, members and tokens, one verb a file."""
