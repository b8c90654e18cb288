"""What the page "Access denied" shows: what was understood, which policies are near, and the change as a draft."""
