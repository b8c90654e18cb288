"""Reading pasted texts into requests."""
