"""Compares the catalogue with the operations of the official KMS SDK and prints the difference.

Nothing is imported from the package, and no database is needed. Exit code 0 when both say the same, 1 when they differ,
2 when a package that was asked for cannot be read.
"""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from policystudio.catalog import load
from policystudio.catalog.difference import Difference, difference
from policystudio.catalog.model import Catalogue
from policystudio.catalog.sdk import CURRENT, DISTRIBUTIONS, OLDER, PackageNotRead, SdkPackage, read_package

HOW_TO_GET_IT = (
    f"Get it with `pip download --no-deps {DISTRIBUTIONS[CURRENT]}` and name the wheel with --package, "
    f"or install it with `pip install --no-deps {DISTRIBUTIONS[CURRENT]}`."
)
Compared = list[tuple[SdkPackage, Difference]]


class Command(BaseCommand):
    help = (
        "Compare the catalogue with the operations of the official KMS SDK. "
        "Exit code 0: equal, 1: they differ, 2: a package cannot be read."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--package",
            action="append",
            metavar="PATH|NAME",
            help="a directory, a wheel, or the name of an installed package; may be repeated. "
            f"By default {CURRENT} and, where it is installed, the older {DISTRIBUTIONS[OLDER]}.",
        )
        parser.add_argument("--format", choices=["text", "json"], default="text")

    def handle(self, *args: Any, **options: Any) -> None:
        catalogue = load()
        compared = [
            (package, difference(catalogue, package)) for package in self._packages(options["package"])
        ]
        if options["format"] == "json":
            self.stdout.write(json.dumps(as_json(catalogue, compared), indent=2, ensure_ascii=False))
        else:
            self.stdout.write("\n".join(as_text(catalogue, compared)))
        if any(found for _, found in compared):
            raise CommandError("the catalogue and the SDK differ", returncode=1)

    def _packages(self, wanted: list[str] | None) -> list[SdkPackage]:
        try:
            if wanted:
                return [read_package(where) for where in wanted]
            packages = [read_package(CURRENT)]
        except PackageNotRead as error:
            raise CommandError(f"{error}. {HOW_TO_GET_IT}", returncode=2) from error
        try:
            packages.append(read_package(OLDER))
        except PackageNotRead as error:
            self.stderr.write(f"Not compared with the older SDK: {error}.")
        return packages


def as_json(catalogue: Catalogue, compared: Compared) -> dict[str, Any]:
    """Everything that was found, for programs."""
    packages = [
        {
            "name": package.name,
            "version": package.version,
            "generation": str(package.generation),
            "operations": len(package.operations),
            "missing": list(found.missing),
            "gone": list(found.gone),
            "differing": [{"operation": d.operation, "reason": d.reason} for d in found.differing],
        }
        for package, found in compared
    ]
    return {
        "catalogue": {"compiled_on": catalogue.compiled_on.isoformat(), "api_version": catalogue.api_version},
        "is_equal": not any(found for _, found in compared),
        "packages": packages,
    }


def as_text(catalogue: Catalogue, compared: Compared) -> list[str]:
    """The same as lines for people."""
    lines = [f"Catalogue of {catalogue.compiled_on}, KMS API {catalogue.api_version}"]
    for package, found in compared:
        lines.append(
            f"{package.name} {package.version or '(version unknown)'}: {len(package.operations)} operations"
        )
        lines += [f"  missing in the catalogue: {name}" for name in found.missing]
        lines += [f"  gone from the SDK: {name}" for name in found.gone]
        lines += [f"  differs: {each.operation}: {each.reason}" for each in found.differing]
        if not found:
            lines.append("  no difference")
    return lines
