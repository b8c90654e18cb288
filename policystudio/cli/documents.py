"""Documents that a command is asked about: files, standard input, or what is stored for a policy's target."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser

from policystudio.analysis.given import read_given
from policystudio.ram.canonical import sha256
from policystudio.ram.document import Document
from policystudio.ram.finding import Severity
from policystudio.ram.parse import parse
from policystudio.ram.reader import DOCUMENT_LIMITS
from policystudio.ram.render import RegionMode, RenderError, Target, render_for

FAILED = 3
"""Exit code where there is nothing to judge: a file that cannot be read, or that holds no document."""
STANDARD_INPUT = "-"


def add_stored_arguments(parser: CommandParser) -> None:
    """The options that name a stored document."""
    stored = parser.add_argument_group("a stored document")
    stored.add_argument("--policy", metavar="NAME", help="what is released for this policy and target")
    stored.add_argument("--account", metavar="ID", help="the account of the target")
    stored.add_argument("--region", metavar="REGION", help="the region of the target")
    stored.add_argument("--revision", metavar="N", type=int, help="this revision, released or not")
    stored.add_argument("--team", metavar="SLUG", help="needed where several teams have such a policy")


def documents_in(names: Sequence[str]) -> list[Document]:
    """The documents in files, `-` being standard input. Raises: CommandError with every fault and its place."""
    if list(names).count(STANDARD_INPUT) > 1:
        raise CommandError("standard input can be read once; give `-` once", returncode=FAILED)
    return [_document(text_in(name), shown_name(name)) for name in names]


def shown_name(name: str) -> str:
    """How a file is called in what is said about it."""
    return "<stdin>" if name == STANDARD_INPUT else name


def stored_documents(options: Mapping[str, Any]) -> list[Document]:
    """The stored document that the options name, or none. Raises: CommandError where there is no such document."""
    place = [f"--{name}" for name in ("account", "region") if not options[name]]
    if not options["policy"]:
        if len(place) < 2 or options["revision"] is not None:
            raise CommandError("say which policy with --policy", returncode=FAILED)
        return []
    if place:
        raise CommandError(f"a stored document has a target; give {' and '.join(place)}", returncode=FAILED)
    return [_document(_stored_text(options), options["policy"])]


def _stored_text(options: Mapping[str, Any]) -> str:
    # The models need a database; files can be judged without one.
    from policystudio.policies.models import Policy, Revision
    from policystudio.policies.selectors import targets_of
    from policystudio.review.models import Current

    name, number = options["policy"], options["revision"]
    policies = Policy.objects.filter(name=name)
    if options["team"]:
        policies = policies.filter(team__slug=options["team"])
    found = list(policies.order_by("pk")[:2])
    if len(found) != 1:
        advice = "several teams have it; say which with --team" if found else "the name is spelt exactly"
        raise CommandError(f"there is no one policy {name}: {advice}", returncode=FAILED)
    target = Target(options["account"], options["region"])
    if number is None:
        place = {"account": target.account, "region": target.region}
        current = Current.objects.filter(policy=found[0], **place).select_related("document").first()
        if current is None:
            detail = f"{name} is not released for {target.account} and {target.region}; see --revision"
            raise CommandError(detail, returncode=FAILED)
        if sha256(current.document.text) != current.document.sha256:
            detail = f"{name}: the stored document is not what was released; see `manage.py audit_verify`"
            raise CommandError(detail, returncode=FAILED)
        return current.document.text
    revision = Revision.objects.filter(policy=found[0], number=number).first()
    if revision is None:
        raise CommandError(f"{name} has no revision {number}", returncode=FAILED)
    source = parse(revision.source).document
    if source is None:
        raise CommandError(
            f"revision {number} of {name} has faults and cannot be rendered", returncode=FAILED
        )
    mode = RegionMode(found[0].region_mode)
    # The regions of one account share a document in the combined mode; no other target has a part in this one.
    is_shared = mode is RegionMode.COMBINED
    shared = [each for each in targets_of(found[0]) if is_shared and each.account == target.account]
    try:
        rendered = render_for(source, [*shared, target], mode, name)
    except RenderError as error:
        raise CommandError(f"revision {number} of {name}: {error}", returncode=FAILED) from error
    return next(each.text for each in rendered if each.target == target)


def text_in(name: str, *, max_bytes: int = DOCUMENT_LIMITS.max_bytes) -> str:
    """The text of a file, `-` being standard input. Raises: CommandError where there is none."""
    try:
        return bytes_in(name, max_bytes=max_bytes).decode("utf-8")
    except UnicodeDecodeError as error:
        detail = f"{name}: byte {error.start} is not UTF-8; save the text as UTF-8"
        raise CommandError(detail, returncode=FAILED) from error


def bytes_in(name: str, *, max_bytes: int) -> bytes:
    """What is in a file, `-` being standard input. Raises: CommandError where it cannot be read or is too long."""
    try:
        if name == STANDARD_INPUT:
            data = sys.stdin.buffer.read(max_bytes + 1)
        else:
            with Path(name).open("rb") as file:
                data = file.read(max_bytes + 1)
        if len(data) > max_bytes:
            detail = f"{shown_name(name)}: over {max_bytes // 1024} KiB, the most that is read"
            raise CommandError(detail, returncode=FAILED)
        return data
    except OSError as error:
        raise CommandError(f"{name}: cannot be read: {error.strerror}", returncode=FAILED) from error


def _document(text: str, name: str) -> Document:
    parsed = read_given(text)
    if parsed.document is None:
        lines = [
            f"{name}:{finding.line}:{finding.column}: {finding.message} [{finding.code}]"
            for finding in parsed.findings
            if finding.severity is Severity.ERROR
        ]
        raise CommandError("\n".join(lines), returncode=FAILED)
    return parsed.document
