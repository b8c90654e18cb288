"""What is wrong with a question, said at its fields."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from policystudio.analysis.request import faults
from policystudio.ram.position import pointer_parts
from policystudio.web.asking.choice import Wrong
from policystudio.web.asking.question import MAX_CHARACTERS, MAX_KEYS, Question

MAX_ACTION = 256


def faults_of(question: Question) -> Iterator[Wrong]:
    """Everything for which the question cannot be answered, beside the documents themselves."""
    if not question.choice:
        yield Wrong("policy-0", _("Choose a policy, or paste a document."))
    yield from _lengths(question)
    if not question.action:
        yield Wrong("action", _("Say which action is asked for."))
    if not question.resource:
        yield Wrong("resource", _("Say which resource is asked for."))
    keys = [key for key, _value in question.context]
    for fault in faults(question.request):
        first, *rest = pointer_parts(fault.pointer)
        field = first if first != "context" else f"key-{keys.index(rest[0]) if rest else 0}"
        if first == "context" or getattr(question, first):
            yield Wrong(field, fault.detail)
    yield from _resource(question)


def _resource(question: Question) -> Iterator[Wrong]:
    """A name of KMS has a region and an account; only others may leave them out."""
    service, region, account = (*question.resource.split(":")[1:4], "", "", "")[:3]
    if service == "kms" and not (region and account):
        yield Wrong("resource", _("A resource of KMS has a region and an account."))


def _lengths(question: Question) -> Iterator[Wrong]:
    too_long = _("This is longer than %(n)s characters.")
    if len(question.action) > MAX_ACTION:
        yield Wrong("action", too_long % {"n": MAX_ACTION})
    if len(question.resource) > MAX_CHARACTERS:
        yield Wrong("resource", too_long % {"n": MAX_CHARACTERS})
    if len(question.context) > MAX_KEYS:
        yield Wrong("key-0", _("A request carries at most %(n)s keys here.") % {"n": MAX_KEYS})
    for index, (key, value) in enumerate(question.context):
        if max(len(key), len(value)) > MAX_CHARACTERS:
            yield Wrong(f"key-{index}", too_long % {"n": MAX_CHARACTERS})


def by_field(wrong: Iterable[Wrong]) -> dict[str, list[str]]:
    """The id of each field → what is wrong with it."""
    found: dict[str, list[str]] = defaultdict(list)
    for each in wrong:
        found[each.field].append(each.text)
    return dict(found)
