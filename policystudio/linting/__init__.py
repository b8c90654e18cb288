"""The validator for files: which files are judged, what a project's configuration says, and how findings are written.

Start reading in `command.py`. What is wrong with a document is decided in `validation`; nothing here needs a framework,
a database or a network, so that it runs in a pre-commit hook with few packages.
"""
