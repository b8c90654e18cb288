"""The limit counts UTF-8 bytes without blanks, for the longest of the renderings."""

from policystudio.ram.render import Target

LIMIT = 6144
TARGET = Target("1234567890123456", "cn-hangzhou")


def filled(judge, size):
    """A statement whose document has exactly `size` bytes without blanks."""
    statement = {"Action": "kms:DescribeSecret", "Resource": "acs:kms:*:*:secret/"}
    rest = '"Resource":"acs:kms:*:*:secret/","Action":"kms:DescribeSecret"'
    empty = f'{{"Version":"1","Statement":[{{"Effect":"Allow",{rest}}}]}}'
    return {**statement, "Resource": statement["Resource"] + "x" * (size - len(empty))}


def test_last_byte_decides(judge, places):
    assert places("document-over-limit", filled(judge, LIMIT)) == []
    assert places("document-near-limit", filled(judge, LIMIT)) == [""]
    assert places("document-over-limit", filled(judge, LIMIT + 1)) == [""]
    assert places("document-near-limit", filled(judge, LIMIT + 1)) == []


def test_bytes_count_and_not_characters(places):
    wide = {"Action": "kms:DescribeSecret", "Resource": "acs:kms:*:*:secret/" + "密" * 2100}
    assert places("document-over-limit", wide) == [""]


def test_rendering_counts_and_not_the_source(places):
    many = {
        "Action": "kms:DescribeSecret",
        "Resource": ["acs:kms:${region}:${account}:secret/" + "x" * 20 + str(n) for n in range(96)],
    }
    assert places("document-over-limit", many) == []
    assert places("document-over-limit", many, targets=[TARGET]) == [""]
