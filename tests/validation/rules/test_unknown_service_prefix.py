"""Codes of services are looked up in a list of our own, which is not complete and says so."""

import pytest

from policystudio.validation.services import SERVICES, is_known

CODE = "unknown-service-prefix"


@pytest.mark.parametrize("prefix", ["kmss", "kns", "oos2"])
def test_mistyped_code_is_told_once_and_as_probable(judge, prefix):
    found = judge({"Action": [f"{prefix}:Decrypt", "kms:DescribeKey"]})
    assert [finding.code for finding in found] == [CODE]
    assert "probably" in found[0].message


@pytest.mark.parametrize(
    "action", ["KMS:DescribeKey", "ecs:DescribeInstances", "yundun-new:Read", "*:Describe*"]
)
def test_known_codes_in_any_case_and_patterns_are_silent(places, action):
    assert places(CODE, {"Action": action, "Resource": "*"}) == []


def test_list_is_in_lower_case_and_holds_the_services_of_the_corpus():
    assert all(service == service.lower() and is_known(service) for service in SERVICES)
    assert {"kms", "ram", "sts", "oss", "ecs", "rds", "slb", "log", "cdn", "dms", "actiontrail"} <= SERVICES
