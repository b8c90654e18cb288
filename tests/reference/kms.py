"""The model of KMS that escalation searches, written again as plainly as can be and explored one whole state at a time.

Shares no code with the product: what a step needs, when it is possible and what it does is said here once more, from
the catalogue and ram-language, section 5. Requests are decided by the reference of decisions, in all surroundings.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from typing import Any, NamedTuple

from tests.reference import decisions

HEAD = "acs:kms:cn-hangzhou:1234567890123456:"
# Which requests carry `kms:tag/…` and the encryption context. Source: the catalogue's condition keys.
TAGGED = frozenset(
    f"kms:{name}"
    for name in (
        *("CancelKeyDeletion", "CreateKeyVersion", "DeleteKeyMaterial", "DisableKey", "EnableKey"),
        *("GetParametersForImport", "ImportKeyMaterial", "ScheduleKeyDeletion", "SetDeletionProtection"),
        *("Decrypt", "ExportDataKey", "GenerateDataKey", "ReEncryptFrom", "ReEncryptTo"),
        *("AsymmetricDecrypt", "AsymmetricSign"),
    )
)
IN_CONTEXT = frozenset(
    f"kms:{name}" for name in ("Decrypt", "ExportDataKey", "GenerateDataKey", "ReEncryptFrom", "ReEncryptTo")
)
# What a key or secret policy that lets the holder in adds; a Deny still wins.
OPEN = {"Version": "1", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}
USABLE = ("own", "imported", "known")


class K(NamedTuple):
    """A key: the value of its one tag `p`, None without it."""

    name: str
    tag: str | None = None
    life: str = "enabled"
    protected: bool = False
    open: bool = False
    material: str = "own"

    @property
    def works(self) -> bool:
        return self.life == "enabled" and self.material in USABLE


class S(NamedTuple):
    """A secret, and the number of its own key."""

    name: str
    life: str = "enabled"
    open: bool = False
    key: int | None = None


class State(NamedTuple):
    """`held`: what was encrypted for whom (a key or an alias) → under which key it can be had as well."""

    keys: tuple[K, ...]
    aliases: tuple[tuple[str, int | None], ...]
    secrets: tuple[S, ...]
    held: frozenset[tuple[str, int, int]] = frozenset()


Label = tuple[str, tuple[str, ...], tuple[tuple[str, str], ...]]
Goal = tuple[str, str, int]
Move = tuple[Label, State, frozenset[Goal]]


class Reference:
    """The moves of the model for some documents, as plain values."""

    def __init__(
        self, documents: list[Any], surroundings: Mapping[str, Sequence[str | None]], tags: Sequence[str]
    ) -> None:
        self._documents = documents
        self._surroundings = surroundings
        self._tags = tags
        self._known: dict[tuple[str, str, str | None, str | None, bool], bool] = {}

    def may(
        self, action: str, name: str, tag: str | None = None, sent: str | None = None, opened: bool = False
    ) -> bool:
        asked = (action, name, tag, sent, opened)
        if asked not in self._known:
            self._known[asked] = any(
                self._passes(action, name, context, opened)
                for context in self._contexts(action, name, tag, sent)
            )
        return self._known[asked]

    def _passes(self, action: str, name: str, context: dict[str, str], opened: bool) -> bool:
        policies = [*self._documents, OPEN] if opened else self._documents
        return decisions.decide(policies, action, HEAD + name, context) == decisions.ALLOW

    def _contexts(
        self, action: str, name: str, tag: str | None, sent: str | None
    ) -> Iterator[dict[str, str]]:
        fixed: dict[str, str | None] = {"acs:RequestTag/p": sent}
        if name.startswith("key"):
            fixed["acs:ResourceTag/p"] = tag
        fixed["kms:tag/p"] = tag if action in TAGGED else None
        if action not in IN_CONTEXT:
            fixed["kms:EncryptionContext:c"] = None
        free = [key for key in self._surroundings if key not in fixed]
        for values in product(*(self._surroundings[key] for key in free)):
            context = {**fixed, **dict(zip(free, values, strict=True))}
            yield {key: value for key, value in context.items() if value is not None}

    def on_key(self, action: str, key: K, sent: str | None = None) -> bool:
        return self.may(action, key.name, key.tag, sent, key.open)

    def moves(self, state: State) -> Iterator[Move]:
        """Every step that can be taken, the state after it, and the goals that it reaches."""
        for index, key in enumerate(state.keys):
            for name, after, tags in self._changes(key):
                keys = (*state.keys[:index], after, *state.keys[index + 1 :])
                done = (
                    {("destroy_key", "key", index)}
                    if is_destroyed(after) and not is_destroyed(key)
                    else set()
                )
                yield (name, (key.name,), tags), noted(state._replace(keys=keys)), frozenset(done)
            yield from self._uses(state, index, key)
        yield from self._copies(state)
        yield from self._aliases(state)
        for index, secret in enumerate(state.secrets):
            yield from self._secrets(state, index, secret)

    def _changes(self, key: K) -> Iterator[tuple[str, K, tuple[tuple[str, str], ...]]]:
        if key.life == "absent":
            for tag in (None, *self._tags):
                if self.may("kms:CreateKey", "key", None, tag):
                    for material in ("own", "awaited"):
                        made = K(key.name, tag, "enabled", False, True, material)
                        yield "create_key", made, () if tag is None else (("p", tag),)
            return
        if key.life == "gone":
            return
        for tag in self._tags:
            if tag != key.tag and any(self.on_key(f"kms:TagResource{s}", key, tag) for s in ("", "s")):
                yield "tag_resource", key._replace(tag=tag), (("p", tag),)
        if key.tag is not None and any(self.on_key(f"kms:UntagResource{s}", key) for s in ("", "s")):
            yield "untag_resource", key._replace(tag=None), (("p", key.tag),)
        if not key.open and self.on_key("kms:SetKeyPolicy", key):
            yield "set_key_policy", key._replace(open=True), ()
        if key.life == "disabled" and self.on_key("kms:EnableKey", key):
            yield "enable_key", key._replace(life="enabled"), ()
        if key.life == "pending_deletion":
            if self.on_key("kms:CancelKeyDeletion", key):
                yield "cancel_key_deletion", key._replace(life="enabled"), ()
            yield "wait_for_deletion", key._replace(life="gone"), ()
            return
        if key.protected and self.on_key("kms:SetDeletionProtection", key):
            yield "set_deletion_protection", key._replace(protected=False), ()
        if not key.protected and self.on_key("kms:ScheduleKeyDeletion", key):
            yield "schedule_key_deletion", key._replace(life="pending_deletion"), ()
        if key.material in ("imported", "known") and self.on_key("kms:DeleteKeyMaterial", key):
            yield "delete_key_material", key._replace(material="deleted"), ()
        if key.life == "enabled":
            if key.material == "awaited" and self.on_key("kms:GetParametersForImport", key):
                yield "get_parameters_for_import", key._replace(material="offered"), ()
            if key.material == "offered" and self.on_key("kms:ImportKeyMaterial", key):
                yield "import_key_material", key._replace(material="known"), ()

    def _uses(self, state: State, index: int, key: K) -> Iterator[Move]:
        if not key.works:
            return
        reading = frozenset(("decrypt", kind, number) for kind, number, under in state.held if under == index)
        signing = frozenset(
            {("sign", "key", index)}
            | {("sign", "alias", at) for at, (_name, key_of) in enumerate(state.aliases) if key_of == index}
        )
        if self.on_key("kms:Decrypt", key) or self.on_key("kms:AsymmetricDecrypt", key):
            yield ("decrypt", (key.name,), ()), state, reading
        if self.on_key("kms:ExportDataKey", key):
            yield ("export_data_key", (key.name,), ()), state, reading
        if self.on_key("kms:AsymmetricSign", key) or self.on_key("kms:GenerateMac", key):
            yield ("sign", (key.name,), ()), state, signing
        if key.material == "known":
            yield ("work_outside", (key.name,), ()), state, reading | signing

    def _copies(self, state: State) -> Iterator[Move]:
        for one, source in enumerate(state.keys):
            for two, target in enumerate(state.keys):
                if one == two or not (source.works and target.works):
                    continue
                if self.on_key("kms:ReEncryptFrom", source) and self.on_key("kms:ReEncryptTo", target):
                    held = state.held | {(kind, at, two) for kind, at, under in state.held if under == one}
                    label = ("re_encrypt", (source.name, target.name), ())
                    yield label, state._replace(held=held), frozenset()

    def _aliases(self, state: State) -> Iterator[Move]:
        for at, (name, current) in enumerate(state.aliases):

            def pointing(key: int | None, at: int = at, name: str = name) -> State:
                aliases = (*state.aliases[:at], (name, key), *state.aliases[at + 1 :])
                return noted(state._replace(aliases=aliases))

            if current is None:
                for index, key in enumerate(state.keys):
                    if (
                        key.works
                        and self.may("kms:CreateAlias", name)
                        and self.on_key("kms:CreateAlias", key)
                    ):
                        yield ("create_alias", (name, key.name), ()), pointing(index), frozenset()
                continue
            for index, key in enumerate(state.keys):
                is_other = key.works and index != current
                if is_other and self.may("kms:UpdateAlias", name) and self.on_key("kms:UpdateAlias", key):
                    yield ("update_alias", (name, key.name), ()), pointing(index), frozenset()
            behind = state.keys[current]
            is_there = behind.life not in ("absent", "gone")
            if is_there and self.may("kms:DeleteAlias", name) and self.on_key("kms:DeleteAlias", behind):
                yield ("delete_alias", (name, behind.name), ()), pointing(None), frozenset()

    def _secrets(self, state: State, index: int, secret: S) -> Iterator[Move]:
        def with_it(**changed: Any) -> State:
            secrets = (*state.secrets[:index], secret._replace(**changed), *state.secrets[index + 1 :])
            return state._replace(secrets=secrets)

        def allowed(action: str) -> bool:
            return self.may(action, secret.name, opened=secret.open)

        if secret.life == "gone":
            if self.may("kms:CreateSecret", "secret"):
                # One of the same name and without a key of its own, which leaves the old value lost.
                yield (
                    ("create_secret", (secret.name,), ()),
                    state,
                    frozenset({("replace_secret", "secret", index)}),
                )
            return
        if not secret.open and allowed("kms:SetSecretPolicy"):
            yield ("set_secret_policy", (secret.name,), ()), with_it(open=True), frozenset()
        if secret.life == "pending_deletion" and allowed("kms:RestoreSecret"):
            yield ("restore_secret", (secret.name,), ()), with_it(life="enabled"), frozenset()
        if allowed("kms:DeleteSecret"):
            done = frozenset({("destroy_secret", "secret", index)})
            yield ("delete_secret", (secret.name,), ()), with_it(life="gone"), done
        if secret.life != "enabled":
            return
        key = None if secret.key is None else state.keys[secret.key]
        objects = (secret.name,) if key is None else (secret.name, key.name)
        for name, action, of_key, goal in (
            ("get_secret_value", "kms:GetSecretValue", "kms:Decrypt", "read_secret"),
            ("put_secret_value", "kms:PutSecretValue", "kms:GenerateDataKey", "replace_secret"),
        ):
            if allowed(action) and (key is None or (key.works and self.on_key(of_key, key))):
                yield (name, objects, ()), state, frozenset({(goal, "secret", index)})


def is_destroyed(key: K) -> bool:
    return key.life == "gone" or key.material == "deleted"


def noted(state: State) -> State:
    """With what others encrypt through the aliases as they stand."""
    held = set(state.held)
    for at, (_name, key) in enumerate(state.aliases):
        if key is not None and state.keys[key].works:
            held.add(("alias", at, key))
    return state._replace(held=frozenset(held))


def beginning(keys: Sequence[K], aliases: Sequence[tuple[str, int]], secrets: Sequence[S]) -> State:
    """The state before the first step: every key that is there holds what was encrypted with it."""
    held = frozenset(("key", at, at) for at, key in enumerate(keys) if key.life != "absent")
    return noted(State(tuple(keys), tuple(aliases), tuple(secrets), held))


class Explored(NamedTuple):
    """The fewest steps to each goal; `depth`: all states that many steps away were tried, None when all states were."""

    shortest: dict[Goal, int]
    depth: int | None


def explore(reference: Reference, start: State, most: int) -> Explored:
    """Breadth first over whole states, until there are no more or `most` of them were met."""
    shortest: dict[Goal, int] = {}
    for at, key in enumerate(start.keys):
        if is_destroyed(key):
            shortest["destroy_key", "key", at] = 0
    for at, secret in enumerate(start.secrets):
        if secret.life == "gone":
            shortest["destroy_secret", "secret", at] = 0
    seen, level, depth = {start}, [start], 0
    while level:
        depth += 1
        after: list[State] = []
        for state in level:
            for _label, then, goals in reference.moves(state):
                for goal in goals:
                    shortest.setdefault(goal, depth)
                if then not in seen:
                    seen.add(then)
                    after.append(then)
        if len(seen) > most:
            return Explored(shortest, depth)
        level = after
    return Explored(shortest, None)
