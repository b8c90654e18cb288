"""Runs the benches and prints their table."""

from __future__ import annotations

import importlib
import os
import pkgutil
import platform
import sys

import django

import tests.bench as package

HEADER = ("what", "product", "floor or peer", "ratio", "aim")
NOT_BENCHES = {"__main__", "cedar", "measure", "peer"}


def main(names: list[str]) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    from django.test.runner import DiscoverRunner
    from django.test.utils import setup_test_environment

    setup_test_environment()
    runner = DiscoverRunner(verbosity=0, interactive=False)
    databases = runner.setup_databases()
    benches = sorted({m.name for m in pkgutil.iter_modules(package.__path__)} - NOT_BENCHES)
    unknown = set(names) - set(benches)
    if unknown:
        print(f"no such bench: {', '.join(sorted(unknown))}; there are {', '.join(benches)}", file=sys.stderr)
        return 2
    try:
        print(f"Python {platform.python_version()}, {os.cpu_count()} cores\n")
        print("| " + " | ".join(HEADER) + " |\n" + "| --- " * len(HEADER) + "|")
        for name in names or benches:
            for row in importlib.import_module(f"tests.bench.{name}").rows():
                print(f"| {row.what} | {row.product} | {row.floor} | {row.ratio} | {row.aim} |", flush=True)
    finally:
        runner.teardown_databases(databases)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
