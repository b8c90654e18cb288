"""What the exact reader takes and refuses, one text a line, and where another reader agrees."""

import json

import pytest

from policystudio.ram.reader import BODY_LIMITS, DOCUMENT_LIMITS, Limits, plain, read, read_bytes
from tests.reading import value

TAKEN = [
    # structure
    "{}",
    "[]",
    "[[]]",
    '{"":0}',
    '{"a":[]}',
    "[[[[[[[[]]]]]]]]",
    '{"a":{"b":{"c":[{}]}}}',
    '["a"]',
    "[1,2]",
    "[null]",
    "[true,false]",
    " [ ] ",
    "\t\n\r []\n",
    '{"a":1,"b":2}',
    '{"a": 1 , "b" : 2}',
    "[1\n,2]",
    '{"a":1,"A":2}',
    '{"__proto__":1}',
    '{"a":{"a":{"a":1}}}',
    "[{},{}]",
    '[[],"",{},0]',
    # scalars at the top
    "0",
    "-0",
    "null",
    "true",
    "false",
    '""',
    '"a"',
    " 1 ",
    # numbers
    "[0]",
    "[-0]",
    "[1]",
    "[-1]",
    "[123]",
    "[1.0]",
    "[1.5]",
    "[-1.5]",
    "[0.1]",
    "[1e1]",
    "[1E1]",
    "[1e+1]",
    "[1E-2]",
    "[0e0]",
    "[0.0e+0]",
    "[1.0e-10]",
    "[-0.0]",
    "[123456789012345678901234567890]",
    "[9007199254740993.0]",
    "[1e999]",
    "[0.1e99]",
    "[1" + "0" * 62 + "]",
    # strings
    '["\\""]',
    '["\\\\"]',
    '["\\/"]',
    '["\\b\\f\\n\\r\\t"]',
    '["\\u0041"]',
    '["\\u00e9"]',
    '["\\ud83d\\udd11"]',
    '["é"]',
    '["🔑"]',
    '["\u2028\u2029"]',
    '["\x7f"]',
    '["\\u007f"]',
    '["a/b"]',
    '["\\u0001"]',
    '["\\uFFFF"]',
    '["\uffff"]',
    '["\U0010ffff"]',
    '["\\uDBFF\\uDFFF"]',
    '["// no comment"]',
    '["/* no comment */"]',
    '["{[,:]}"]',
    '["\u00a0"]',
    '["“”"]',
    '["\'"]',
    '["\\\\u0041"]',
    '["\ufeff"]',
    '["\u200b"]',
    '["\u00ad"]',
]
REFUSED = [
    # nothing, too little
    ("", "empty-text", 0),
    (" \n", "empty-text", 2),
    ("[", "unclosed-bracket", 1),
    ("{", "unclosed-bracket", 1),
    ("[1", "unclosed-bracket", 0),
    ('{"a":1', "unclosed-bracket", 0),
    ('{"a":', "unclosed-bracket", 5),
    ("[1,", "unclosed-bracket", 3),
    ('{"a"', "json-syntax-error", 4),
    ('"a', "unclosed-bracket", 0),
    ('["a', "unclosed-bracket", 1),
    ('"\\', "json-syntax-error", 1),
    ("[[1]", "unclosed-bracket", 0),
    ('[{"a":[]}', "unclosed-bracket", 0),
    # too much
    ("[]]", "text-after-document", 2),
    ("{}{}", "text-after-document", 2),
    ("1 2", "text-after-document", 2),
    ("[],", "text-after-document", 2),
    ("null x", "text-after-document", 5),
    ('"a""b"', "text-after-document", 3),
    ("{}//", "text-after-document", 2),
    ("[]\x00", "text-after-document", 2),
    # commas and colons
    ("[1,]", "trailing-comma", 3),
    ('{"a":1,}', "trailing-comma", 7),
    ("[1,\n]", "trailing-comma", 4),
    ("[,]", "json-syntax-error", 1),
    ("[,1]", "json-syntax-error", 1),
    ("[1,,2]", "json-syntax-error", 3),
    ("[1 2]", "json-syntax-error", 3),
    ('{"a" 1}', "json-syntax-error", 5),
    ('{"a":1 "b":2}', "json-syntax-error", 7),
    ('{"a"::1}', "json-syntax-error", 5),
    ('{,"a":1}', "json-syntax-error", 1),
    ('{"a":1,,}', "json-syntax-error", 7),
    ("[1;2]", "json-syntax-error", 2),
    ('{"a"=1}', "json-syntax-error", 4),
    ('{"a",1}', "json-syntax-error", 4),
    ('["a":1]', "json-syntax-error", 4),
    ('{"a"}', "json-syntax-error", 4),
    ("[:]", "json-syntax-error", 1),
    ("[1:2]", "json-syntax-error", 2),
    # brackets
    ("[}", "json-syntax-error", 1),
    ("{]", "json-syntax-error", 1),
    ('{"a":1]', "json-syntax-error", 6),
    ("[1}", "json-syntax-error", 2),
    ("]", "json-syntax-error", 0),
    ("}", "json-syntax-error", 0),
    ("<[]>", "json-syntax-error", 0),
    ("([])", "json-syntax-error", 0),
    # names
    ("{a:1}", "json-syntax-error", 1),
    ("{'a':1}", "json-syntax-error", 1),
    ("{1:1}", "json-syntax-error", 1),
    ("{null:1}", "json-syntax-error", 1),
    ("{[]:1}", "json-syntax-error", 1),
    ('{"a":1,"a":2}', "repeated-member", 7),
    ('{"a":1,"\\u0061":1}', "repeated-member", 7),
    ('{"":1,"":1}', "repeated-member", 6),
    ('[{"x":{"a":1,"b":2,"a":3}}]', "repeated-member", 19),
    ('{"/":0,"\\/":0}', "repeated-member", 7),
    # words
    ("nul", "json-syntax-error", 0),
    ("True", "json-syntax-error", 0),
    ("FALSE", "json-syntax-error", 0),
    ("None", "json-syntax-error", 0),
    ("undefined", "json-syntax-error", 0),
    ("[nullnull]", "json-syntax-error", 1),
    ("true1", "text-after-document", 4),
    ("[truefalse]", "json-syntax-error", 1),
    ("ｎｕｌｌ", "json-syntax-error", 0),
    # numbers
    ("NaN", "not-a-json-number", 0),
    ("[Infinity]", "not-a-json-number", 1),
    ("[-Infinity]", "not-a-json-number", 1),
    ("[-NaN]", "not-a-json-number", 1),
    ("[+1]", "json-syntax-error", 1),
    ("[01]", "not-a-json-number", 1),
    ("[-01]", "not-a-json-number", 1),
    ("[00]", "not-a-json-number", 1),
    ("[1.]", "not-a-json-number", 1),
    ("[.5]", "json-syntax-error", 1),
    ("[-.5]", "not-a-json-number", 1),
    ("[1.e1]", "not-a-json-number", 1),
    ("[1e]", "not-a-json-number", 1),
    ("[1e+]", "not-a-json-number", 1),
    ("[1eE2]", "not-a-json-number", 1),
    ("[0x1F]", "not-a-json-number", 1),
    ("[0b1]", "not-a-json-number", 1),
    ("[1_000]", "not-a-json-number", 1),
    ("[1,000]", "not-a-json-number", 3),
    ("[-]", "not-a-json-number", 1),
    ("[--1]", "not-a-json-number", 1),
    ("[1.2.3]", "not-a-json-number", 1),
    ("[1a]", "not-a-json-number", 1),
    ("[1-2]", "not-a-json-number", 1),
    ("[１]", "json-syntax-error", 1),
    ("[٣]", "json-syntax-error", 1),
    ("[1" + "0" * 64 + "]", "number-too-long", 1),
    ("[" + "9" * 5000 + "]", "number-too-long", 1),
    ("[∞]", "json-syntax-error", 1),
    # strings
    ("['a']", "json-syntax-error", 1),
    ('["a\nb"]', "control-character-in-string", 3),
    ('["a\tb"]', "control-character-in-string", 3),
    ('["\x00"]', "control-character-in-string", 2),
    ('["\x1f"]', "control-character-in-string", 2),
    ('["\\u0000"]', "control-character-in-string", 2),
    ('["\\x41"]', "json-syntax-error", 2),
    ('["\\a"]', "json-syntax-error", 2),
    ('["\\\'"]', "json-syntax-error", 2),
    ('["\\u12"]', "json-syntax-error", 2),
    ('["\\u12g4"]', "json-syntax-error", 2),
    ('["\\U0041"]', "json-syntax-error", 2),
    ('["\\u 041"]', "json-syntax-error", 2),
    ('["\\u００41"]', "json-syntax-error", 2),
    ('["\\ud800"]', "lone-surrogate", 2),
    ('["\\udc00"]', "lone-surrogate", 2),
    ('["\\ud800\\ud800"]', "lone-surrogate", 2),
    ('["\\ud800x"]', "lone-surrogate", 2),
    ('["\ud800"]', "lone-surrogate", 2),
    ('["\\ud83d\udd11"]', "lone-surrogate", 2),
    ('["\u202e"]', "bidirectional-control", 2),
    ('["ab\u2066"]', "bidirectional-control", 4),
    ('["\\u200f"]', "bidirectional-control", 2),
    ('{"\u202d":1}', "bidirectional-control", 2),
    # blanks
    ("\ufeff[]", "byte-order-mark", 0),
    ("\u00a0[]", "json-syntax-error", 0),
    ("[\u00a01]", "json-syntax-error", 1),
    ("[\u2028]", "json-syntax-error", 1),
    ("[\x0b]", "json-syntax-error", 1),
    ("[\x0c]", "json-syntax-error", 1),
    ("[\x85]", "json-syntax-error", 1),
    ("[\u3000]", "json-syntax-error", 1),
    ("[\u200b]", "json-syntax-error", 1),
    ("[] \ufeff", "text-after-document", 3),
    # comments
    ("// c\n[]", "json-syntax-error", 0),
    ("[/**/]", "json-syntax-error", 1),
    ("[1] # c", "text-after-document", 4),
    ("[1 // c\n]", "json-syntax-error", 3),
    # limits
    ("[" * 33 + "]" * 33, "nested-too-deep", 32),
    ('{"a":' * 33, "nested-too-deep", 160),
    ("[" * 100_000, "nested-too-deep", 32),
]
# Texts that Python's reader takes although JSON does not, or that we refuse although JSON leaves them open.
STRICTER = {
    "repeated-member",
    "lone-surrogate",
    "bidirectional-control",
    "nested-too-deep",
    "number-too-long",
}


