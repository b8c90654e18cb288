"""Moves what one key encrypts under another key, without seeing it in clear."""

from policystudio.analysis.escalation.transition import Need, Role, Shape, Transition, usable

TRANSITION = Transition(
    text="re-encrypt what is under {key} with {target}",
    needs=((Need("kms:ReEncryptFrom", Role.KEY), Need("kms:ReEncryptTo", Role.TARGET)),),
    shape=Shape.COPY,
    source="catalogue: kms:ReEncryptFrom is asked of the source key and kms:ReEncryptTo of the target key",
    is_inferred=False,
    when=usable,
    target=usable,
)
