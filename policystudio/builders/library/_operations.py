"""The operations that the cryptographic builders offer, in the order of their samples."""

from __future__ import annotations

from policystudio.builders.parameters.choices import Choice
from policystudio.builders.words import N_

SYMMETRIC = (
    Choice("encrypt", N_("Encrypt"), "kms:Encrypt"),
    Choice("decrypt", N_("Decrypt"), "kms:Decrypt"),
    Choice("generate-data-key", N_("Generate data keys"), "kms:GenerateDataKey"),
)
ASYMMETRIC_ENCRYPTION = (
    Choice("encrypt", N_("Encrypt"), "kms:AsymmetricEncrypt"),
    Choice("decrypt", N_("Decrypt"), "kms:AsymmetricDecrypt"),
)
ASYMMETRIC_SIGNING = (
    Choice("sign", N_("Sign"), "kms:AsymmetricSign"),
    Choice("verify", N_("Verify"), "kms:AsymmetricVerify"),
)