@pytest.mark.parametrize("text", TAKEN)
def test_is_taken_with_its_values(text):
    assert read(text).findings == ()
    assert plain(value(text)) == json.loads(text, parse_float=lambda digits: plain(value(digits)))


@pytest.mark.parametrize(("text", "code", "offset"), REFUSED)
def test_is_refused_with_code_and_place(text, code, offset):
    reading = read(text)
    assert reading.value is None
    assert [finding.code for finding in reading.findings] == [code]
    place = reading.source.place(offset)
    assert (reading.findings[0].line, reading.findings[0].column) == (place.line, place.column)


@pytest.mark.parametrize(("text", "code"), [case[:2] for case in REFUSED])
def test_is_refused_by_another_reader_too_or_for_a_stated_reason(text, code):
    if code in STRICTER or text in ('["\\u0000"]', "NaN", "[Infinity]", "[-Infinity]"):
        return
    with pytest.raises(ValueError):
        json.loads(text)


def test_there_are_enough_cases_to_speak_of_a_corpus():
    assert len(TAKEN) + len(REFUSED) >= 180


def test_repeated_member_tells_its_pointer():
    text = '{"Statement":[{"a~b/c":1,"a~b/c":2}]}'
    assert read(text).findings[0].path == "/Statement/0/a~0b~1c"


