"""The pages: a shell that translates between forms and services; it decides nothing."""
