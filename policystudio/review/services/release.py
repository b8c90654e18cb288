"""Makes the revision under review the one that is exported, for every target or for none."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone

from policystudio.audit.manifest import entry, manifest
from policystudio.audit.services.record import record
from policystudio.cases.services.add_case import facts
from policystudio.cases.services.locking import lock_cases
from policystudio.catalog.edition import edition_of
from policystudio.errors import Problem
from policystudio.guardrails.blocking import broken_at_release
from policystudio.guardrails.loosened import held_back, loosened_over
from policystudio.guardrails.switched_off import switched_off_lately
from policystudio.policies.judging import judge
from policystudio.policies.models import Policy, Revision
from policystudio.policies.selectors import newest_revision, targets_of
from policystudio.policies.services.progress import revision_released
from policystudio.ram.canonical import sha256
from policystudio.ram.render import RegionMode, Rendered, RenderError, Target, ram_name, render_for
from policystudio.review.judgement import error_problems, reason_problems, unexplained
from policystudio.review.models import Current, Release, ReleasedDocument, Review
from policystudio.review.released import release_before
from policystudio.review.services.locking import locked_review, refuse_finished
from policystudio.review.services.refusals import NotReady
from policystudio.review.services.withdraw import finish
from policystudio.review.standing import standing
from policystudio.review.tested import gone_since
from policystudio.search.services.keep import Kept, keep
from policystudio.standards.selectors import Standards, standards_of
from policystudio.standards.services.record_edition import record_edition
from policystudio.teams.permissions import Act, require
from policystudio.teams.viewer import Viewer
from policystudio.waivers.selectors import waivers_for
from policystudio.waivers.weighing import judged


@transaction.atomic
def release(*, by: Viewer, review: Review) -> Review:
    """The review, released. Approvals are counted, every target is judged and rendered and every test asked, under the
    locks.

    Raises: NotAllowed; NotFound; ReviewFinished; NotReady with everything that still stands in the way.
    """
    require(by, Act.RELEASE)
    review = locked_review(by, review, with_accounts=True)
    refuse_finished(review)
    lock_cases(by)
    policy, stands = review.policy, standing(review)
    revision, targets = newest_revision(policy), targets_of(policy)
    standards = standards_of(policy.team_id)
    rendered, faults = _rendered(review, revision, targets, standards)
    told = [fault for fault in faults if fault not in stands.blocked_by]
    problems = [*stands.blocked_by, *told, *_taken_names(policy, targets)]
    problems += [each for each in broken_at_release(policy) if each not in problems]
    loosened = loosened_over(policy)
    problems += held_back(by, loosened, stands.authors)
    if problems:
        raise NotReady("the review cannot be released yet", problems=problems)
    gone = gone_since(release_before(by, review), review, stands.tests or ())
    documents = [
        released_document(policy, revision, each.target, each.ram_name, each.text) for each in rendered
    ]
    released = Release.objects.create(
        review=review,
        policy=policy,
        revision=revision,
        digest=stands.digest,
        required_approvals=stands.required_approvals,
        approved_by=stands.approved_by,
        manifest_sha256=manifest(documents),
        released_by_id=by.actor_id,
        released_by_name=by.actor_name,
        released_at=timezone.now(),
        edition=record_edition(standards.catalogue),
    )
    _hand_out(policy, released, documents)
    finish(review, Review.Stored.RELEASED, stands)
    revision_released(policy)
    data = {
        "review": review.pk,
        "policy": policy.pk,
        "revision": revision.number,
        "digest": stands.digest,
        "approved_by": stands.approved_by,
        "required_approvals": stands.required_approvals,
        "targets": [list(target) for target in targets],
        "catalogue_edition": edition_of(standards.catalogue).sha256,
    }
    if stands.tests:
        data["tests"] = len(stands.tests)
    if gone:
        data["tests_gone"] = [facts(each.case) for each in gone]
    switched_off = switched_off_lately(policy, targets)
    if switched_off:
        data["guardrails_switched_off"] = [each.as_json() for each in switched_off]
    if loosened:
        data["guardrails_loosened"] = [each.as_json() for each in loosened]
    record(
        by, "review.released", on=released, data=data, before=revision.sha256, after=released.manifest_sha256
    )
    return review


def _rendered(
    review: Review, revision: Revision, targets: list[Target], standards: Standards
) -> tuple[list[Rendered], list[Problem]]:
    """Every document, or what is wrong with the source."""
    policy = review.policy
    validation = judge(policy, revision, targets, standards)
    findings = judged(validation, waivers_for(policy))
    missing = unexplained(findings, revision=revision, message=review.message, reasons=review.reasons)
    problems = error_problems(validation) + reason_problems(missing)
    if problems or validation.document is None:
        return [], problems
    try:
        return render_for(validation.document, targets, RegionMode(policy.region_mode), policy.name), []
    except RenderError as error:
        return [], [Problem("/source", str(error), "placeholder-left-over")]


def _taken_names(policy: Policy, targets: list[Target]) -> Iterator[Problem]:
    """Names in a targeted account that another policy's release has, so that one would overwrite the other there."""
    mode = RegionMode(policy.region_mode)
    ours = {(target.account, ram_name(policy.name, mode, target.region).lower()) for target in targets}
    exported = {(target.account, target.region, policy.name.lower()) for target in targets}
    others = (
        Current.objects.filter(team_id=policy.team_id, account__in={target.account for target in targets})
        .exclude(policy=policy)
        .annotate(lower_name=Lower("name"), lower_ram_name=Lower("ram_name"))
        .filter(Q(lower_name=policy.name.lower()) | Q(lower_ram_name__in={name for _, name in ours}))
    )
    for other in others.select_related("policy").order_by("account", "region", "name"):
        if (other.account, other.ram_name.lower()) in ours:
            detail = (
                f"in {other.account} the RAM policy {other.ram_name} comes from the policy {other.policy}"
            )
            yield Problem("/name", detail, "ram-name-taken")
        elif (other.account, other.region, other.name.lower()) in exported:
            detail = f"{other.name} in {other.account}, {other.region} is still exported by the policy {other.policy}"
            yield Problem("/name", detail, "name-still-exported")


def released_document(
    policy: Policy, revision: Revision, target: Target, ram_name: str, text: str
) -> ReleasedDocument:
    """The row for one target, with the entry of the bulk export; neither stored nor tied to a release yet."""
    document = ReleasedDocument(
        team_id=policy.team_id,
        policy=policy,
        account=target.account,
        region=target.region,
        name=policy.name,
        ram_name=ram_name,
        revision_number=revision.number,
        text=text,
        sha256=sha256(text),
    )
    document.entry = entry(document)
    document.entry_sha256 = hashlib.sha256(document.entry.encode()).hexdigest()
    return document


def _hand_out(policy: Policy, released: Release, documents: list[ReleasedDocument]) -> None:
    """Store the documents and let the export point at them, and at nothing else of this policy."""
    for document in documents:
        document.release = released
    stored = ReleasedDocument.objects.bulk_create(documents)
    Current.objects.filter(policy=policy).delete()
    Current.objects.bulk_create(
        Current(
            team_id=document.team_id,
            policy=policy,
            account=document.account,
            region=document.region,
            name=document.name,
            ram_name=document.ram_name,
            document=document,
        )
        for document in stored
    )
    keep(policy.team_id, policy.pk, map(kept, documents))


def kept(document: ReleasedDocument) -> Kept:
    """The document as the index of "who may" takes it."""
    return Kept(
        document.policy_id,
        document.revision_number,
        document.name,
        document.account,
        document.region,
        document.text,
    )
