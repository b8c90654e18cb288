"""What the page of a review shows, worked out from what selectors and pure functions answer; start with `change.py`."""
