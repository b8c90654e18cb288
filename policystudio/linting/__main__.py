"""Runs the command without a framework: `python -m policystudio.linting PATH…`."""

from __future__ import annotations

import argparse
import io
import sys
from datetime import UTC, datetime

from policystudio.linting.command import HELP, add_arguments, quietly, run


def main() -> int:
    """The exit code of a run with the arguments of the command line."""
    parser = argparse.ArgumentParser("policystudio.linting", description=HELP)
    add_arguments(parser)
    options = vars(parser.parse_args())
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    return quietly(lambda: run(options, sys.stdout.write, sys.stderr.write, datetime.now(UTC)))


if __name__ == "__main__":
    sys.exit(main())
