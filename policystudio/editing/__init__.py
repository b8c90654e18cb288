"""Editing a document statement by statement, without Django: what a form can show of it, and single changes to it.

The text is the truth. `view.py` says what of a text a form can show, `apply.py` makes one change; each kind of change
is one file below `operations/`. Whether a document is wise is left to `validation`, how it looks to `web`.
"""
