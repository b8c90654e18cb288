"""What templates load: `shell` (the frame), `pieces` (components), `texts` (documents shown to people)."""
