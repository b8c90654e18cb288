"""The document names resources of more than one account.

Why it matters: a key or secret of another account can be used only if its own policy allows it as well.
What to do: see to the policy of the key or secret over there, or correct the account.

Where the targets are known, `other-account-in-resource` and `hard-coded-account` tell which account is the other one.
Source: KMS, key policies: in the same account either policy suffices, across accounts both must allow.
"""

from policystudio.ram.document import Document
from policystudio.ram.finding import Severity, shown
from policystudio.ram.patterns import has_wildcard
from policystudio.ram.render import Target
from policystudio.validation.context import Context
from policystudio.validation.naming import kms_fields
from policystudio.validation.rule import Example, Notes, Rule

_TWO = {
    "Resource": [
        "acs:kms:*:1234567890123456:key/key-hzz1234567890abcdefgh",
        "acs:kms:*:6543210987654321:key/*",
    ]
}

RULE = Rule(
    Severity.SUGGESTION,
    triggers=[
        _TWO,
        [{}, {"Action": "kms:Decrypt", "Resource": "acs:kms:*:6543210987654321:key/*"}],
    ],
    clean=[
        {"Resource": "acs:kms:*:6543210987654321:key/*"},
        Example(_TWO, targets=(Target("1234567890123456", "cn-hangzhou"),)),
        [{"Effect": "Deny", "Resource": "acs:kms:*:6543210987654321:key/*"}, {}],
    ],
    silenced_by=[
        "malformed-account-number",
        "unlikely-account-number",
        "bare-placeholder-word",
        "masked-identifier",
    ],
)


@RULE.for_document
def check(document: Document, context: Context) -> Notes:
    if context.targets:
        return
    own: str | None = None
    for statement in document.statements:
        for resource in statement.resources if statement.is_allow else ():
            fields = kms_fields(resource.text)
            if fields is None or not fields.account or has_wildcard(fields.account):
                continue
            own = own or fields.account
            if fields.account != own:
                account = shown(fields.account)
                text = f"not all of this is in one account; the key or secret policy of {account} must allow it too"
                yield RULE.finding(at=resource, text=text)
