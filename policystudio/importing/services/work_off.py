"""Makes policies of pending documents, each in a transaction of its own: wholly stored, or still pending.

A step locks the import, so two people or two tabs take turns and no document is made into two policies. What a
document becomes is decided again when its turn comes, by what is stored then, so an import can be sent again at will.

Decision: whoever works a document off is the author of its revision, as they could have left it out; whoever sent the
document or chose how it is read counts as an author too. A new revision of an existing policy leaves its targets alone.
Revisions get no message, since one would count as the author's reason for accepting security warnings.
"""

from __future__ import annotations

import time
from collections import Counter
from typing import Any, TypedDict

from django.db import transaction
from django.utils import timezone

from policystudio.audit.services.record import record
from policystudio.errors import Conflict, InvalidInput, NotFound, Problem, ServiceError
from policystudio.importing.models import Import, ImportedDocument, OnExisting, State
from policystudio.importing.reading import canonical_or_none, read_document, storable_parameters
from policystudio.importing.selectors import chosen_targets, likely_targets, team_targets
from policystudio.importing.services.locking import locked_import
from policystudio.policies.circumstances import circumstances_of
from policystudio.policies.models import Policy, Revision
from policystudio.policies.selectors import newest_revision, policies, targets_of
from policystudio.policies.services.create_policy import create_policy
from policystudio.policies.services.locking import locked_policy
from policystudio.policies.services.naming import NameTaken
from policystudio.policies.services.revise import revise
from policystudio.policies.services.writing import written
from policystudio.ram.finding import shown
from policystudio.standards.selectors import Standards, standards_of
from policystudio.teams.permissions import Act, require
from policystudio.teams.viewer import Viewer

MAX_STEPS = 50
MAX_SECONDS = 2.0
"""A request works for so long; the next one goes on. A step that has begun is finished."""


class Content(TypedDict):
    """As the services take it: either a source, or a builder and its parameters."""

    source: str | None
    builder: str | None
    parameters: dict[str, Any] | None


_MAX_TRIES = 3
_MAX_PROBLEMS = 50


def work_off(
    *, by: Viewer, parent: Import, most: int = MAX_STEPS, seconds: float = MAX_SECONDS
) -> list[ImportedDocument]:
    """The documents that were worked off, at least one while any is pending. The first call starts the import.

    Raises: NotAllowed; NotFound.
    """
    require(by, Act.WRITE)
    standards = standards_of(by.team_id)
    ends_at = time.monotonic() + seconds
    done: list[ImportedDocument] = []
    while len(done) < most and (not done or time.monotonic() < ends_at):
        document = _step(by, parent, standards)
        if document is None:
            break
        done.append(document)
    return done


def work_off_one(*, by: Viewer, document: ImportedDocument) -> ImportedDocument:
    """The one document, whatever stands before it. Raises: NotAllowed; NotFound; Conflict when it is not pending."""
    require(by, Act.WRITE)
    worked = _step(by, document.parent, standards_of(by.team_id), document.number)
    if worked is None:
        raise Conflict("the document is not pending any more", advice="look at the report")
    return worked


@transaction.atomic
def _step(
    by: Viewer, parent: Import, standards: Standards, number: int | None = None
) -> ImportedDocument | None:
    """The next pending document, or that one; None when it is not pending."""
    locked = locked_import(by, parent.pk)
    pending = ImportedDocument.objects.filter(parent=locked, state=State.PENDING).order_by("number")
    document = (pending if number is None else pending.filter(number=number)).first()
    if document is None:
        return None
    if not locked.is_started and number is None:
        locked.is_started, locked.started_by_id = True, by.actor_id
        locked.save(update_fields=["is_started", "started_by"])
    document.parent = locked
    _settle(by, document, standards)
    document.finished_at = timezone.now()
    document.save()
    data = {
        "number": document.number,
        "name": document.name,
        "state": document.state,
        "policy": document.policy_id,
        "revision": document.revision_number,
        "repairs": document.is_mended,
        "placeholders": document.is_generalised,
    }
    record(by, "import.document", on=locked, data=data)
    return document


