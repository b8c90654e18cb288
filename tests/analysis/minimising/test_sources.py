"""A source with placeholders means the same afterwards, wherever it goes."""

from __future__ import annotations

import json
import random
from typing import Any

import pytest
from hypothesis import given as generated
from hypothesis import settings
from hypothesis import strategies as st

from policystudio.analysis.minimising import Scope, minimise
from policystudio.ram.render import RegionMode, Target
from tests.analysis.comparing.generating import allowed, contexts, given
from tests.analysis.minimising.dropping import denials
from tests.analysis.minimising.writing import allow, left, shortened
from tests.reference import universe

IS_FUZZING = settings.get_current_profile_name() == "fuzz"


class TestPlaceholders:
    @pytest.mark.parametrize("region", ["cn-hangzhou", "cn-hang*"])
    def test_a_name_that_a_placeholder_may_become_is_looked_at(self, region: str) -> None:
        """As they stand the Deny takes all of it away; in `cn-hangzhou` it does not."""
        here = "acs:kms:${region}:${account}:key/*"
        deny = {"Effect": "Deny", "Action": "*", "NotResource": f"acs:kms:{region}:*:*"}
        assert not shortened(allow("kms:Decrypt", here), deny).steps

    def test_in_its_targets_alone_a_statement_may_be_denied(self) -> None:
        deny = {"Effect": "Deny", "Action": "*", "NotResource": "acs:kms:cn-hang*:*:*"}
        document = [allow("kms:Decrypt", "acs:kms:${region}:${account}:key/*"), allow("oss:*"), deny]
        found = shortened(*document, targets=[Target("1234567890123456", "cn-shanghai")])
        assert (left(found), found.proof.scope) == ([*document[1:]], Scope.TARGETS)
        assert not shortened(*document, targets=[Target("1234567890123456", "cn-hangzhou")]).steps

    def test_where_every_place_is_alike_the_proof_holds_everywhere(self) -> None:
        found = shortened(*(allow("kms:Decrypt", "acs:kms:${region}:${account}:key/*") for _ in range(2)))
        assert (len(found.steps), found.proof.scope) == (1, Scope.EVERYWHERE)

    def test_more_places_than_can_be_looked_at_leave_the_document_as_it_is(self) -> None:
        targets = [Target("1234567890123456", f"cn-{at}") for at in range(60)]
        patterns = [f"acs:kms:*{at}:*:key/*" for at in range(60)]
        found = shortened(
            allow("kms:Decrypt", "acs:kms:${region}:*:key/*"), allow("kms:Encrypt", patterns), targets=targets
        )
        assert not found.steps
        assert not found.complete
        assert found.reason is not None
        assert found.reason.reason == "too-many-places"

    def test_regions_that_share_a_document_are_filled_in_together(self) -> None:
        targets = [Target("1234567890123456", region) for region in ("cn-hangzhou", "cn-shanghai")]
        found = shortened(
            allow("kms:Decrypt", "acs:kms:cn-shanghai:*:key/*"),
            allow("kms:Decrypt", "acs:kms:${region}:*:key/*"),
            targets=targets,
            region_mode=RegionMode.COMBINED,
        )
        assert found.proof.holds
        assert left(found) == [allow("kms:Decrypt", "acs:kms:${region}:*:key/*")]


def sourced(seed: int) -> dict[str, Any]:
    """A document with placeholders beside the very names that they become, and much that is left out by name."""
    rng = random.Random(seed)
    places = [f"acs:a:{region}:*:*" for region in ("${region}", "${region}", "b", "*", "?*")]
    places += ["acs:a:*:${account}:a*", "acs:a:*:1:*"]
    statements = []
    for _ in range(rng.randint(2, 4)):
        made: dict[str, Any] = {"Effect": rng.choice(["Allow", "Allow", "Deny"])}
        made["Action"] = rng.sample(["a:*", "a:a", "a:?b*"], rng.randint(1, 2))
        made[rng.choice(["Resource", "Resource", "NotResource"])] = rng.sample(places, rng.randint(1, 2))
        if rng.random() < 0.4:
            operator = rng.choice(["StringEquals", "StringNotEquals", "StringLike", "StringNotLike"])
            made["Condition"] = {operator: {"k:tag": [rng.choice(["${region}", "b", "${region}*", "?"])]}}
        statements.append(made)
    return {"Version": "1", "Statement": statements}


def check_source(seed: int, *, alone: bool) -> int:
    """Checks that a source means the same afterwards wherever it goes."""
    document = sourced(seed)
    found = minimise(given(document), alone=alone)
    assert found.proof.holds, (seed, found.proof)
    result = json.loads(found.text)
    written = json.dumps(document)
    for region in ("b", "a", "cn-hangzhou"):
        is_named = f"acs:a:{region}:" in written or f'"{region}"' in written or region == "cn-hangzhou"
        if not is_named and found.proof.scope is Scope.KNOWN_REGIONS:
            continue
        for account in ("1", "2"):
            before, after = (universe.filled(each, account, region) for each in (document, result))
            every = contexts(before, after)
            assert allowed(after, every) == allowed(before, every), (seed, region, account)
            if not alone:
                assert allowed(denials(after), every) == allowed(denials(before), every), (seed, region)
    return len(found.steps)


@pytest.mark.parametrize("alone", [False, True])
def test_a_source_means_the_same_wherever_it_goes(alone: bool) -> None:
    assert sum(check_source(seed, alone=alone) for seed in range(60)) > 60


@pytest.mark.hypothesis
@settings(max_examples=2_000 if IS_FUZZING else 10)
@generated(st.integers(0, 2**60), st.booleans())
def test_any_source_means_the_same_wherever_it_goes(seed: int, alone: bool) -> None:
    check_source(seed, alone=alone)
