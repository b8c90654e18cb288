"""Settings for the commands that need no database: nothing here asks the environment for anything.

With them `manage.py lint` and `manage.py catalog_check` work in a fresh clone and in a pipeline that has no secrets.
"""

INSTALLED_APPS = ["policystudio.cli"]
USE_TZ = True
USE_I18N = False
