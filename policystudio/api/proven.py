"""The access that a review grants or takes away, as the API shows it."""

from __future__ import annotations

from policystudio.api.endpoints.compare import ANSWER, CHANGE, COMPARISON, WITNESS
from policystudio.api.endpoints.escalate import GOAL
from policystudio.api.fields import Flag
from policystudio.api.shapes import TARGET
from policystudio.api.structures import ListOf, Null, Shape

_TARGETS = ListOf(
    item=TARGET,
    about="Where this line holds; null where targets do not differ.",
)
PROVEN_CHANGE = Shape(
    name="ProvenChange",
    about="As in a comparison, in the words of the source; the witness is a request in one of the targets.",
    required={**CHANGE.required, "targets": Null(of=_TARGETS)},
)
ACCESS = Shape(
    name="ReviewAccess",
    about="What a release allows that the one before did not, and the other way round, over all targets.",
    required={
        "grants_new_access": ANSWER,
        "revokes_access": ANSWER,
        "witness": Null(of=WITNESS),
        "lost": Null(of=WITNESS),
        "added": ListOf(item=PROVEN_CHANGE),
        "removed": ListOf(item=PROVEN_CHANGE),
        "complete": Flag(),
        "reason": COMPARISON.required["reason"],
    },
)
_WAYS = ListOf(item=Shape(name="ReviewWay", required={**GOAL.required, "target": TARGET}))
REACH = Shape(
    name="ReviewReach",
    about="What is reached in several steps with the release; `target` is one of those that have the way. "
    "`complete` tells whether all targets were searched to the end.",
    required={"new": _WAYS, "stays": _WAYS, "gone": _WAYS, "complete": Flag()},
)
