"""Encryption only with approved algorithms."""

from django.utils.translation import gettext_noop as _

from policystudio.guardrails.ready._ready import Ready

READY = Ready(
    title=_("Encryption only with approved algorithms"),
    about=_(
        "The condition key kms:EncryptionAlgorithm is documented for encryption and decryption alone; no "
        "key is documented for the algorithm of a signature, so signing is not covered."
    ),
    definition={
        "kind": "never",
        "never": {
            "actions": [
                "kms:Encrypt",
                "kms:Decrypt",
                "kms:GenerateDataKey",
                "kms:GenerateDataKeyWithoutPlaintext",
                "kms:GenerateAndExportDataKey",
                "kms:ExportDataKey",
                "kms:ReEncryptFrom",
                "kms:ReEncryptTo",
                "kms:AsymmetricEncrypt",
                "kms:AsymmetricDecrypt",
            ]
        },
        "unless": [
            {
                "conditions": [
                    {
                        "operator": "StringEquals",
                        "key": "kms:EncryptionAlgorithm",
                        "values": ["SYMMETRIC_DEFAULT", "RSAES_OAEP_SHA_256"],
                    }
                ]
            }
        ],
    },
)
