"""Documents and small worlds that meet often, for the product and for the reference alike."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import strategies as st

from policystudio.analysis.escalation.model import Alias, Key, Life, Material, Secret, Thing, World
from policystudio.analysis.given import read_given
from policystudio.ram.document import Document
from tests.reference.kms import HEAD, K, S

ADDRESSES = (None, "10.0.0.1", "192.0.2.1", "203.0.113.9")
SURROUNDINGS: dict[str, tuple[str | None, ...]] = {
    "acs:SourceIp": ADDRESSES,
    "acs:MFAPresent": (None, "true", "false"),
    "kms:EncryptionContext:c": (None, "a", "b", "zz"),
    "acs:ResourceTag/p": (None, "a", "b", "zz"),
    "acs:Unheard": (None, "a", "zz"),
}
TAGS = ("a", "b", "zz")
ACTIONS = (
    *("kms:TagResource", "kms:TagResources", "kms:UntagResource", "kms:SetKeyPolicy", "kms:EnableKey"),
    *("kms:CancelKeyDeletion", "kms:SetDeletionProtection", "kms:ScheduleKeyDeletion", "kms:CreateKey"),
    *("kms:DeleteKeyMaterial", "kms:GetParametersForImport", "kms:ImportKeyMaterial", "kms:Decrypt"),
    *("kms:AsymmetricDecrypt", "kms:ExportDataKey", "kms:AsymmetricSign", "kms:GenerateMac"),
    *("kms:ReEncryptFrom", "kms:ReEncryptTo", "kms:ReEncrypt*", "kms:UpdateAlias", "kms:*Alias"),
    *("kms:DeleteAlias", "kms:CreateAlias", "kms:SetSecretPolicy", "kms:RestoreSecret", "kms:DeleteSecret"),
    *("kms:GetSecretValue", "kms:PutSecretValue", "kms:GenerateDataKey", "kms:Import*", "kms:Get*", "kms:*"),
    "kms:CreateSecret",
)
# What meets too seldom by chance to lead anywhere.
THEMES = (
    ACTIONS,
    (
        "kms:UpdateAlias",
        "kms:CreateKey",
        "kms:Decrypt",
        "kms:AsymmetricSign",
        "kms:SetKeyPolicy",
        "kms:*Alias",
    ),
    (
        "kms:DeleteAlias",
        "kms:CreateAlias",
        "kms:ReEncrypt*",
        "kms:Decrypt",
        "kms:SetKeyPolicy",
        "kms:EnableKey",
    ),
    (
        "kms:ReEncryptFrom",
        "kms:ReEncryptTo",
        "kms:Decrypt",
        "kms:CreateKey",
        "kms:TagResource",
        "kms:UpdateAlias",
    ),
    ("kms:TagResource", "kms:UntagResource", "kms:Decrypt", "kms:ReEncryptFrom", "kms:ScheduleKeyDeletion"),
    ("kms:TagResources", "kms:SetDeletionProtection", "kms:ScheduleKeyDeletion", "kms:AsymmetricSign"),
    ("kms:SetSecretPolicy", "kms:GetSecretValue", "kms:Decrypt", "kms:TagResource", "kms:PutSecretValue"),
    ("kms:SetSecretPolicy", "kms:DeleteSecret", "kms:CreateSecret", "kms:PutSecretValue", "kms:SetKeyPolicy"),
)
RESOURCES = (
    *("*", "key/*", "key/k0", "key/k1", "alias/*", "alias/a0", "alias/*", "secret/*", "secret/s0", "key*"),
    *("key", "key/*", "secret"),
)
CONDITIONS: tuple[dict[str, Any], ...] = (
    {"StringEquals": {"kms:tag/p": "a"}},
    {"StringEquals": {"kms:tag/p": ["a", "b"]}},
    {"StringNotEquals": {"kms:tag/p": "a"}},
    {"StringLike": {"kms:tag/p": "?"}},
    {"StringLike": {"kms:tag/p": "*"}},
    {"StringNotLike": {"kms:tag/p": "*"}},
    {"StringEquals": {"acs:ResourceTag/p": "b"}},
    {"StringEquals": {"acs:RequestTag/p": "a"}},
    {"StringNotEquals": {"acs:RequestTag/p": "a"}},
    {"IpAddress": {"acs:SourceIp": "10.0.0.0/8"}},
    {"NotIpAddress": {"acs:SourceIp": ["10.0.0.0/8", "192.0.2.0/24"]}},
    {"Bool": {"acs:MFAPresent": "true"}},
    {"Bool": {"acs:MFAPresent": "false"}, "IpAddress": {"acs:SourceIp": "192.0.2.1"}},
    {"StringEquals": {"kms:EncryptionContext:c": "a"}},
    {"StringNotEquals": {"acs:Unheard": "a"}},
    {"StringEquals": {"acs:Unheard": "a"}},
    {"ForAllValues:StringEquals": {"acs:Unheard": "a"}},
)


@st.composite
def statements(draw: st.DrawFn, effect: st.SearchStrategy[str], actions: tuple[str, ...]) -> dict[str, Any]:
    made: dict[str, Any] = {
        "Effect": draw(effect),
        "Action": draw(st.lists(st.sampled_from(actions), min_size=1, max_size=6, unique=True)),
        "Resource": [
            name if name == "*" else HEAD + name
            for name in draw(st.lists(st.sampled_from(RESOURCES), min_size=1, max_size=3, unique=True))
        ],
    }
    if draw(st.booleans()):
        made["Condition"] = draw(st.sampled_from(CONDITIONS))
    return made


@st.composite
def documents(draw: st.DrawFn) -> dict[str, Any]:
    """A document of which something is likely to be allowed."""
    effects = st.sampled_from(["Allow", "Allow", "Allow", "Deny"])
    theme = draw(st.sampled_from(THEMES))
    allows = draw(st.lists(statements(st.just("Allow"), theme), min_size=1, max_size=3))
    others = draw(st.lists(statements(effects, theme), max_size=2))
    return {"Version": "1", "Statement": [*allows, *others]}


things = st.builds(
    K,
    st.just(""),
    st.sampled_from([None, "a", "b", "zz"]),
    st.sampled_from(["enabled", "enabled", "enabled", "disabled", "pending_deletion", "absent"]),
    st.booleans(),
    st.sampled_from([False, False, False, True]),
    st.sampled_from(["own", "own", "imported", "awaited", "known", "deleted"]),
)


@st.composite
def worlds(draw: st.DrawFn) -> tuple[list[K], list[tuple[str, int]], list[S]]:
    """At most three keys, two aliases and two secrets."""
    keys = [
        each._replace(name=f"key/k{at}") if each.life != "absent" else K(f"key/k{at}", life="absent")
        for at, each in enumerate(draw(st.lists(things, min_size=1, max_size=3)))
    ]
    there = [at for at, key in enumerate(keys) if key.life != "absent"]
    aliases = [
        (f"alias/a{at}", key)
        for at, key in enumerate(draw(st.lists(st.sampled_from(there), max_size=2)) if there else [])
    ]
    own = st.sampled_from([None, *there])
    secrets = [
        S(f"secret/s{at}", life, opened, key)
        for at, (life, opened, key) in enumerate(
            draw(
                st.lists(
                    st.tuples(
                        st.sampled_from(["enabled", "enabled", "pending_deletion"]), st.booleans(), own
                    ),
                    max_size=2,
                )
            )
        )
    ]
    return keys, aliases, secrets


def world_of(keys: list[K], aliases: list[tuple[str, int]], secrets: list[S]) -> World:
    """The same world as the product has it."""
    return World(
        tuple(Key(HEAD + key.name, thing_of(key)) for key in keys),
        tuple(Alias(HEAD + name, key) for name, key in aliases),
        tuple(Secret(HEAD + s.name, Thing(life=Life(s.life), is_open=s.open), s.key) for s in secrets),
    )


def thing_of(key: K) -> Thing:
    tags = () if key.tag is None else (("p", key.tag),)
    return Thing(tags, Life(key.life), key.protected, key.open, Material(key.material))


def read(document: Any) -> Document:
    found = read_given(json.dumps(document)).document
    assert found is not None
    return found
