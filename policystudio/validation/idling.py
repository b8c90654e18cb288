"""What is idle in a document, worked out once for the rules that tell of it, and only where it may be so.

Asking exactly costs more than all other rules together, so a glance comes first: statements that meet no other and
have one condition for each key are never idle. Decision: longer documents are not asked about, and the search counts
steps, so that the same document always has the same findings.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from policystudio.analysis.access import places
from policystudio.analysis.access.filling import UNFILLED, filled
from policystudio.analysis.access.sharing import Signatures
from policystudio.analysis.comparing import Limits
from policystudio.analysis.comparing.relevance import may_meet
from policystudio.analysis.comparing.statements import Place, clause
from policystudio.analysis.idle import Idle, idle_statements
from policystudio.ram.document import Document, Statement
from policystudio.ram.render import RegionMode, Target, ram_name

MOST_STATEMENTS = 20
MOST_TEXTS = 200
MOST_KINDS = 6
# The time is a safeguard for a machine that stands still; the steps run out long before.
LIMITS = Limits(states=500, nodes=500, milliseconds=1_000)


def idle_in(document: Document, targets: Sequence[Target], region_mode: RegionMode) -> tuple[Idle, ...]:
    """What is idle in every target; nothing where that differs, or where the document is long."""
    statements = document.statements
    if is_too_long(document):
        return ()
    if not (any(map(_has_key_twice, statements)) or _some_meet(statements)):
        return ()
    found = idle_statements(document, limits=LIMITS)
    return _everywhere(found, document, targets, region_mode) if found else ()


def is_too_long(document: Document) -> bool:
    """Whether what is idle is not looked for, which a rule says."""
    statements = document.statements
    return len(statements) > MOST_STATEMENTS or sum(map(_size, statements)) > MOST_TEXTS


def _everywhere(
    found: tuple[Idle, ...], document: Document, targets: Sequence[Target], region_mode: RegionMode
) -> tuple[Idle, ...]:
    """What of it is idle in every target, or where no target is known, whatever it is called."""
    signatures = Signatures([document])
    kinds = signatures.every_kind()
    if kinds is None:
        named = [(target, ram_name("", region_mode, target.region)) for target in targets]
        is_so = bool(named) and all(map(signatures.is_like_the_sources, places(named, named)))
        return found if is_so else ()
    is_mixed = region_mode is RegionMode.COMBINED and len({blanks.regions for blanks in kinds}) > 1
    if is_mixed or len(kinds) > MOST_KINDS:
        return ()
    for blanks in kinds:
        if blanks != UNFILLED:
            here = {
                (each.part, each.path) for each in idle_statements(filled(document, blanks), limits=LIMITS)
            }
            found = tuple(each for each in found if (each.part, each.path) in here)
    return found


def _some_meet(statements: Sequence[Statement]) -> bool:
    """Whether some two may speak of the same request, one of them allowing it."""
    if len(statements) < 2:
        return False
    read = [clause(each, Place(0, each.path)) for each in statements]
    return any(may_meet(one, other) for one, other in combinations(read, 2))


def _has_key_twice(statement: Statement) -> bool:
    return len({each.key.text for each in statement.conditions}) < len(statement.conditions)


def _size(statement: Statement) -> int:
    lists = (statement.actions, statement.not_actions, statement.resources, statement.not_resources)
    return sum(map(len, lists)) + sum(len(each.values) for each in statement.conditions)
