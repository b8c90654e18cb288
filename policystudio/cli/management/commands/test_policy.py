"""Runs a file of tests on documents; exit code 0 all hold, 1 some fail or are too few, 2 it cannot be told, 3 error."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from typing import Any

from django.core.management.base import CommandError, CommandParser

from policystudio.analysis.access.filling import is_fillable
from policystudio.analysis.mutants.scoring import Score, score
from policystudio.analysis.testing.expectation import Verdict
from policystudio.analysis.testing.files import as_json, read_tests
from policystudio.analysis.testing.running import Result, run
from policystudio.analysis.testing.spots import NOWHERE, Spot, spots_of
from policystudio.catalog import load
from policystudio.cli.documents import FAILED, STANDARD_INPUT, documents_in, shown_name, text_in
from policystudio.cli.judging import JudgingCommand
from policystudio.ram.render import Target

HELP = """Run the tests of a file on each document and say which do not hold, and with --mutants how good they are.
Exit codes: 0 all hold, 1 some fail or the score is too low, 2 that cannot be told, 3 error."""
MAX_NAMED = 5


class Command(JudgingCommand):
    help = HELP

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("documents", nargs="+", metavar="DOCUMENT", help="files, `-` is standard input")
        parser.add_argument("--tests", required=True, metavar="FILE", help="as a policy's page exports it")
        parser.add_argument("--account", metavar="ID", help="what `${account}` becomes")
        parser.add_argument(
            "--region",
            metavar="REGION",
            action="append",
            default=[],
            help="what `${region}` becomes; may be given again",
        )
        parser.add_argument("--mutants", action="store_true", help="count small changes that no test notices")
        parser.add_argument(
            "--min-score", type=int, metavar="N", help="percent of these that must be noticed"
        )
        parser.add_argument("--format", choices=("text", "json"), default="text")

    def handle(self, *args: Any, **options: Any) -> None:
        names, least = options["documents"], options["min_score"]
        if [*names, options["tests"]].count(STANDARD_INPUT) > 1:
            raise CommandError("standard input can be read once; give `-` once", returncode=FAILED)
        if least is not None and not 0 <= least <= 100:
            raise CommandError("--min-score is a number from 0 to 100", returncode=FAILED)
        file = read_tests(text_in(options["tests"]))
        if file.faults:
            where = shown_name(options["tests"])
            lines = (f"{where}:{f.line}:{f.column}: {f.detail} [{f.code}]" for f in file.faults)
            raise CommandError("\n".join(lines), returncode=FAILED)
        spots, tests = self.spots(options), [each.test for each in file.tests]
        answers, statuses = [], set()
        for name, document in zip(names, documents_in(names), strict=True):
            if not is_fillable(document):
                detail = "a placeholder is unknown or out of place; `lint` says which"
                raise CommandError(f"{shown_name(name)}: {detail}", returncode=FAILED)
            results = run(document, spots, tests)
            scored = (
                score(document, spots, tests, catalogue=load())
                if options["mutants"] or least is not None
                else None
            )
            statuses.add(status_of(results, scored, least))
            if options["format"] == "json":
                answers.append({"document": shown_name(name), **shown(results, scored)})
            else:
                for line in as_text(shown_name(name), results, scored):
                    self.stdout.write(line)
        if options["format"] == "json":
            self.stdout.write(json.dumps({"documents": answers}, ensure_ascii=False, indent=2))
        # What fails is certain, whatever else cannot be told.
        status = next((each for each in (1, 2) if each in statuses), 0)
        if status:
            sys.exit(status)

    def spots(self, options: Any) -> list[Spot]:
        """The targets that were given; without any the placeholders are asked as they stand."""
        account, regions = options["account"], options["region"]
        if bool(account) != bool(regions):
            raise CommandError("give both --account and --region, or neither", returncode=FAILED)
        return spots_of((Target(account, region), region) for region in dict.fromkeys(regions))


def status_of(results: Sequence[Result], scored: Score | None, least: int | None) -> int:
    """0, 1 or 2. A test that no target asks cannot be told, and neither can a score that was not counted to its end."""
    verdicts = {result.verdict for result in results}
    if Verdict.FAILS in verdicts:
        return 1
    if scored is not None and least is not None:
        if scored.left:
            return 2
        if (scored.percent if scored.percent is not None else 100) < least:
            return 1
        # Were all that cannot be told to change something, none of them would be noticed.
        counted = scored.counted + len(scored.unknown)
        if counted and 100 * len(scored.killed) // counted < least:
            return 2
    return 2 if verdicts & {Verdict.UNKNOWN, Verdict.NOT_ASKED} else 0


def shown(results: Sequence[Result], scored: Score | None) -> dict[str, Any]:
    """One document as JSON."""
    return {
        "tests": [
            {
                "name": result.test.name,
                "expectation": str(result.test.expectation),
                "verdict": str(result.verdict),
                "not_holding": [
                    {**_place(each.target), "decision": str(each.decision)} for each in result.failing
                ],
            }
            for result in results
        ],
        "score": None if scored is None else _score(scored),
    }


def _score(scored: Score) -> dict[str, Any]:
    return {
        "percent": scored.percent,
        "killed": len(scored.killed),
        "survived": len(scored.survivors),
        "equal": len(scored.equal),
        "unknown": len(scored.unknown),
        "left": scored.left,
        "survivors": [
            {
                "code": each.mutant.code,
                "path": each.mutant.pointer,
                "change": each.mutant.said,
                "widens": each.widens,
                "test": None if each.test is None else as_json(each.test),
            }
            for each in scored.survivors
        ],
    }


def as_text(name: str, results: Sequence[Result], scored: Score | None) -> Iterator[str]:
    """One document as lines for people: what does not hold, then a sum."""
    for result in results:
        if result.verdict is Verdict.NOT_ASKED:
            yield f"{name}: asked nowhere: {result.test.name}"
        elif result.verdict is not Verdict.HOLDS:
            word = "fails" if result.verdict is Verdict.FAILS else "cannot be told"
            where = ", ".join(
                f"{_said(each.target)} ({each.decision})" for each in result.failing[:MAX_NAMED]
            )
            more = f" and {len(result.failing) - MAX_NAMED} more" if len(result.failing) > MAX_NAMED else ""
            yield f"{name}: {word}: {result.test.name}: must be {result.test.expectation} in {where}{more}"
    held = sum(result.verdict is Verdict.HOLDS for result in results)
    yield f"{name}: {held} of {len(results)} tests hold"
    if scored is None:
        return
    for each in scored.survivors:
        effect = "allows more" if each.widens else "allows less"
        yield f"{name}: no test notices: {each.mutant.said} ({effect}) {each.mutant.pointer}"
        if each.test is not None:
            yield f"    {json.dumps(as_json(each.test), ensure_ascii=False)}"
    percent = "nothing to count" if scored.percent is None else f"{scored.percent} %"
    apart = [("equal", len(scored.equal)), ("unknown", len(scored.unknown)), ("not looked at", scored.left)]
    rest = "".join(f", {count} {what}" for what, count in apart if count)
    yield f"{name}: score {percent}: {len(scored.killed)} of {scored.counted} changes noticed{rest}"


def _place(target: Target) -> dict[str, str | None]:
    is_somewhere = target != NOWHERE
    return {
        "account": target.account if is_somewhere else None,
        "region": target.region if is_somewhere else None,
    }


def _said(target: Target) -> str:
    return "any target" if target == NOWHERE else f"{target.account} {target.region}"
