#!/usr/bin/env python
"""The command line of the project: `.venv/bin/python manage.py help` lists what it can do."""

import os
import sys

from django.core.management import execute_from_command_line

from policystudio.cli.judging import ending_with_failed

# They promise to work without a database and without a single setting, whatever the environment holds.
WITHOUT_SETTINGS = {"lint", "catalog_check", "derive"}
# Their exit codes are answers, with which no fault may be mistaken.
JUDGING = {"compare", "simulate", "derive"}

if __name__ == "__main__":
    if sys.argv[1:2] and sys.argv[1] in WITHOUT_SETTINGS:
        os.environ["DJANGO_SETTINGS_MODULE"] = "policystudio.cli.bare_settings"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "policystudio.settings")
    if sys.argv[1:2] and sys.argv[1] in JUDGING:
        with ending_with_failed(sys.argv):
            execute_from_command_line(sys.argv)
    else:
        execute_from_command_line(sys.argv)
