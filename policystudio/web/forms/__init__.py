"""Parameters of builders as form fields, and the fields that every policy has; no rules of its own.

Start reading at `kind.py` (how a kind of parameter is drawn and read back), then `builder_form.py` (a whole form). What
is valid is decided by builders and services, whose problems are only put where they belong.
"""
