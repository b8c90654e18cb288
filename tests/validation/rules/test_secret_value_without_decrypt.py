"""Reading a secret asks for its key, unless the author says that it has none."""

CODE = "secret-value-without-decrypt"
SECRET = "acs:kms:${region}:${account}:secret/"


def reading(*names):
    return {"Action": "kms:GetSecretValue", "Resource": [SECRET + name for name in names]}


def test_decrypt_anywhere_in_the_document_suffices(places):
    assert places(CODE, reading("app")) == ["/Statement/0/Action"]
    assert places(CODE, reading("app"), {"Action": "kms:Decrypt"}) == []


def test_declared_secrets_are_silent_only_when_all_are_declared(places):
    assert places(CODE, reading("app", "db"), own_key_secrets=["app", "db"]) == []
    assert places(CODE, reading("app", "db"), own_key_secrets=["app"]) == ["/Statement/0/Action"]


def test_denied_decrypt_is_no_permission(places):
    assert places(CODE, reading("app"), {"Effect": "Deny", "Action": "kms:Decrypt"}) == [
        "/Statement/0/Action"
    ]
