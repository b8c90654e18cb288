"""Commands of manage.py: a shell that translates between arguments and services; it decides nothing."""
