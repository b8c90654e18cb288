"""Settings of the tests: those of development, with a throw-away key, quick password hashes, an own database.

DATABASE_URL chooses the server; without it, SQLite in a file (in memory, threads could not race each other).
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

os.environ["POLICYSTUDIO_ENV_FILE"] = ""
os.environ["POLICYSTUDIO_MODE"] = "development"
os.environ["SECRET_KEY"] = "only-for-tests-and-never-anywhere-else"
os.environ["ALLOWED_HOSTS"] = "testserver,127.0.0.1,localhost"
os.environ["LOG_LEVEL"] = os.environ.get("LOG_LEVEL", "WARNING")
for name in ("DEBUG", "PROXY_COUNT", "SECURE_SSL_REDIRECT", "DEMO_PASSWORD"):
    os.environ.pop(name, None)

from policystudio.settings import *  # noqa: E402, F403
from policystudio.settings import DATABASES  # noqa: E402

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # In memory-backed storage where there is some: the tests are about our transactions and not about the disk.
    shared_memory = Path("/dev/shm")
    parent = shared_memory if os.access(shared_memory, os.W_OK) else None
    folder = Path(tempfile.mkdtemp(prefix="policystudio-tests-", dir=parent))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    DATABASES["default"]["NAME"] = str(folder / "never-used.sqlite3")
    DATABASES["default"]["TEST"] = {"NAME": str(folder / "tests.sqlite3")}
else:
    # Two runs against one server do not meet.
    DATABASES["default"]["TEST"] = {"NAME": f"test_policystudio_{os.getpid()}"}
    DATABASES["default"]["CONN_MAX_AGE"] = 0
