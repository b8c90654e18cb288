"""What the model leaves out: `no` means that there is no way in the model, and these are ways outside of it."""

LEFT_OUT = (
    "what key policies and secret policies allow already; only those that the holder writes are followed",
    "other policies of the same person, control policies and session policies",
    "rights beyond KMS, such as changing RAM policies or taking on a role",
    "application access points, client keys and KMS instances, which RAM does not judge or nobody documents",
    "certificates, managed data keys and actions that the catalogue lists as unconfirmed",
    "secrets read with temporary credentials through the shared gateway, where kms:Decrypt is not asked for",
    "rotating secrets and moving the stages of their versions, which shows no value and puts in none of one's own",
    "tags of secrets, which are taken as the statements need them and never set",
    "permission on an alias alone, as opposed to the key behind it",
    "keys and secrets of other accounts, where both sides have to allow",
    "services and people who are made to do something on the holder's behalf",
)
"""Source: ram-language, section 5, and the notes of the catalogue."""