def _settle(by: Viewer, document: ImportedDocument, standards: Standards) -> None:
    """Store it, or find that nothing is to be stored, or note why not."""
    read = read_document(
        document.text,
        likely_targets(document, team_targets(by.team_id)),
        is_mended=document.is_mended,
        is_generalised=document.is_generalised,
        region_mode=document.parent.region_mode,
    )
    source = canonical_or_none(read.text)
    document.builder = read.detected.slug if read.detected else ""
    parameters = None if source is None else storable_parameters(read.detected, source)
    content: Content = {"source": read.text, "builder": None, "parameters": None}
    if parameters is not None:
        content = {"source": None, "builder": document.builder, "parameters": parameters}
    for _ in range(_MAX_TRIES):
        try:
            # Its own savepoint: what a refused document has written is undone, and the refusal is kept.
            with transaction.atomic():
                _store(by, document, source, content)
            break
        except (NameTaken, NotFound) as moved:
            # Somebody was faster with the name, or has just deleted the policy; what is stored now decides.
            document.state, document.problems = State.REFUSED, _shown(moved)
        except (InvalidInput, Conflict) as refused:
            document.state = State.REFUSED
            document.problems = _shown(refused)
            break
    if source is not None:
        _judge(document, source, standards)


def _store(by: Viewer, document: ImportedDocument, source: str | None, content: Content) -> None:
    parent = document.parent
    if source is None:
        # What is wrong with the text is told rather than that its name is taken too; this raises.
        written(**content)
    existing = policies(by).filter(name__iexact=document.name).first() if document.name else None
    if existing is None:
        policy = create_policy(
            by=by,
            name=document.name,
            description=document.description,
            targets=chosen_targets(parent),
            region_mode=parent.region_mode,
            **content,
        )
        _stored(document, policy, policy.newest_number)
        return
    policy = locked_policy(by, existing.pk)
    newest: Revision = newest_revision(policy)
    if source is not None and newest.source == source:
        document.policy, document.revision_number = policy, newest.number
        document.state, document.problems = State.UNCHANGED, []
    elif other := _of_the_same_import(document, policy):
        what = "another document of this import has this name and another source"
        where = (
            f": document {other.number}, {shown(other.origin, 200)}"
            if other.origin
            else f": document {other.number}"
        )
        detail = f"{what}{where}; choose another name for this one, or leave it out"
        raise Conflict(detail, problems=[Problem("/name", detail, "name-twice-in-import")])
    elif parent.on_existing == OnExisting.REVISE:
        revision = revise(by=by, policy=policy, **content)
        _stored(document, policy, revision.number)
    else:
        detail = (
            "a policy has this name and another source; choose another name, or import it as a new revision"
        )
        raise Conflict(detail, problems=[Problem("/name", detail, "name-taken")])


def _of_the_same_import(document: ImportedDocument, policy: Policy) -> ImportedDocument | None:
    """The document that this import has already made this policy's, or found in it.

    Decision: one import gives a policy one source. Which of two would be the newer nobody has said, and the second
    would hide the first.
    """
    others = ImportedDocument.objects.filter(
        parent=document.parent, policy=policy, state__in=[State.STORED, State.UNCHANGED]
    )
    return others.exclude(pk=document.pk).order_by("number").first()


def _stored(document: ImportedDocument, policy: Policy, number: int) -> None:
    for user_id in document.parent.shapers:
        policy.shaped_by(user_id)
    policy.save(update_fields=["shapers"])
    document.policy, document.revision_number = policy, number
    document.state, document.problems = State.STORED, []


def _judge(document: ImportedDocument, source: str, standards: Standards) -> None:
    """Count what the validator says of the source, in the targets of its policy or those that were chosen."""
    targets = targets_of(document.policy) if document.policy else chosen_targets(document.parent)
    validation = standards.validate(
        source,
        now=timezone.now(),
        targets=targets,
        name=document.name or None,
        region_mode=document.policy.region_mode if document.policy else document.parent.region_mode,
        **circumstances_of(document.parent.team_id, [document.policy.pk] if document.policy else []),
    )
    document.findings = dict(Counter(str(finding.severity) for finding in validation.findings))


def _shown(refused: ServiceError) -> list[dict[str, str]]:
    problems = refused.problems or (Problem("", refused.message, refused.code),)
    return [{"pointer": p.pointer, "detail": p.detail, "code": p.code} for p in problems[:_MAX_PROBLEMS]]
