"""Which policies use an action or a condition key, for whoever thinks of taking the name out of the team's catalogue.

Looked at are the newest and the released revision of each policy: what else a policy once said decides nothing now.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import F, Q, QuerySet

from policystudio.accounts.models import Account
from policystudio.policies.models import Policy, Revision, RevisionPattern
from policystudio.policies.selectors import policies
from policystudio.ram.parse import parse
from policystudio.ram.patterns import fold, has_wildcard, matches
from policystudio.teams.viewer import Viewer


@dataclass(frozen=True, slots=True)
class NameUse:
    """A policy, and the numbers of those of its two revisions that use the name.

    `is_named`: an entry is the name itself, so that the validator calls it unknown once nobody knows the name.
    Otherwise only patterns stand for it. `accounts` are those that the policy is stored for.
    """

    policy: Policy
    revisions: tuple[int, ...]
    is_named: bool
    accounts: tuple[Account, ...]


def name_uses(viewer: Viewer, name: str, *, is_condition_key: bool) -> list[NameUse]:
    """By the policy's name, those that name it first. Letter case does not count, as it does not to RAM."""
    found = _with_key(_in_use(viewer), name) if is_condition_key else _with_action(_in_use(viewer), name)
    numbers: defaultdict[int, set[int]] = defaultdict(set)
    naming: set[int] = set()
    for policy_id, number, is_named in found:
        numbers[policy_id].add(number)
        if is_named:
            naming.add(policy_id)
    uses = [
        NameUse(
            policy,
            tuple(sorted(numbers[policy.pk])),
            policy.pk in naming,
            tuple({target.account.pk: target.account for target in policy.targets.all()}.values()),
        )
        for policy in policies(viewer).filter(pk__in=numbers)
    ]
    return sorted(uses, key=lambda use: not use.is_named)


def _in_use(viewer: Viewer) -> QuerySet[Revision]:
    """The newest and the released revisions of the team."""
    is_in_use = Q(number=F("policy__newest_number")) | Q(number=F("policy__released_number"))
    return Revision.objects.filter(is_in_use, policy__team_id=viewer.team_id, policy__deleted_at=None)


def _with_action(revisions: QuerySet[Revision], name: str) -> Iterator[tuple[int, int, bool]]:
    """Policy, number, and whether it is named, of every entry that is the action or a pattern that stands for it."""
    wanted = fold(name)
    rows = RevisionPattern.objects.filter(revision__in=revisions.values("pk"))
    fitting = {
        pattern: not has_wildcard(pattern)
        for pattern in rows.values_list("pattern", flat=True).distinct().order_by()
        if matches(fold(pattern), wanted)
    }
    entries = rows.filter(pattern__in=fitting)
    for policy_id, number, pattern in entries.values_list("revision__policy", "revision__number", "pattern"):
        yield policy_id, number, fitting[pattern]


def _with_key(revisions: QuerySet[Revision], name: str) -> Iterator[tuple[int, int, bool]]:
    """The same for a condition key; one that ends in `/` or `:` has a free tail."""
    wanted, has_tail = fold(name), name.endswith(("/", ":"))
    for revision in revisions.filter(source__icontains=name):
        document = parse(revision.source).document
        keys = {
            fold(condition.key.text)
            for statement in (document.statements if document else ())
            for condition in statement.conditions
        }
        if any(key.startswith(wanted) if has_tail else key == wanted for key in keys):
            yield revision.policy_id, revision.number, True
