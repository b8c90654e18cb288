"""The command: arguments in, a report and an exit code out.

`manage.py lint` and `python -m policystudio.linting` are the same; the second needs few packages and no framework.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from policystudio.catalog import Catalogue, load
from policystudio.linting import configuration
from policystudio.linting.configuration import FILE_NAME, Configuration, ConfigurationError
from policystudio.linting.files import Files
from policystudio.linting.globs import fits
from policystudio.linting.judging import Judge
from policystudio.linting.places import shown_path
from policystudio.linting.report import Judged, Tally, all_formats
from policystudio.ram.finding import Severity
from policystudio.ram.render import Target

HELP = "Judge RAM policy documents in files as the pages and the API do; needs no database."
CLEAN, FOUND, UNUSABLE = 0, 1, 2
_TARGET = re.compile(r"([0-9]{1,20})/([a-z0-9-]{1,40})")


def add_arguments(parser: Any) -> None:
    """Declare the arguments on a parser of `argparse`, or on one that is like it."""
    parser.add_argument(
        "paths",
        nargs="+",
        metavar="PATH",
        help="a file; a folder, in which all *.json files that look like RAM documents are judged; or - for the input",
    )
    parser.add_argument("--format", choices=sorted(all_formats()), default="text", help="default: text")
    parser.add_argument(
        "--config",
        metavar="FILE",
        help=f"severities and suppressions; default: the nearest {FILE_NAME} in this folder or above it, "
        "up to the root of the repository",
    )
    parser.add_argument(
        "--fail-on",
        choices=[str(severity) for severity in Severity],
        default=str(Severity.WARNING),
        help="the least grave severity that makes the exit code 1; default: warning",
    )
    parser.add_argument(
        "--target",
        action="append",
        default=[],
        type=_target,
        metavar="ACCOUNT/REGION",
        help="judge for this target too; may be given several times",
    )
    parser.add_argument(
        "--only-documents",
        action="store_true",
        help="skip named files as well when they are excluded or clearly no RAM documents; for pre-commit hooks",
    )
    parser.add_argument(
        "--stdin-filename",
        default="stdin.json",
        metavar="NAME",
        help="what the input is called in the report",
    )


def run(
    options: dict[str, Any], write: Callable[[str], object], complain: Callable[[str], object], now: datetime
) -> int:
    """Judge what `options` name, write the report as it comes, and return the exit code.

    0: nothing as grave as `--fail-on`; 1: something is; 2: a file or the configuration could not be read, or a folder
    holds nothing to judge.
    """
    try:
        own = _configuration(options["config"])
    except ConfigurationError as error:
        for line, problem in error.problems:
            complain(f"{shown_path(str(error.path))}:{line}: {problem}\n")
        return UNUSABLE
    catalogue = load()
    unknown = [target.region for target in options["target"] if target.region not in catalogue.regions]
    for region in unknown:
        complain(f"--target: there is no region {region}\n")
    if unknown:
        return UNUSABLE
    report, tally = all_formats()[options["format"]], Tally()
    for piece in report.write(_judged(options, own, catalogue, now, tally, complain), tally):
        write(piece)
    if not report.has_summary:
        complain(f"{tally.summary()}\n")
    if tally.unreadable:
        return UNUSABLE
    return FOUND if tally.reaches(Severity(options["fail_on"])) else CLEAN


def _judged(
    options: dict[str, Any],
    own: Configuration,
    catalogue: Catalogue,
    now: datetime,
    tally: Tally,
    complain: Callable[[str], object],
) -> Iterator[Judged]:
    """All files of the run, and the configuration itself last when its suppressions ask for something."""
    judge = Judge(own, catalogue, tuple(options["target"]), now)
    files = Files(
        options["paths"],
        stdin=sys.stdin.buffer,
        stdin_name=options["stdin_filename"],
        is_excluded=lambda path: any(fits(pattern, judge.relative(path)) for pattern in own.exclude),
        only_documents=options["only_documents"],
        warn=lambda path, message: complain(f"{shown_path(path)}: warning: {message}\n"),
    )
    is_complete = any(folder == own.root or folder in own.root.parents for folder in files.folders)
    for file in files:
        judged = judge.judge(file)
        tally.add(judged)
        tally.skipped = files.skipped
        yield judged
    tally.skipped = files.skipped
    notices = judge.notices(is_complete)
    if notices is not None:
        tally.add(notices)
        tally.files -= 1  # it is no document
        yield notices


def _configuration(named: str | None) -> Configuration:
    """Raises: ConfigurationError."""
    path = Path(named) if named else configuration.find(Path.cwd())
    return Configuration(Path.cwd()) if path is None else configuration.load(path)


def _target(text: str) -> Target:
    match = _TARGET.fullmatch(text)
    if match is None:
        raise argparse.ArgumentTypeError(
            f"{text!r} is not ACCOUNT/REGION, such as 1234567890123456/cn-hangzhou"
        )
    return Target(*match.groups())


def quietly(work: Callable[[], int]) -> int:
    """`work`, ending without a word when whoever reads the report stops reading."""
    try:
        status = work()
        sys.stdout.flush()
    except BrokenPipeError:
        # What is still in the buffer has nowhere to go; without this the interpreter would complain at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return UNUSABLE
    return status
