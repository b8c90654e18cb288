"""Everything in KMS: the sample that the documentation itself advises against."""

from __future__ import annotations

from policystudio.builders.builder import Builder, Note, Tone
from policystudio.builders.parameters.flags import Understanding
from policystudio.builders.statements import allow
from policystudio.builders.words import N_

BUILDER = Builder(
    title=N_("Access all KMS resources"),
    summary=N_("Every action on every key, alias and secret, and on whatever KMS offers next."),
    example_of_use=N_("A break-glass role of the platform team; never an application."),
    order=1,
    own_parameters=(
        Understanding(
            name="understood",
            label=N_("I understand that this policy allows everything in KMS"),
            help=N_(
                "The documentation recommends not to configure such a policy. The reviewer sees this warning too."
            ),
            refusal="say that you understand what this policy allows, or choose a narrower builder",
        ),
    ),
    statements=lambda p: [allow(["kms:*"], on=["*"], when=p.conditions.block)],
    notes=(
        Note(
            N_(
                "To ensure data security, the documentation recommends not to allow access to all KMS resources."
            ),
            Tone.SECURITY_WARNING,
        ),
        Note(
            N_("Most uses need one of the narrower builders: crypto user, key read-only, secret read-only.")
        ),
    ),
)
