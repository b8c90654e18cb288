"""List keys and see their metadata.

Decision: the container `key` stays when keys are chosen, as listing is authorized there. With a tag condition it moves
to a statement of its own without that condition: a call that lists names no key, so it carries no tag.
"""

from __future__ import annotations

from typing import Any

from policystudio.builders.builder import Builder, Note, Tone, Values
from policystudio.builders.conditions import EVERYWHERE, TAG, Conditions
from policystudio.builders.parameters.keys import Keys
from policystudio.builders.statements import allow
from policystudio.builders.words import N_

_LIST = "kms:List*"
_DESCRIBE = "kms:Describe*"


def _statements(p: Values) -> list[dict[str, Any]]:
    extra = p.conditions
    if extra.on_key:
        return [
            allow([_LIST, _DESCRIBE], on=p.keys.resources, when=extra.block),
            allow([_LIST], on=[p.keys.container], when=extra.on_call),
        ]
    return [allow([_LIST, _DESCRIBE], on=[p.keys.container, *p.keys.resources], when=extra.block)]


BUILDER = Builder(
    title=N_("List keys and see their metadata"),
    summary=N_(
        "For audits and consoles: which keys there are, their state, rotation and versions. No use of keys."
    ),
    example_of_use=N_("An auditor who lists keys and checks their rotation."),
    order=4,
    own_parameters=(Keys(),),
    conditions=Conditions(parts=(*EVERYWHERE, TAG)),
    statements=_statements,
    notes=(
        Note(
            N_(
                "With chosen keys or tags, the ids of all keys can still be listed; "
                "details are shown for the chosen ones."
            )
        ),
        Note(N_("Aliases are not listed: the sample names no alias resource."), source="KMS catalogue"),
        Note(
            N_(
                "A tag condition reaches calls that name one key. Listing the tags or aliases of a key carries none."
            ),
            Tone.WARNING,
            "KMS, condition keys: kms:tag",
        ),
    ),
)
