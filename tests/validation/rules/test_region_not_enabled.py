"""Regions are judged by the accounts of which something is known, and by no others."""

from policystudio.ram.render import Target

CODE = "region-not-enabled"
ONE, OTHER = "1234567890123456", "6543210987654321"
USED = {ONE: ["cn-hangzhou"], OTHER: ["cn-hangzhou", "cn-shanghai"]}
TARGETS = [Target(ONE, "cn-hangzhou"), Target(OTHER, "cn-hangzhou")]


def on(region, account="${account}"):
    return {"Resource": f"acs:kms:{region}:{account}:key/*"}


def test_region_that_one_of_the_accounts_uses_is_no_fault(places):
    asked = {"targets": TARGETS, "enabled_regions": USED}
    assert places(CODE, on("cn-shanghai"), **asked) == []
    assert places(CODE, on("cn-beijing"), **asked) == ["/Statement/0/Resource"]
    assert places(CODE, on("cn-shanghai", ONE), **asked) == ["/Statement/0/Resource"]


def test_nothing_is_said_of_accounts_of_which_nothing_is_known(places):
    assert places(CODE, on("cn-beijing"), targets=TARGETS) == []
    assert places(CODE, on("cn-beijing"), targets=TARGETS, enabled_regions={ONE: ["cn-hangzhou"]}) == []
    assert places(CODE, on("cn-beijing", "*"), targets=TARGETS, enabled_regions=USED) == []


def test_region_that_does_not_exist_or_was_not_filled_in_is_told_once(judge):
    for region in ("cn-hangzou", "<your-region>"):
        found = judge(on(region), targets=TARGETS, enabled_regions=USED)
        assert CODE not in [finding.code for finding in found]


def test_target_in_a_region_that_its_account_does_not_use_is_told_for_the_document(places):
    assert places(CODE, {}, targets=[Target(ONE, "cn-beijing")], enabled_regions=USED) == [""]


def test_foreign_region_is_told_once(judge):
    found = [f.code for f in judge(on("cn-beijing"), targets=TARGETS, enabled_regions=USED)]
    assert found == [CODE]