@pytest.mark.parametrize(
    ("data", "offset"),
    [
        (b"\xff\xfe{\x00}\x00", 0),
        (b"\xfe\xff\x00{\x00}", 0),
        (b'["\xed\xa0\x80"]', 2),
        (b'["\xc0\xa2"]', 2),
        (b'["\xf4\x90\x80\x80"]', 2),
        (b'["\xe9"]', 2),
        (b'["\xc3"]', 2),
        (b"{}\x80", 2),
    ],
)
def test_bytes_that_are_not_utf_8_are_refused_at_their_place(data, offset):
    reading = read_bytes(data)
    assert reading.value is None
    assert (reading.findings[0].code, reading.findings[0].column) == ("not-utf-8", offset + 1)


@pytest.mark.parametrize("data", [b"[\x00", "[]".encode("utf-16"), "[]".encode("utf-32"), b"\xef\xbb\xbf[]"])
def test_other_encodings_and_marks_are_refused(data):
    assert read_bytes(data).value is None


def test_utf_8_bytes_are_read():
    text = '["é🔑"]'
    assert read_bytes(text.encode()).value == value(text)


@pytest.mark.parametrize("limits", [DOCUMENT_LIMITS, BODY_LIMITS, Limits(max_bytes=64)])
def test_size_counts_bytes_and_the_limit_itself_is_allowed(limits):
    fitting = '"' + "é" * ((limits.max_bytes - 2) // 2) + '"'
    assert read(fitting, limits).value is not None
    assert read_bytes(fitting.encode(), limits).value is not None
    for longer in (fitting + " ", fitting[:-1] + 'éé"'):
        assert read(longer, limits).findings[0].code == "text-too-large"
        assert read_bytes(longer.encode(), limits).findings[0].code == "text-too-large"


def test_number_of_values_is_limited():
    limits = Limits(max_bytes=1000, max_values=5)
    assert read("[0,0,0,0]", limits).value is not None
    assert read("[0,0,0,0,0]", limits).findings[0].code == "too-many-values"


def test_depth_of_32_is_allowed():
    assert read("[" * 32 + "]" * 32).value is not None


def test_a_reason_can_always_be_encoded():
    for text in ("\ud800", '"\ud800"', '["\\\ud800"]', "{\udfff}"):
        read(text).findings[0].message.encode()
