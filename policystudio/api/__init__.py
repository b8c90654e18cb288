"""The REST API: a shell that translates between JSON over HTTP and services; it decides nothing."""
