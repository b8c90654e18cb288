"""List secrets and see their metadata, never their values."""

from __future__ import annotations

from policystudio.builders.builder import Builder, Note
from policystudio.builders.library._secret_resources import STILL_LISTED, resources
from policystudio.builders.parameters.secrets import Secrets
from policystudio.builders.statements import allow
from policystudio.builders.words import N_

BUILDER = Builder(
    title=N_("List secrets and see their metadata"),
    summary=N_("For audits and consoles: which secrets there are, their versions and rotation. No values."),
    example_of_use=N_("A dashboard that lists secrets and when they were rotated."),
    order=10,
    own_parameters=(Secrets(),),
    statements=lambda p: [allow(["kms:List*", "kms:Describe*"], on=resources(p), when=p.conditions.block)],
    notes=(
        STILL_LISTED,
        Note(N_("The alias resources bring the list of aliases and nothing else."), source="KMS catalogue"),
    ),
)
