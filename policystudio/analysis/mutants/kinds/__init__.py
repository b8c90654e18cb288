"""The kinds of small edits, one file each; every one is a mistake that somebody could make, or a hole left open."""
