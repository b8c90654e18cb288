"""Reads policies and revisions for whoever may see them."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet, Subquery

from policystudio.errors import NotFound
from policystudio.policies.models import Policy, PolicyTarget, Revision, RevisionPattern, State
from policystudio.ram.patterns import matches_action
from policystudio.ram.render import Target
from policystudio.teams.viewer import Viewer


@dataclass(frozen=True, slots=True)
class PolicyFilters:
    """What a list of policies is narrowed to; None is no limit.

    Decision: `action` finds the policies whose newest or released revision has an Allow statement that reaches the
    action; whether a Deny or a condition takes it away again is a question for the simulator.
    """

    account: str | None = None
    region: str | None = None
    builder: str | None = None
    state: str | None = None
    action: str | None = None
    q: str | None = None


STATES: dict[str, Q] = {
    State.IN_REVIEW: Q(is_under_review=True),
    State.DRAFT: Q(is_under_review=False, released_number=None),
    State.RELEASED: Q(is_under_review=False, released_number=F("newest_number"), shapers=[]),
    State.CHANGED: Q(is_under_review=False)
    & (Q(released_number__lt=F("newest_number")) | (Q(released_number__isnull=False) & ~Q(shapers=[]))),
}


def policies(viewer: Viewer, filters: PolicyFilters = PolicyFilters()) -> QuerySet[Policy]:
    """The team's policies by name, with `builder` of the newest revision ("" for none) and targets at hand."""
    newest = Revision.objects.filter(policy_id=OuterRef("pk"), number=OuterRef("newest_number"))
    found = (
        Policy.objects.filter(team_id=viewer.team_id, deleted_at=None)
        .select_related("created_by")
        .prefetch_related(
            Prefetch(
                "targets",
                PolicyTarget.objects.select_related("account").order_by("account__number", "region"),
            )
        )
        .annotate(builder=Subquery(newest.values("builder")[:1]))
    )
    if any("\0" in text for text in _texts(filters)):
        return found.none()
    stored_for = {}
    if filters.account is not None:
        stored_for["account__number"] = filters.account
    if filters.region is not None:
        stored_for["region"] = filters.region
    if stored_for:
        found = found.filter(Exists(PolicyTarget.objects.filter(policy_id=OuterRef("pk"), **stored_for)))
    if filters.builder is not None:
        found = found.filter(builder=filters.builder)
    if filters.state is not None:
        found = found.filter(STATES[filters.state]) if filters.state in STATES else found.none()
    if filters.action is not None:
        found = found.filter(_reaches(viewer.team_id, filters.action))
    if filters.q:
        found = found.filter(Q(name__icontains=filters.q) | Q(description__icontains=filters.q))
    return found.order_by("name", "pk")


def policy_get(viewer: Viewer, policy_id: int) -> Policy:
    """Raises: NotFound, also for a deleted policy and one of another team."""
    policy = policies(viewer).filter(pk=policy_id).first()
    if policy is None:
        raise NotFound("there is no such policy")
    return policy


def revisions(viewer: Viewer, policy_id: int) -> QuerySet[Revision]:
    """The revisions of a policy, newest first. Raises: NotFound when the policy may not be seen."""
    policy_get(viewer, policy_id)
    return Revision.objects.select_related("policy", "author").filter(policy_id=policy_id).order_by("-number")


def revision_get(viewer: Viewer, policy_id: int, number: int) -> Revision:
    """Raises: NotFound, also when the policy may not be seen."""
    revision = revisions(viewer, policy_id).filter(number=number).first()
    if revision is None:
        raise NotFound("there is no such revision")
    return revision


def newest_revision(policy: Policy) -> Revision:
    """The revision that a review speaks of, read anew. `policy` was fetched for a viewer already."""
    return Revision.objects.select_related("policy").get(policy_id=policy.pk, number=policy.newest_number)


def targets_of(policy: Policy) -> list[Target]:
    """The targets of a policy that was fetched for a viewer already, sorted by account and region, read anew."""
    rows = PolicyTarget.objects.filter(policy_id=policy.pk).values_list("account__number", "region")
    return sorted(Target(account, region) for account, region in rows)


def target_counts(viewer: Viewer) -> dict[Target, int]:
    """How many policies are stored for each account and region; the matrix of the home page."""
    from django.db.models import Count

    rows = PolicyTarget.objects.filter(policy__team_id=viewer.team_id, policy__deleted_at=None)
    counted = rows.values_list("account__number", "region").annotate(policies=Count("pk")).order_by()
    return {Target(account, region): number for account, region, number in counted}


def _texts(filters: PolicyFilters) -> list[str]:
    """The texts that were given."""
    given = (filters.account, filters.region, filters.builder, filters.state, filters.action, filters.q)
    return [text for text in given if text is not None]


def _reaches(team_id: int, action: str) -> Q:
    """Patterns are matched here and not in the database: there are few different ones, and only one matcher."""
    present = Q(revision__number=F("revision__policy__newest_number")) | Q(
        revision__number=F("revision__policy__released_number")
    )
    rows = RevisionPattern.objects.filter(
        present, effect="Allow", revision__policy__team_id=team_id, revision__policy__deleted_at=None
    )
    patterns = rows.values_list("pattern", flat=True).distinct().order_by()
    matching = [pattern for pattern in patterns if matches_action(pattern, action)]
    excepted = RevisionPattern.objects.filter(
        revision_id=OuterRef("revision_id"),
        statement=OuterRef("statement"),
        is_negated=True,
        pattern__in=matching,
    )
    listed = rows.filter(is_negated=False, pattern__in=matching)
    reaching = Q(pk__in=listed.values("revision__policy_id"))
    # Nearly no policy is written with NotAction, so its costly question is mostly not asked.
    negated = rows.filter(is_negated=True)
    if negated.exists():
        reaching |= Q(pk__in=negated.exclude(Exists(excepted)).values("revision__policy_id"))
    return reaching
