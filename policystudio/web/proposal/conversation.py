"""The conversation of a review: threads with the place that they were written for, decisions with their text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from policystudio.policies.models import Revision
from policystudio.review.models import Comment
from policystudio.review.standing import Standing, Weighed
from policystudio.web.proposal.places import Place, at_line, at_pointer, moved_line


@dataclass(frozen=True, slots=True)
class Thread:
    """One place and what was said there. `line` is where the place is now, None when it is gone or was never one.

    `is_outdated`: what stood there has changed since; `quote` is what stood there.
    """

    pk: int
    place: str
    quote: str
    revision: int
    line: int | None
    is_outdated: bool
    is_resolved: bool
    resolved_by: str
    comments: tuple[dict[str, Any], ...]
    at: datetime


@dataclass(frozen=True, slots=True)
class Entry:
    """A thread or a decision; the other is None."""

    at: datetime
    thread: Thread | None
    weighed: Weighed | None


def conversation(threads: Iterable[Thread], stands: Standing) -> list[Entry]:
    """Threads and decisions in the order in which they began."""
    entries = [Entry(thread.at, thread, None) for thread in threads]
    entries += [Entry(each.decision.created_at, None, each) for each in stands.decisions]
    return sorted(entries, key=lambda entry: entry.at)


def threads_of(
    comments: Iterable[Comment], history: Mapping[int, Revision], present: Revision
) -> list[Thread]:
    """The threads of a review in order of their first comment."""
    roots: dict[int, list[Comment]] = {}
    for comment in comments:
        roots.setdefault(comment.parent_id or comment.pk, []).append(comment)
    return [_thread(said, history, present) for said in roots.values()]


def _thread(said: list[Comment], history: Mapping[int, Revision], present: Revision) -> Thread:
    root = said[0]
    then = history[root.revision_number].source
    name, before, now = _place(root, then, present.source)
    return Thread(
        pk=root.pk,
        place=name,
        quote=before.text if before else "",
        revision=root.revision_number,
        line=now.line if now else None,
        is_outdated=before is not None and (now is None or now.text != before.text),
        is_resolved=root.resolved_at is not None,
        resolved_by=root.resolved_by.get_username() if root.resolved_by else "",
        comments=tuple({"by": c.author_name, "at": c.created_at, "body": c.body} for c in said),
        at=root.created_at,
    )


def _place(root: Comment, then: str, now: str) -> tuple[str, Place | None, Place | None]:
    """Its name, and what stands there in the text of then and of now."""
    if root.line is not None:
        moved = moved_line(then, now, root.line)
        name = _("line %(line)d of revision %(n)d") % {"line": root.line, "n": root.revision_number}
        return name, at_line(then, root.line), at_line(now, moved) if moved else None
    if root.path:
        return root.path, at_pointer(then, root.path), at_pointer(now, root.path)
    return _("the proposal as a whole"), None, None


def threads_by_line(threads: Iterable[Thread]) -> dict[int, list[Thread]]:
    """Line of the present text → the threads that stand there."""
    found: dict[int, list[Thread]] = {}
    for thread in threads:
        if thread.line is not None:
            found.setdefault(thread.line, []).append(thread)
    return found
