"""The tests; they mirror `policystudio/`, folder by folder."""
