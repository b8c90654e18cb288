"""Change, rotate, tag, delete and restore secrets, as the sample does: it creates none and reads no value."""

from __future__ import annotations

from policystudio.builders.builder import Builder, Note, Tone
from policystudio.builders.library._secret_resources import STILL_LISTED, resources
from policystudio.builders.parameters.secrets import Secrets
from policystudio.builders.statements import allow
from policystudio.builders.words import N_

_ACTIONS = (
    "kms:List*",
    "kms:Describe*",
    "kms:PutSecretValue",
    "kms:Update*",
    "kms:DeleteSecret",
    "kms:RestoreSecret",
    "kms:RotateSecret",
    "kms:TagResource",
    "kms:UntagResource",
    "kms:TagResources",
    "kms:UntagResources",
)

BUILDER = Builder(
    title=N_("Manage secrets"),
    summary=N_("Store new values, rotate, tag, delete and restore secrets, without reading their values."),
    example_of_use=N_("The team that stores and rotates database passwords."),
    order=9,
    own_parameters=(Secrets(),),
    statements=lambda p: [allow(list(_ACTIONS), on=resources(p), when=p.conditions.block)],
    notes=(
        Note(
            N_("This cannot create a secret: the documented sample leaves out `kms:CreateSecret`."),
            Tone.WARNING,
        ),
        Note(
            N_(
                "Storing a value in a secret under a key of your own also needs `kms:GenerateDataKey` on that key, "
                "which this does not grant."
            ),
            Tone.WARNING,
            "KMS, authorization information",
        ),
        STILL_LISTED,
    ),
)
