"""What the statement editor says of operators, condition keys, groups of actions and refused changes."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from policystudio.editing.condition_kinds import Missing
from policystudio.editing.operation import Refused

Words = str | Promise

KEYS: dict[str, Words] = {
    "acs:SourceIp": _("Address of the caller"),
    "acs:SecureTransport": _("HTTPS"),
    "acs:CurrentTime": _("Date and time"),
    "kms:tag/${TagKey}": _("Tag of the key"),
    "acs:MFAPresent": _("Second factor at sign-in"),
    "acs:VpcSourceIp": _("Private address of the caller"),
    "acs:SourceVpc": _("VPC of the caller"),
    "acs:PrincipalARN": _("Who calls (ARN)"),
    "acs:PrincipalRDId": _("Resource directory of the caller"),
    "acs:PrincipalRDPath": _("Folder path in the resource directory"),
    "acs:ResourceTag/${TagKey}": _("Tag of the resource"),
    "acs:RequestTag/${TagKey}": _("Tag in the request"),
    "kms:EncryptionAlgorithm": _("Encryption algorithm"),
    "kms:EncryptionContext:${EncryptionContextKey}": _("Entry of the encryption context"),
    "ram:ServiceName": _("Service of a service-linked role"),
}
"""In the order in which they are offered: the frequent ones first."""

TAILS: dict[str, Words] = {
    "kms:tag/": _("Tag key"),
    "acs:ResourceTag/": _("Tag key"),
    "acs:RequestTag/": _("Tag key"),
    "kms:EncryptionContext:": _("Name of the entry"),
}

OPERATORS: dict[str, Words] = {
    "StringEquals": _("is one of"),
    "StringNotEquals": _("is none of"),
    "StringEqualsIgnoreCase": _("is one of, letter case ignored"),
    "StringNotEqualsIgnoreCase": _("is none of, letter case ignored"),
    "StringLike": _("fits one of these patterns"),
    "StringNotLike": _("fits none of these patterns"),
    "NumericEquals": _("equals"),
    "NumericNotEquals": _("does not equal"),
    "NumericLessThan": _("is less than"),
    "NumericLessThanEquals": _("is at most"),
    "NumericGreaterThan": _("is more than"),
    "NumericGreaterThanEquals": _("is at least"),
    "DateEquals": _("is exactly"),
    "DateNotEquals": _("is not exactly"),
    "DateLessThan": _("is before"),
    "DateLessThanEquals": _("is not after"),
    "DateGreaterThan": _("is after"),
    "DateGreaterThanEquals": _("is not before"),
    "Bool": _("is"),
    "IpAddress": _("is in"),
    "NotIpAddress": _("is not in"),
}

MISSING: dict[Missing, Words] = {
    Missing.NOT_ALLOWED: _("A request that carries no such value is not allowed by this statement."),
    Missing.ALLOWED: _("A request that carries no such value fulfils this too, and is allowed."),
    Missing.NOT_DENIED: _("A request that carries no such value is not denied by this statement."),
    Missing.DENIED: _("A request that carries no such value fulfils this too, and is denied."),
    Missing.NEVER: _("Every request carries this."),
    Missing.UNDOCUMENTED: _("What happens to a request that carries no such value is not documented."),
}

GROUPS: dict[str, Words] = {
    "service": _("Service"),
    "key": _("Keys"),
    "crypto": _("Encryption and decryption"),
    "asymmetric": _("Signatures and asymmetric keys"),
    "alias": _("Aliases"),
    "tag": _("Tags"),
    "secret": _("Secrets"),
    "certificate": _("Certificates"),
    "instance": _("Instances"),
    "policy": _("Key and secret policies"),
    "network-rule": _("Network access rules"),
    "access-policy": _("Access policies"),
    "application-access-point": _("Application access points"),
    "client-key": _("Client keys"),
    "team": _("Added by your team"),
}

TYPES_OF_ALL: dict[str, Words] = {
    "key": _("Every key"),
    "alias": _("Every alias"),
    "secret": _("Every secret"),
    "certificate": _("Every certificate"),
    "instance": _("Every KMS instance"),
    "key-container": _("The key container, for making and listing keys"),
    "alias-container": _("The alias container, for listing aliases"),
    "secret-container": _("The secret container, for making and listing secrets"),
    "certificate-container": _("The certificate container, for making and listing certificates"),
    "network-rule": _("Every network access rule"),
    "access-policy": _("Every access policy"),
    "application-access-point": _("Every application access point"),
    "all": _("Everything, for actions without a resource"),
}

REFUSED: dict[str, Words] = {
    "unreadable": _(
        "The JSON cannot be read. Correct it, or undo; then the statements can be changed again."
    ),
    "statements-not-a-list": _("“Statement” is no list. Correct it in the JSON first."),
    "not-an-object": _("This part has a shape that the form cannot change. Correct it in the JSON first."),
    "no-such-statement": _("This statement is not there any more."),
    "no-such-entry": _("This entry is not there any more."),
    "at-the-edge": _("The statement cannot be moved further."),
    "nothing-chosen": _("Nothing is chosen yet."),
    "nothing-to-add": _("There is nothing to add here: it is listed already, or nothing is written."),
    "already-there": _("The statement has this condition already. Change the one that is there."),
    "no-value": _("Write at least one value."),
    "no-moment": _("Choose a date and a time."),
    "no-tail": _("Write the name first."),
    "no-key": _("Choose what the condition looks at."),
    "unknown-type": _("Choose a type of resource."),
    "bad-region": _("A region is small letters, digits and hyphens, for example cn-hangzhou."),
    "bad-account": _("An account is its number, for example 1234567890123456."),
    "no-name": _("Write the name, or * for all of them."),
    "bad-name": _("A name has no blanks, commas, colons or quotes. Add several names one by one."),
}

PENDING: dict[str, Words] = {
    "pattern": _("This action is not added yet: press “Add”, or empty the field."),
    "picker": _(
        "The chosen actions are not added yet: press “Add the chosen actions”, or take the ticks away."
    ),
    "resource": _("This change is not made yet: press “Apply”, or put the fields back."),
    "new-resource": _("This resource is not added yet: press “Add the resource”, or put the fields back."),
    "raw-resource": _("This is not added yet: press “Add as text”, or empty the field."),
    "condition": _("This change is not made yet: press “Apply”, or put the fields back."),
    "new-condition": _(
        "This condition is not added yet: press “Add the condition”, or choose “nothing further”."
    ),
    "element": _("This change is not made yet: press “Apply”, or put the text back."),
}
"""What was typed and not applied, when one wants to save or to leave."""


def of_refusal(refused: Refused) -> Words:
    """Why a change was not made; what has no words of ours comes as it is."""
    return REFUSED.get(refused.code, str(refused))


def of_operator(operator: str) -> Words:
    """An operator in words; one that we do not know by its name."""
    return OPERATORS.get(operator, operator)
