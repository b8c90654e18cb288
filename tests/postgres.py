"""Runs a command with DATABASE_URL set to a PostgreSQL server that exists only meanwhile.

    python tests/postgres.py pytest -m db

The server lies in a temporary folder, listens on a free port of 127.0.0.1, and is removed afterwards. As root it runs
as the user `postgres`, because the server refuses to be root.
"""

import os
import pwd
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

OWNER = "postgres"
# Nothing here outlives the tests, so that waiting for the disk would prove nothing; synchronous_commit stays on.
QUICK = "-c fsync=off -c full_page_writes=off -c max_connections=100"


def programs() -> Path:
    """The folder of the newest PostgreSQL's programs; ends the process when there is none."""
    on_path = shutil.which("initdb")
    if on_path:
        return Path(on_path).resolve().parent
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if not installed:
        sys.exit("no PostgreSQL found; install it (Debian: apt-get install postgresql)")
    return installed[-1].parent


def free_port() -> int:
    """A port of 127.0.0.1 that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def as_owner(*command: str) -> None:
    """Run a command as somebody who may run the server, quietly unless it fails."""
    prefix = ("runuser", "-u", OWNER, "--") if os.geteuid() == 0 else ()
    done = subprocess.run([*prefix, *command], cwd="/", capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{' '.join(command)} failed:\n{done.stdout}{done.stderr}")


@contextmanager
def server() -> Iterator[str]:
    """Yield the DATABASE_URL of a new, empty server."""
    folder = Path(tempfile.mkdtemp(prefix="policystudio-postgres-"))
    binaries, port, password = programs(), free_port(), secrets.token_hex(16)
    data, password_file = folder / "data", folder / "password"
    control = (str(binaries / "pg_ctl"), "-D", str(data), "-w", "-t", "60")
    password_file.write_text(password, encoding="ascii")
    password_file.chmod(0o600)
    if os.geteuid() == 0:
        owner = pwd.getpwnam(OWNER)
        for path in (folder, password_file):
            os.chown(path, owner.pw_uid, owner.pw_gid)
    initdb = (str(binaries / "initdb"), "-D", str(data), "-U", OWNER, "-E", "UTF8", "--locale=C.UTF-8")
    try:
        as_owner(*initdb, "--auth=scram-sha-256", f"--pwfile={password_file}", "--no-sync")
        listen = f"-c listen_addresses=127.0.0.1 -c unix_socket_directories={folder} -p {port} {QUICK}"
        as_owner(*control, "-l", str(folder / "log"), "-o", listen, "start")
        try:
            yield f"postgres://{OWNER}:{password}@127.0.0.1:{port}/postgres"
        finally:
            as_owner(*control, "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def main() -> None:
    """Run the command, and end with its exit code."""
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    with server() as url:
        code = subprocess.run(sys.argv[1:], env={**os.environ, "DATABASE_URL": url}, check=False).returncode
    sys.exit(code)


if __name__ == "__main__":
    main()
