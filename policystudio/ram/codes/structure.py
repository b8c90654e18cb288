"""The codes of a document's structure: what RAM's grammar of policies does not allow, and what has left it."""

from __future__ import annotations

from policystudio.ram.codes._code import CLEAN, Code
from policystudio.ram.document import Kind
from policystudio.ram.finding import Severity

_REFUSED = "RAM refuses the document."
_RESOURCE = '"Resource": "acs:kms:cn-hangzhou:1234567890123456:key/*"'
_ACTION = '"Action": ["kms:Encrypt", "kms:Decrypt"]'
_TRUST = CLEAN.replace(f",\n      {_RESOURCE}", "").replace(
    '["kms:Encrypt", "kms:Decrypt"]', '"sts:AssumeRole"'
)
_KEY_POLICY = CLEAN.replace('"Effect"', '"Principal": {"RAM": ["acs:ram::1234567890123456:*"]}, "Effect"')


def _conditioned(block: str) -> str:
    return f'{_RESOURCE},\n      "Condition": {block}'


STRUCTURE: dict[str, Code] = {
    "missing-version": Code(
        "There is no `Version`.",
        _REFUSED,
        'add `"Version": "1"`.',
        '"Version": "1",',
        "",
    ),
    "wrong-version": Code(
        'The version is not the text `"1"`.',
        "a date as version belongs to another cloud. " + _REFUSED,
        'write `"1"`.',
        '"1"',
        '"2012-10-17"',
    ),
    "missing-statement-list": Code(
        "There is no `Statement`.",
        _REFUSED,
        "add a list with at least one statement.",
        None,
        '{"Version": "1"}',
    ),
    "empty-statement-list": Code(
        "The list of statements is empty.",
        "the document grants nothing; " + _REFUSED,
        "add a statement.",
        None,
        '{"Version": "1", "Statement": []}',
    ),
    "statement-not-in-list": Code(
        "`Statement` is one object instead of a list.",
        "only the list is documented.",
        "put brackets around it.",
        None,
        '{"Version": "1", "Statement": {"Effect": "Allow", "Action": "kms:Encrypt", "Resource": "*"}}',
    ),
    "misspelt-element": Code(
        "A member's name is close to one that RAM knows.",
        _REFUSED,
        "write the known name.",
        '"Action"',
        '"Actions"',
    ),
    "wrong-case-in-element": Code(
        "A member's name is not in the documented letter case.",
        "names are taken exactly as spelt.",
        "write it as documented.",
        '"Effect"',
        '"effect"',
    ),
    "members-differ-only-in-case": Code(
        "Two members of one object differ only in letter case.",
        "readers that do not mind the case take the one or the other.",
        "keep one of them, spelt as documented.",
        '"Effect": "Allow",',
        '"Effect": "Allow", "effect": "Deny",',
    ),
    "unknown-element": Code(
        "A member that RAM does not define.",
        _REFUSED,
        "remove it.",
        '"Effect": "Allow",',
        '"Effect": "Allow", "Comment": "for the application",',
    ),
    "element-at-wrong-level": Code(
        "A member stands beside `Statement` that belongs inside, or the reverse.",
        _REFUSED,
        "move it.",
        '"Version": "1",',
        '"Version": "1", "Effect": "Allow",',
    ),
    "missing-effect": Code(
        "A statement without `Effect`.",
        _REFUSED,
        "say `Allow` or `Deny`.",
        '"Effect": "Allow",',
        "",
    ),
    "unknown-effect": Code(
        "The effect is not exactly `Allow` or `Deny`.",
        _REFUSED,
        "write one of them, letter case included.",
        '"Allow"',
        '"allow"',
    ),
    "missing-action": Code(
        "A statement with neither `Action` nor `NotAction`.",
        _REFUSED,
        "list the actions that it is about.",
        _ACTION + ",",
        "",
    ),
    "action-and-not-action": Code(
        "`Action` and `NotAction` in one statement.",
        "they exclude each other.",
        "keep one.",
        _ACTION,
        _ACTION + ', "NotAction": "kms:Sign"',
    ),
    "missing-resource": Code(
        "A statement without `Resource`.",
        "a custom policy says what each statement applies to.",
        "list the resources.",
        ",\n      " + _RESOURCE,
        "",
    ),
    "resource-and-not-resource": Code(
        "`Resource` and `NotResource` in one statement.",
        "they exclude each other.",
        "keep `Resource`.",
        _RESOURCE,
        _RESOURCE + ', "NotResource": "*"',
    ),
    "not-resource-element": Code(
        "A statement for every resource except some.",
        "it grows with every new resource, and the element left RAM's documentation in 2021.",
        "list the resources that are meant in `Resource`, which only the author knows.",
        '"Resource"',
        '"NotResource"',
        Severity.SECURITY_WARNING,
    ),
    "value-of-wrong-type": Code(
        "A number, object or null where text or a list of text belongs.",
        _REFUSED,
        "write text, or a list of text.",
        '"kms:Encrypt"',
        "null",
    ),
    "empty-action-list": Code(
        "A list of actions is empty.",
        "the statement does nothing.",
        "add an action, or remove the statement.",
        '["kms:Encrypt", "kms:Decrypt"]',
        "[]",
    ),
    "empty-resource-list": Code(
        "A list of resources is empty.",
        "the statement does nothing.",
        "add a resource, or remove the statement.",
        '"acs:kms:cn-hangzhou:1234567890123456:key/*"',
        "[]",
    ),
    "empty-text-in-list": Code(
        "An empty text among actions or resources.",
        "it fits nothing. (An empty value of a condition can be meant and is left alone.)",
        "remove it.",
        '"kms:Encrypt"',
        '""',
    ),
    "space-around-value": Code(
        "A blank at the start or end of an action, resource or condition key.",
        "it counts as a part of the text, which then fits nothing.",
        "remove the blank.",
        '"kms:Encrypt"',
        '" kms:Encrypt"',
    ),
    "principal-in-identity-policy": Code(
        "`Principal` in a custom policy.",
        "it belongs to trust, key and secret policies; a custom policy is attached to users, groups and roles.",
        "remove it.",
        '"Effect": "Allow",',
        '"Effect": "Allow", "Principal": {"RAM": ["acs:ram::1234567890123456:root"]},',
    ),
    "condition-not-an-object": Code(
        "`Condition` is a list or a text.",
        _REFUSED,
        "write operators with their keys, in an object.",
        _RESOURCE,
        _conditioned("[]"),
    ),
    "unquoted-condition-value": Code(
        "A boolean or number stands without quotes in a condition.",
        "RAM wants every value of a condition as text.",
        "put it in double quotes.",
        _RESOURCE,
        _conditioned('{"Bool": {"acs:SecureTransport": true}}'),
    ),
    "unknown-operator": Code(
        "A condition operator that RAM does not have.",
        _REFUSED,
        "write one of the documented operators.",
        _RESOURCE,
        _conditioned('{"StringsEqual": {"kms:tag/Project": "Apollo"}}'),
    ),
    "wrong-case-in-operator": Code(
        "A condition operator in other letter case than documented.",
        "operators are taken exactly as spelt.",
        "write it as documented.",
        _RESOURCE,
        _conditioned('{"ipaddress": {"acs:SourceIp": ["203.0.113.7"]}}'),
    ),
    "operator-of-another-cloud": Code(
        "A condition operator that another cloud has.",
        "RAM refuses `Null`, `…IfExists` and operators on names or binary values.",
        "say it with a documented operator; there is none for the absence of a key.",
        _RESOURCE,
        _conditioned('{"StringEqualsIfExists": {"kms:tag/Project": "Apollo"}}'),
    ),
    "missing-principal": Code(
        "A statement of a trust, key or secret policy that names nobody.",
        "such a policy says to whom it speaks.",
        "add `Principal`.",
        None,
        _TRUST,
        kind=Kind.TRUST,
    ),
    "empty-principal-list": Code(
        "A list of principals is empty.",
        "the statement speaks of nobody.",
        "add a principal, or remove the statement.",
        None,
        _TRUST.replace('"Effect"', '"Principal": {"RAM": []}, "Effect"'),
        kind=Kind.TRUST,
    ),
    "resource-in-key-policy": Code(
        "A key or secret policy that names a resource.",
        "it is kept with one key or secret and speaks of that alone.",
        'write `"*"`.',
        None,
        _KEY_POLICY,
        kind=Kind.KEY_POLICY,
    ),
    "action-outside-kms": Code(
        "A key or secret policy with an action of another service.",
        "only actions that begin with `kms:` are accepted there.",
        "remove the action.",
        None,
        _KEY_POLICY.replace("kms:Encrypt", "ecs:StartInstance"),
        kind=Kind.KEY_POLICY,
    ),
    "statement-id-too-long": Code(
        "The `Sid` of a key or secret policy has more than 128 characters.",
        "KMS refuses the policy.",
        "shorten it.",
        None,
        _KEY_POLICY.replace('"Effect"', f'"Sid": "{"a" * 129}", "Effect"'),
        kind=Kind.KEY_POLICY,
    ),
}
