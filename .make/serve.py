"""Starts Policy Studio for development: settings of this machine, database, demo data, then the server.

What is there already is kept. Production does none of this: see `make build` and the README.
"""

import os
import secrets
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ENV_FILE = ROOT / "var" / "env"


def write_env_file() -> None:
    """Write var/env once: the mode, a key of this machine, and the password of the demo users."""
    if ENV_FILE.exists():
        return
    ENV_FILE.parent.mkdir(exist_ok=True)
    password = os.environ.get("DEMO_PASSWORD") or secrets.token_urlsafe(12)
    lines = (
        "# Written by `make run`; a variable of the environment wins over a line here.",
        "POLICYSTUDIO_MODE=development",
        f"SECRET_KEY={secrets.token_urlsafe(64)}",
        f"DEMO_PASSWORD={password}",
    )
    descriptor = os.open(ENV_FILE, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")


def main() -> None:
    """Prepare, say where it is and how to log in, and become the server."""
    os.chdir(ROOT)
    sys.path.insert(0, str(ROOT))
    write_env_file()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "policystudio.settings")

    # Django is imported only now, because the settings read the file that was just written.
    import django
    from django.conf import settings
    from django.core.management import call_command

    django.setup()
    if settings.IS_PRODUCTION:
        sys.exit("`make run` is for development; for production use `make build` and an application server.")
    call_command("migrate", verbosity=0, interactive=False)
    call_command("demo", verbosity=0)

    port = os.environ.get("PORT") or "8000"
    print(
        f"\n  Policy Studio   http://127.0.0.1:{port}\n"
        "  Log in as       admin, viewer, author, author2, reviewer, reviewer2, or stranger (another team)\n"
        f"  Password        {settings.DEMO_PASSWORD}\n"
        "  Stop            Ctrl+C\n",
        flush=True,
    )
    gunicorn = str(Path(sys.executable).parent / "gunicorn")
    options = (
        f"--bind 127.0.0.1:{port} -k gthread -w 2 --threads 8 --limit-request-line 8190 --log-level warning"
    )
    os.execv(gunicorn, [gunicorn, "policystudio.wsgi", *options.split()])


if __name__ == "__main__":
    main()
