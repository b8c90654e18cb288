"""The demo team, made through services only, so that it is a smoke test too."""
