"""Checks targets that somebody sent, and writes them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from policystudio.accounts.models import Account
from policystudio.accounts.selectors import accounts_by_number
from policystudio.errors import InvalidInput, Problem
from policystudio.policies.models import Policy, PolicyTarget
from policystudio.ram.finding import shown
from policystudio.ram.render import Target
from policystudio.teams.viewer import Viewer

MAX_TARGETS = 600

TargetsSent = Sequence[Mapping[str, str] | Target]
"""As the API has them, `{"account", "region"}`, or as values."""


def read_targets(targets: TargetsSent | object) -> list[Target]:
    """The targets as values, in the order sent. Raises: InvalidInput for a wrong shape, too many, or a duplicate."""
    if not isinstance(targets, Sequence) or isinstance(targets, str):
        raise InvalidInput([Problem("/targets", "must be a list of account and region", "wrong-type")])
    if len(targets) > MAX_TARGETS:
        raise InvalidInput(
            [Problem("/targets", f"lists {len(targets)} targets; at most {MAX_TARGETS} are kept", "too-many")]
        )
    problems: list[Problem] = []
    found: list[Target] = []
    for index, sent in enumerate(targets):
        target = sent if isinstance(sent, Target) else _from_mapping(sent)
        if target is None:
            detail = 'must be an object with exactly "account" and "region", both texts'
            problems.append(Problem(f"/targets/{index}", detail, "wrong-type"))
        elif target in found:
            problems.append(
                Problem(f"/targets/{index}", "the same account and region is listed before", "duplicate")
            )
        else:
            found.append(target)
    if problems:
        raise InvalidInput(problems)
    return found


def known_accounts(by: Viewer, targets: Sequence[Target]) -> dict[str, Account]:
    """The targeted accounts, locked, so that no region is disabled meanwhile.

    Raises: InvalidInput at /targets/N/account or /targets/N/region; an account of another team and one that nobody
    knows get the same words.
    """
    numbers = {target.account for target in targets if "\0" not in target.account}
    accounts = accounts_by_number(by.team_id, numbers, lock=True)
    problems = list(_unknown(targets, accounts))
    if problems:
        raise InvalidInput(problems)
    return accounts


def write_targets(
    policy: Policy, targets: Sequence[Target], accounts: Mapping[str, Account]
) -> tuple[list[Target], list[Target]]:
    """Make `targets` the policy's targets, its row being locked; the added and the removed ones, sorted."""
    rows = {Target(row.account.number, row.region): row for row in policy.targets.select_related("account")}
    added, removed = sorted(set(targets) - set(rows)), sorted(set(rows) - set(targets))
    PolicyTarget.objects.filter(pk__in=[rows[target].pk for target in removed]).delete()
    PolicyTarget.objects.bulk_create(
        PolicyTarget(policy=policy, account=accounts[target.account], region=target.region)
        for target in added
    )
    return added, removed


def _unknown(targets: Sequence[Target], accounts: Mapping[str, Account]) -> Iterator[Problem]:
    for index, target in enumerate(targets):
        account = accounts.get(target.account)
        if account is None:
            yield Problem(
                f"/targets/{index}/account",
                f"the team has no account {shown(target.account)}",
                "unknown-account",
            )
        elif target.region not in account.regions:
            detail = f"the region {shown(target.region)} is not enabled in the account {account.number}"
            yield Problem(f"/targets/{index}/region", detail, "region-not-enabled")


def _from_mapping(sent: object) -> Target | None:
    if not isinstance(sent, Mapping) or set(sent) != {"account", "region"}:
        return None
    account, region = sent["account"], sent["region"]
    if not isinstance(account, str) or not isinstance(region, str):
        return None
    return Target(account, region)
