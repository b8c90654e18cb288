"""The ways that the eleven samples open, checked by hand against the language reference and the catalogue."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from policystudio.analysis.escalation import Answer, Escalation, escalate
from policystudio.analysis.given import read_given
from policystudio.ram.document import Document

SAMPLES = Path(__file__).parents[2] / "samples"
Way = tuple[str, str, tuple[str, ...]]

# What every state of note that a key can be in opens where a holder may do everything: undo it, then as in the plain
# state. A key that waits for material takes the import of known material first (catalogue: kms:ImportKeyMaterial goes
# into a key made for it, with parameters from kms:GetParametersForImport), then KMS itself decrypts with it.
EVERYTHING: set[Way] = {
    *(
        (goal, "key", (undo, use))
        for goal, use in (("decrypt", "decrypt"), ("sign", "sign"))
        for undo in ("enable_key", "cancel_key_deletion")
    ),
    ("decrypt", "key", ("get_parameters_for_import", "import_key_material", "decrypt")),
    ("sign", "key", ("get_parameters_for_import", "import_key_material", "sign")),
    ("read_secret", "secret", ("restore_secret", "get_secret_value")),
    ("replace_secret", "secret", ("restore_secret", "put_secret_value")),
    # kms:ScheduleKeyDeletion is refused while the protection is on, and lifting it is an action like any other.
    ("destroy_key", "key", ("set_deletion_protection", "schedule_key_deletion", "wait_for_deletion")),
}
EVERYTHING_AT_ONCE: set[Way] = {
    ("decrypt", "key", ("decrypt",)),
    ("sign", "key", ("sign",)),
    ("read_secret", "secret", ("get_secret_value",)),
    ("replace_secret", "secret", ("put_secret_value",)),
    # Scheduling is the one request; what follows is waiting. Imported material can be deleted at once.
    ("destroy_key", "key", ("schedule_key_deletion", "wait_for_deletion")),
    ("destroy_key", "key", ("delete_key_material",)),
    ("destroy_secret", "secret", ("delete_secret",)),
}
STEPS: dict[str, set[Way]] = {
    "full-access": EVERYTHING,
    # The address is what the caller has or has not; each step says that it has to be one of the two.
    "ip-restricted-access": EVERYTHING,
    # Names no use of keys, but kms:Set* holds kms:SetKeyPolicy on every key: in the same account the key policy alone
    # lets somebody in (ram-language, section 5). kms:Enable*, kms:Cancel* and kms:Get* undo the odd states. With
    # imported material one need not set a policy: it is known, and nobody is asked outside of KMS. Aliases (kms:Update*
    # on alias/*) take three steps, more than the key behind them takes by its policy. kms:SetSecretPolicy is reached by
    # kms:Set* too, yet no secret is listed, so it acts on none. kms:ScheduleKeyDeletion is named as it is.
    "key-admin": {
        ("decrypt", "key", ("set_key_policy", "decrypt")),
        ("sign", "key", ("set_key_policy", "sign")),
        *(
            (goal, "key", (undo, "set_key_policy", goal))
            for goal in ("decrypt", "sign")
            for undo in ("enable_key", "cancel_key_deletion")
        ),
        *(
            (goal, "key", ("get_parameters_for_import", "import_key_material", "work_outside"))
            for goal in ("decrypt", "sign")
        ),
        ("destroy_key", "key", ("set_deletion_protection", "schedule_key_deletion", "wait_for_deletion")),
    },
    "key-read-only": set(),
    # Lists aliases, but may not move one.
    "crypto-user": set(),
    # kms:TagResource is not among its actions, so keys without the tag stay out of reach.
    "tag-scoped-crypto-user": set(),
    "asymmetric-encryption": set(),
    "asymmetric-signing": set(),
    # kms:TagResource acts on secrets here, of which no condition asks for tags; kms:RestoreSecret brings a deleted
    # secret back, into which kms:PutSecretValue then puts another value. Values are never read: no kms:GetSecretValue.
    # Under a customer key the new value needs kms:GenerateDataKey, which is not there.
    "secret-admin": {("replace_secret", "secret", ("restore_secret", "put_secret_value"))},
    "secret-read-only": set(),
    "secret-value-retrieval": set(),
}
DIRECT: dict[str, set[Way]] = {
    "full-access": EVERYTHING_AT_ONCE,
    "ip-restricted-access": EVERYTHING_AT_ONCE,
    "key-admin": {
        ("destroy_key", "key", ("schedule_key_deletion", "wait_for_deletion")),
        ("destroy_key", "key", ("delete_key_material",)),
    },
    "key-read-only": set(),
    "crypto-user": {("decrypt", "key", ("decrypt",))},
    # Keys that have the tag already.
    "tag-scoped-crypto-user": {("decrypt", "key", ("decrypt",))},
    "asymmetric-encryption": {("decrypt", "key", ("decrypt",))},
    "asymmetric-signing": {("sign", "key", ("sign",))},
    "secret-admin": {
        ("replace_secret", "secret", ("put_secret_value",)),
        ("destroy_secret", "secret", ("delete_secret",)),
    },
    "secret-read-only": set(),
    # The secret without a key of its own, and under the named key, with which it may decrypt everything else as well.
    "secret-value-retrieval": {
        ("read_secret", "secret", ("get_secret_value",)),
        ("decrypt", "key", ("decrypt",)),
    },
}


def sample(name: str) -> Document:
    text = (SAMPLES / f"{name}.json").read_text("utf-8")
    text = text.replace("${region}", "cn-hangzhou").replace("${account}", "1234567890123456")
    document = read_given(text).document
    assert document is not None
    return document


def told(found: Escalation, answer: Answer) -> set[Way]:
    return {
        (str(each.goal), str(each.on[0].kind), tuple(step.name for step in each.path or ()))
        for each in found.of(answer)
    }


def test_every_sample_is_looked_at() -> None:
    named = {each["slug"] for each in json.loads((SAMPLES / "index.json").read_text("utf-8"))}
    assert set(STEPS) == set(DIRECT) == named


@pytest.mark.parametrize("name", STEPS)
def test_a_sample_opens_these_ways_and_no_others(name: str) -> None:
    found = escalate([sample(name)])
    assert told(found, Answer.STEPS) == STEPS[name]
    assert told(found, Answer.DIRECT) == DIRECT[name]
    assert found.of(Answer.UNKNOWN) == ()
    assert found.reason is None


def test_the_tagged_sample_reads_tagged_keys_only_and_with_tagging_every_key() -> None:
    tagged = sample("tag-scoped-crypto-user")
    alone = escalate([tagged])
    (direct,) = alone.of(Answer.DIRECT)
    assert [each.start.tags for each in direct.on if each.start] == [(("Project", "Apollo"),)]
    tagging = read_given(
        '{"Version": "1", "Statement": [{"Effect": "Allow", "Action": "kms:TagResource", '
        '"Resource": "acs:kms:cn-hangzhou:1234567890123456:key/*"}]}'
    ).document
    assert tagging is not None
    both = escalate([tagged, tagging])
    # Tagging asks for no tag (the catalogue's condition keys of kms:TagResource), so it opens every key.
    assert ("decrypt", "key", ("tag_resource", "decrypt")) in told(both, Answer.STEPS)


def test_a_condition_on_the_address_is_said_in_every_step() -> None:
    for each in escalate([sample("ip-restricted-access")]).reaches:
        for step in each.path or ():
            for grant in step.grants:
                assert [key for key, _value in grant.assumed] == ["acs:SourceIp"]
