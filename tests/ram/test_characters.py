"""Characters that are not what they seem: found at their own place, the value left as it is."""

import json

import pytest

from policystudio.ram.characters import is_unseen, look_alikes
from policystudio.ram.codes import CLEAN
from policystudio.ram.parse import parse


def changed(old, new):
    text = CLEAN.replace(old, new)
    assert text != CLEAN
    return parse(text)


@pytest.mark.parametrize(
    "char", ["\u200b", "\u00ad", "\u2060", "\ufeff", "\u3164", "\ufe0f", "\U000e0041", "\u2028"]
)
def test_unseen_character_is_found_at_its_place(char):
    parsed = changed("kms:Encrypt", f"kms:En{char}crypt")
    (finding,) = parsed.findings
    assert (finding.code, finding.path) == ("invisible-character-in-value", "/Statement/0/Action/0")
    assert (finding.line, finding.column) == (6, 25)
    assert parsed.document.statements[0].actions[0].text == f"kms:En{char}crypt"
    assert finding.choices[0].widens
    assert finding.choices[0].apply(parsed.source.text) == CLEAN


def test_what_a_deny_names_is_mended_by_a_fix_as_that_takes_access_away():
    denying = CLEAN.replace('"Allow"', '"Deny"')
    (finding,) = parse(denying.replace("kms:Encrypt", "kms:En\u200bcrypt")).findings
    assert finding.fix is not None
    assert not finding.fix.widens
    assert finding.fix.apply(denying.replace("kms:Encrypt", "kms:En\u200bcrypt")) == denying


@pytest.mark.parametrize("gap", ["\u00a0", "\u3000", "\u2009"])
def test_odd_gap_inside_a_text_becomes_a_plain_space(gap):
    parsed = changed("kms:Encrypt", f"kms:En{gap}crypt")
    (finding,) = parsed.findings
    assert finding.code == "invisible-character-in-value"
    assert finding.choices[0].apply(parsed.source.text) == CLEAN.replace("kms:Encrypt", "kms:En crypt")


def test_escaped_character_is_found_where_its_escape_stands():
    parsed = changed("kms:Encrypt", "k\\u006ds:En\\u200bcrypt")
    (finding,) = parsed.findings
    assert finding.column == 30
    assert "\\u200b" not in finding.choices[0].apply(parsed.source.text)


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("kms:Encrypt", []),
        ("kms:\u0415ncrypt", [4]),
        ("\uff4bms:Encrypt", [0]),
        ("kms\uff1aEncrypt", [3]),
        ("\u212ams:Encrypt", [0]),
        ("acs:kms:*:*:secret/\u0441\u043e\u0440", [19, 20, 21]),
        ("acs:kms:*:*:secret/\u043a\u043b\u044e\u0447", []),
        ("Größe", []),
        ("密钥 Apollo", []),
        ("密钥Apollo", []),
        ("\u0441\u043e\u0440", []),
        ("a\u0301b", []),
    ],
)
def test_look_alikes_are_letters_in_otherwise_latin_words(text, places):
    assert look_alikes(text) == places


def test_lookalike_in_a_condition_key_is_found():
    condition = '"Condition": {"StringEquals": {"kms:tag/Pr\u043eject": "Apollo"}}, "Effect"'
    (finding,) = changed('"Effect"', condition).findings
    assert (finding.code, finding.severity) == ("lookalike-letter", "security_warning")
    assert finding.path.startswith("/Statement/0/Condition/StringEquals/kms:tag~1Pr")


@pytest.mark.parametrize(
    ("entity", "char"),
    [("&quot;", '"'), ("&amp;", "&"), ("&lt;", "<"), ("&#34;", '"'), ("&#x5C;", "\\"), ("&#10;", "\n")],
)
def test_entity_is_replaced_by_its_character_as_json_writes_it(entity, char):
    parsed = changed("key/*", f"key/{entity}*")
    assert [finding.code for finding in parsed.findings] == ["html-entity-in-text"]
    assert parsed.document is None
    repaired = json.loads(parsed.findings[0].fix.apply(parsed.source.text))
    assert repaired["Statement"][0]["Resource"].endswith(f"key/{char}*")


@pytest.mark.parametrize("text", ["a&b", "a&b;c", "?a=1&b=2", "&unknown;", "&;"])
def test_other_ampersands_are_left_alone(text):
    assert changed("key/*", text).findings == ()


def test_ascii_is_seen():
    assert not any(is_unseen(chr(code)) for code in range(128))
