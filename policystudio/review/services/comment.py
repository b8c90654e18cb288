"""Says something about a revision under review, or answers what was said."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from policystudio.audit.services.record import record
from policystudio.errors import InvalidInput, Problem
from policystudio.policies.models import Revision
from policystudio.policies.services.writing import MAX_MESSAGE
from policystudio.ram.locate import value_at
from policystudio.ram.reader import read
from policystudio.review.models import Comment, Review
from policystudio.review.selectors import review_get
from policystudio.teams.permissions import Act, require
from policystudio.teams.texts import refuse, text_problems
from policystudio.teams.viewer import Viewer


@transaction.atomic
def comment(
    *,
    by: Viewer,
    review: Review,
    body: str,
    path: str | None = None,
    line: int | None = None,
    revision: int | None = None,
    parent: int | None = None,
) -> Comment:
    """The comment, at `path`, a JSON Pointer into the source, or at `line`, counted from 1; `revision` is the newest if
    None.

    `parent` is the primary key of the comment that begins the thread; an answer stands where its thread stands.
    Decision: a finished review may still be commented on. Raises: NotAllowed; NotFound; InvalidInput.
    """
    require(by, Act.COMMENT)
    review = review_get(by, review.pk)
    problems = list(text_problems(body, "/body", max_characters=MAX_MESSAGE, required=True))
    if path is not None:
        problems += text_problems(path, "/path", max_characters=2000)
        if isinstance(path, str) and path and not path.startswith("/"):
            problems.append(Problem("/path", "must be a JSON Pointer such as /Statement/0", "bad-pointer"))
    refuse(problems)
    number = revision if revision is not None else (review.final_revision or review.policy.newest_number)
    if parent is not None:
        thread = Comment.objects.filter(pk=parent, review=review, parent=None).first()
        if thread is None:
            raise InvalidInput(
                [Problem("/parent", "there is no such thread in this review", "unknown-comment")]
            )
        number, path, line = thread.revision_number, thread.path, thread.line
    else:
        _refuse_place(review, number, path, line)
    made = Comment.objects.create(
        review=review,
        parent_id=parent,
        author_id=by.actor_id,
        author_name=by.actor_name,
        body=body,
        revision_number=number,
        path=path,
        line=line,
        created_at=timezone.now(),
    )
    touch(review)
    record(by, "review.commented", on=made, data={"review": review.pk, "revision": number, "parent": parent})
    return made


def touch(review: Review) -> None:
    """Move the review's version on, as its readers see the change."""
    Review.objects.filter(pk=review.pk).update(version=F("version") + 1)


def _refuse_place(review: Review, number: int, path: str | None, line: int | None) -> None:
    found = Revision.objects.filter(policy_id=review.policy_id, number=number).first()
    if found is None:
        raise InvalidInput([Problem("/revision", "the policy has no such revision", "unknown-revision")])
    if path is not None and line is not None:
        raise InvalidInput([Problem("/line", "send either a path or a line, not both", "ambiguous")])
    if path is not None and value_at(read(found.source).value, path) is None:
        raise InvalidInput([Problem("/path", f"points at nothing in revision {number}", "unknown-place")])
    lines = found.source.count("\n")
    if line is not None and (isinstance(line, bool) or not 1 <= line <= lines):
        raise InvalidInput([Problem("/line", f"must be from 1 to {lines}", "out-of-range")])
