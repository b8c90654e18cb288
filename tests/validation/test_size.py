"""The size for the worst target, which is found without rendering every target."""

from __future__ import annotations

import json

import pytest

from policystudio.ram.parse import parse
from policystudio.ram.render import RegionMode, Target, render_for
from policystudio.validation.size import measure

REGIONS = ("cn-hangzhou", "cn-shanghai", "cn-shenzhen", "eu-central-1")


@pytest.mark.parametrize("literal", REGIONS[:3])
@pytest.mark.parametrize("mode", RegionMode)
def test_the_worst_target_is_found_where_a_literal_falls_together_with_a_filled_in_value(
    literal: str, mode: RegionMode
) -> None:
    resources = ["acs:kms:${region}:${account}:key/a", f"acs:kms:{literal}:1000000000000001:key/a"]
    statement = {"Effect": "Allow", "Action": "kms:Decrypt", "Resource": resources}
    document = parse(json.dumps({"Version": "1", "Statement": [statement]})).document
    assert document is not None
    targets = tuple(Target(f"100000000000000{n}", region) for n in range(3) for region in REGIONS[n:])
    longest = max(len(rendered.text) for rendered in render_for(document, targets, mode, "apollo"))
    assert measure(document, targets, mode).size.bytes_formatted == longest
