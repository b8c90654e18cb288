"""`/reviews/{id}/comments/` and `/comments/{id}/`: threads at a statement or line of what is proposed."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.urls import path, reverse
from rest_framework.request import Request

from policystudio.access import Access
from policystudio.api.answers import timestamp
from policystudio.api.endpoint import Endpoint
from policystudio.api.fields import Flag, Integer, Text
from policystudio.api.operation import Operation
from policystudio.api.pagination import Order
from policystudio.api.shapes import ID, MOMENT, NULL_MOMENT, USERNAME
from policystudio.api.structures import Null, Shape
from policystudio.review.models import Comment
from policystudio.review.selectors import comment_get, comments, review_get
from policystudio.review.services.comment import comment
from policystudio.review.services.resolve import resolve
from policystudio.teams.permissions import Act

PLACE = {
    "path": Null(
        of=Text(max_characters=2000, is_judged_elsewhere=True), about="JSON Pointer into the source."
    ),
    "line": Null(of=Integer(minimum=1, maximum=1_000_000), about="Line of the canonical source."),
    "parent": Null(of=Integer(minimum=1, maximum=10**18 - 1), about="The comment that begins the thread."),
}
SHOWN = Shape(
    name="Comment",
    required={
        "id": ID,
        "review": ID,
        "author": USERNAME,
        "body": Text(),
        "revision": ID,
        "path": Null(of=Text(about="JSON Pointer into the source.")),
        "line": Null(of=ID),
        "parent": Null(of=ID),
        "created_at": MOMENT,
        "resolved": Flag(),
        "resolved_at": NULL_MOMENT,
        "resolved_by": Null(of=USERNAME),
    },
)
NEW = Shape(
    name="CommentNew",
    required={"body": Text(min_characters=1, max_characters=10_000, is_judged_elsewhere=True)},
    optional={
        **PLACE,
        "revision": Null(of=Integer(minimum=1, maximum=2**31 - 1), about="The newest if left out."),
    },
    read_only=("id", "review", "author", "created_at", "resolved", "resolved_at", "resolved_by"),
)
RESOLUTION = Shape(
    name="Resolution", optional={"resolved": Flag(about="false opens the thread again.", default=True)}
)


def show_comment(one: Comment) -> dict[str, Any]:
    return {
        "id": one.pk,
        "review": one.review_id,
        "author": one.author_name,
        "body": one.body,
        "revision": one.revision_number,
        "path": one.path,
        "line": one.line,
        "parent": one.parent_id,
        "created_at": timestamp(one.created_at),
        "resolved": one.resolved_at is not None,
        "resolved_at": timestamp(one.resolved_at),
        "resolved_by": None if one.resolved_by is None else one.resolved_by.get_username(),
    }


class Comments(Endpoint):
    """The comments of a review, oldest first, and adding one."""

    access = {"GET": Access(Act.READ), "POST": Access(Act.COMMENT)}
    operations = {
        "GET": Operation(summary="List the comments of a review", answer=SHOWN, is_paged=True, errors=(404,)),
        "POST": Operation(summary="Comment, or answer", body=NEW, answer=SHOWN, creates=True, errors=(404,)),
    }

    def get(self, request: Request, review_id: int) -> HttpResponse:
        found = comments(self.viewer, review_get(self.viewer, review_id))
        return self.page(found, show_comment, Order("pk"))

    def post(self, request: Request, review_id: int) -> HttpResponse:
        return self.create(lambda: self._made(review_id))

    def _made(self, review_id: int) -> HttpResponse:
        made = comment(by=self.viewer, review=review_get(self.viewer, review_id), **self.body())
        location = reverse("api:comment", kwargs={"comment_id": made.pk})
        return self.show(show_comment(made), status=201, location=location)


class OneComment(Endpoint):
    """One comment."""

    access = {"GET": Access(Act.READ)}
    operations = {"GET": Operation(summary="Show a comment", answer=SHOWN, errors=(404,))}

    def get(self, request: Request, comment_id: int) -> HttpResponse:
        return self.show(show_comment(comment_get(self.viewer, comment_id)))


class Resolve(Endpoint):
    """Closes a thread, or opens it again."""

    access = {"POST": Access(Act.COMMENT)}
    operations = {
        "POST": Operation(
            summary="Resolve a thread, or open it again",
            body=RESOLUTION,
            body_may_be_empty=True,
            answer=SHOWN,
            errors=(404,),
        )
    }

    def post(self, request: Request, comment_id: int) -> HttpResponse:
        found = comment_get(self.viewer, comment_id)
        resolve(by=self.viewer, comment=found, **self.body())
        return self.show(show_comment(comment_get(self.viewer, comment_id)))


urlpatterns = [
    path("reviews/<id_:review_id>/comments/", Comments.as_view(), name="comments"),
    path("comments/<id_:comment_id>/", OneComment.as_view(), name="comment"),
    path("comments/<id_:comment_id>/resolve/", Resolve.as_view(), name="resolve"),
]
