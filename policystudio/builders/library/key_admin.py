"""Manage keys and their aliases, without using them.

Decision: narrowed to chosen keys, the container `key` stays, as listing is authorized there and the sample has it; with
it stays the creation of new keys, which a note says. The alias resources go when no alias is chosen.

Decision: without destructive actions, `kms:Delete*` becomes `kms:DeleteAlias`, the only other action that it reaches on
these resources, and `kms:ScheduleKeyDeletion` goes. `kms:Set*` stays, as the sample means it for much else; that
`kms:SetKeyPolicy` opens a way round is said in a note and by a finding.
"""

from __future__ import annotations

from policystudio.builders.builder import Builder, Note, Tone, Values
from policystudio.builders.parameters.aliases import Aliases
from policystudio.builders.parameters.flags import Flag
from policystudio.builders.parameters.keys import Keys
from policystudio.builders.statements import allow
from policystudio.builders.words import N_


def _actions(p: Values) -> list[str]:
    if p.include_destructive:
        delete, schedule = ["kms:Delete*"], ["kms:ScheduleKeyDeletion"]
    else:
        # Deleting an alias needs the alias as a resource.
        delete, schedule = [] if p.aliases.is_none else ["kms:DeleteAlias"], []
    return [
        "kms:List*",
        "kms:Describe*",
        "kms:Create*",
        "kms:Enable*",
        "kms:Disable*",
        "kms:Get*",
        "kms:Set*",
        "kms:Update*",
        *delete,
        "kms:Cancel*",
        "kms:TagResource",
        "kms:UntagResource",
        "kms:TagResources",
        "kms:UntagResources",
        "kms:ImportKeyMaterial",
        *schedule,
    ]


def _resources(p: Values) -> list[str]:
    aliases = [] if p.aliases.is_none else [p.aliases.container, *p.aliases.resources]
    return [p.keys.container, *p.keys.resources, *aliases]


BUILDER = Builder(
    title=N_("Manage keys"),
    summary=N_(
        "Create, describe, tag, disable and delete keys and aliases, without encrypting or decrypting."
    ),
    example_of_use=N_("The security team that creates, rotates and retires keys."),
    order=3,
    own_parameters=(
        Keys(),
        Aliases(
            help=N_("Making, moving or deleting an alias needs the alias and its key, so choose both."),
            none_label=N_("No aliases: they are not managed"),
        ),
        Flag(
            name="include_destructive",
            label=N_("Include destructive actions"),
            help=N_(
                "Schedule the deletion of keys, and delete imported key material. Data under them is then lost."
            ),
            default=True,
        ),
    ),
    statements=lambda p: [allow(_actions(p), on=_resources(p), when=p.conditions.block)],
    notes=(
        Note(
            N_(
                "With chosen keys the container `key` stays: all keys can be listed and new keys created, "
                "the other actions reach the chosen keys alone."
            )
        ),
        Note(
            N_(
                "`kms:Set*` reaches `kms:SetKeyPolicy`, the strongest right on a key: who holds it can grant anything "
                "on the key to anybody, deletion included, even where destructive actions are left out here."
            ),
            Tone.SECURITY_WARNING,
            "KMS catalogue",
        ),
        Note(
            N_(
                "The wildcards also name actions on secrets and instances; the key and alias resources cut those off."
            ),
            source="KMS catalogue",
        ),
    ),
)
