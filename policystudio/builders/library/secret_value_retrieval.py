"""Read the values of named secrets, and decrypt with the keys that encrypt them.

Decision: names only, no prefixes: who may read a value is worth naming. A secret without a key of its own contributes
nothing to the statement on decryption; when no secret has one, that statement is left out.
"""

from __future__ import annotations

from typing import Any

from policystudio.builders.builder import Builder, Note, Values
from policystudio.builders.parameters.pairs import SecretsWithKeys
from policystudio.builders.statements import allow, plainly
from policystudio.builders.words import N_


def _statements(p: Values) -> list[dict[str, Any]]:
    when = p.conditions.block
    statements = [allow("kms:GetSecretValue", on=plainly(p.secrets.resources), when=when)]
    if keys := p.secrets.key_resources:
        statements.append(allow("kms:Decrypt", on=plainly(keys), when=when))
    return statements


BUILDER = Builder(
    title=N_("Retrieve secret values"),
    summary=N_("For applications: read the values of the listed secrets."),
    example_of_use=N_("An application that reads its database password when it starts."),
    order=11,
    own_parameters=(SecretsWithKeys(default=[{"name": "example-secret", "key": "keyId-example"}]),),
    statements=_statements,
    facts_from=lambda p: {"own_key_secrets": p.secrets.without_own_key},
    notes=(
        Note(
            N_(
                "A secret that a key of your own encrypts can be read only with `kms:Decrypt` on that key as well."
            )
        ),
        Note(
            N_(
                "`example-secret` and `keyId-example` stand for yours: put the name and the key id in their place."
            )
        ),
    ),
)
