"""Documents are found in whatever carries them, untouched; what carries none is taken for one, faults and all."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policystudio.builders.builder import all_builders
from policystudio.builders.detect import detect
from policystudio.ram.canonical import sha256
from policystudio.ram.mend import mended
from policystudio.ram.parse import parse
from policystudio.ram.reader import plain
from policystudio.ram.render import Target
from policystudio.ram.unpacking import together, unpack, unpack_file
from policystudio.ram.unpacking.found import MAX_BYTES, MAX_DOCUMENTS, MAX_TOGETHER
from tests import strategies
from tests.importing.texts import document, reply, zipped
from tests.reading import value

TESTS = Path(__file__).parent.parent


def texts(text, filename=""):
    return [one.text for one in unpack(text, filename).found]


def names(text, filename=""):
    return [one.name for one in unpack(text, filename).found]


@pytest.mark.parametrize("path", sorted((TESTS / "corpus").glob("*.json")), ids=lambda path: path.stem)
def test_a_document_alone_is_untouched_and_called_like_its_file(path):
    case = json.loads(path.read_text(encoding="utf-8"))
    text = case["text"] if "text" in case else json.dumps(case["policy"], indent=4)
    (found,) = unpack(text, path.name).found
    assert (found.text, found.name, found.notes) == (text, path.stem, ())


@given(strategies.any_text | strategies.syntax_near_misses() | strategies.json_texts())
def test_never_raises_and_always_finds_something(text):
    unpacked = unpack(text, "some.json")
    assert unpacked.found
    assert all(one.name for one in unpacked.found)


@given(st.binary(max_size=200))
def test_bytes_never_raise(data):
    unpacked = unpack_file(data, "some.json")
    assert unpacked.found or unpacked.notes


@given(
    st.lists(strategies.documents(), min_size=2, max_size=4),
    st.sampled_from(["\n", " ", ",\n", "\n---\n", ";"]),
)
def test_documents_one_after_another_are_found_each(documents, between):
    pieces = [json.dumps(one) for one in documents]
    assert texts(between.join(pieces)) == pieces


def test_a_list_of_documents_is_those_documents_numbered_after_the_file():
    text = json.dumps([json.loads(document()), json.loads(document("kms:Decrypt"))], indent=1)
    unpacked = unpack(text, "some.json")
    assert [json.loads(one.text) for one in unpacked.found] == json.loads(text)
    assert [one.name for one in unpacked.found] == ["some-1", "some-2"]
    assert texts(json.dumps([document(), document("kms:Decrypt")])) == [document(), document("kms:Decrypt")]


def test_a_reply_of_ram_gives_text_name_and_description():
    (found,) = unpack(json.dumps(reply(document(), name="apollo"), indent=2), "x.json").found
    assert (found.text, found.name) == (document(), "apollo")
    assert found.description == "as it is in the account"
    assert found.origin == "x.json /DefaultPolicyVersion/PolicyDocument"


def test_versions_that_are_not_the_default_are_told_apart():
    versions = [
        {"VersionId": "v2", "IsDefaultVersion": True, "PolicyDocument": document("kms:Decrypt")},
        {"VersionId": "v1", "IsDefaultVersion": False, "PolicyDocument": document()},
    ]
    text = json.dumps({"RequestId": "1", "PolicyVersions": {"PolicyVersion": versions}})
    unpacked = unpack(text, "apollo.json")
    assert [one.name for one in unpacked.found] == ["apollo", "apollo-v1"]
    assert "not the default" in unpacked.found[1].notes[0]


def test_several_replies_of_the_command_line_in_one_text():
    text = "\n".join(json.dumps(reply(document(), name=name), indent="\t") for name in ("a", "b"))
    assert names(text) == ["a", "b"]


def test_trust_and_key_policies_are_found_and_told():
    trust = {"Role": {"RoleName": "admin", "AssumeRolePolicyDocument": document()}}
    key = {"Policy": document(), "RequestId": "1"}
    assert "trust policy" in unpack(json.dumps(trust)).found[0].notes[0]
    assert names(json.dumps(trust)) == ["admin"]
    assert "key or secret" in unpack(json.dumps(key)).found[0].notes[0]


def test_json_strings_around_json_are_taken_off():
    assert texts(json.dumps(document())) == [document()]
    assert texts(json.dumps(json.dumps(reply(document())))) == [document()]
    assert texts('"just words"') == ['"just words"']


@pytest.mark.parametrize(("times", "is_opened"), [(0, True), (1, True), (3, True), (4, False), (5, False)])
def test_strings_within_strings_are_taken_off_three_times(times, is_opened):
    text = document()
    for _ in range(times):
        text = json.dumps(text)
    assert (texts(text) == [document()]) is is_opened


@pytest.mark.parametrize(
    ("path", "target"),
    [
        ("1234567890123456/cn-hangzhou/a.json", Target("1234567890123456", "cn-hangzhou")),
        ("out/now/1234567890123456/cn-hangzhou/a.json", Target("1234567890123456", "cn-hangzhou")),
        ("1234567890123456\\cn-hangzhou\\a.json", Target("1234567890123456", "cn-hangzhou")),
        ("cn-hangzhou/a.json", None),
        ("x/cn-hangzhou/a.json", None),
        ("\u0661/cn-hangzhou/a.json", None),
        ("1234567890123456/CN-hangzhou/a.json", None),
        ("1234567890123456/cn_hangzhou/a.json", None),
        ("1234567890123456/é/a.json", None),
        ("1234567890123456/-/a.json", None),
    ],
)
def test_path_of_an_export_names_account_and_region(path, target):
    found = unpack_file(zipped({path: document()}), "all.zip").found
    assert [one.target for one in found] == [target]


def entry(text, **changed):
    facts = {
        "account": "1234567890123456",
        "region": "cn-hangzhou",
        "name": "apollo",
        "ram_name": "apollo-cn-hangzhou",
        "revision": 3,
        "sha256": sha256(text),
        "document": text,
    }
    return {**facts, **changed}


def test_our_own_exports_come_back_with_account_and_region():
    wanted = (document(), "apollo", Target("1234567890123456", "cn-hangzhou"), ())
    as_list, as_lines = json.dumps([entry(document())]), json.dumps(entry(document())) + "\n"
    for text in (as_list, as_lines, as_lines + as_lines):
        found = unpack(text, "export.json").found[0]
        assert (found.text, found.name, found.target, found.notes) == wanted
    altered = unpack(json.dumps([entry(document(), sha256="0" * 64)])).found[0]
    assert "SHA-256" in altered.notes[0]


@pytest.mark.parametrize("format_name", ["json", "ndjson", "zip"])
def test_what_the_product_exports_it_imports(format_name):
    from policystudio.exports.format import all_formats
    from policystudio.exports.released import Released, entry_of

    released = [
        Released("1234567890123456", region, "apollo", f"apollo-{region}", 1, sha256(document()), document())
        for region in ("cn-hangzhou", "cn-shanghai")
    ]
    data = b"".join(all_formats()[format_name].write(map(entry_of, released)))
    found = unpack_file(data, f"export.{format_name}").found
    assert [(one.text, one.name, one.target) for one in found] == [
        (one.document, one.name, Target(one.account, one.region)) for one in released
    ]


def test_a_revision_as_the_api_shows_it():
    text = json.dumps({"number": 1, "source": document(), "sha256": sha256(document()), "findings": []})
    assert texts(text) == [document()]


def test_the_samples_of_a_page_among_its_words_are_all_found_with_their_faults():
    sources = [builder.build({}).source for builder in all_builders().values()]
    spoilt = sources[6].replace("]\n", "],\n", 1).replace("  ", "\u00a0 ")
    page = "Replace ${region} and ${account}.\n\n" + "\n\nNote\n\nPolicy that allows…\n\n".join(
        [*sources[:6], spoilt, *sources[7:]]
    )
    found = unpack(page, "page.txt").found
    assert len(found) == 11
    detected = [detect(mended(one.text).text) for one in found]
    assert [one and one.slug for one in detected] == list(all_builders())
    assert parse(found[6].text).document is None
    assert all("words around" in one.notes[0] for one in found)


@pytest.mark.parametrize(
    "text",
    [document() + "}", "[" + document(), "{" + document() + "}", document()[:-3], '{"Statement": "}"'],
)
def test_a_bracket_too_many_or_too_few_is_left_for_the_reader_to_name(text):
    assert texts(text) == [text]


def test_what_holds_no_document_is_kept_as_it_is():
    for text in ("", "  ", "words", "[]", "{}", "[1, 2]", '{"a": {"b": "c"}}'):
        assert texts(text) == [text]


def test_limits_are_told_and_never_silent():
    many = unpack("\n".join([document()] * (MAX_DOCUMENTS + 3)))
    assert len(many.found) in (1, MAX_DOCUMENTS)
    listed = unpack(json.dumps([json.loads(document())] * (MAX_DOCUMENTS + 3)))
    assert len(listed.found) == MAX_DOCUMENTS
    assert "3 documents" in listed.notes[0]
    (large,) = unpack('{"Statement": "' + "x" * 300_000 + '"}').found
    assert large.refusal
    assert large.refusal.code == "text-too-large"
    assert "256 KiB" in large.refusal.message
    assert unpack(" " * (MAX_BYTES + 1)).notes
    assert unpack_file(b" " * (MAX_BYTES + 1), "x.json").notes
    twice = together([listed, listed])
    assert len(twice.found) == MAX_DOCUMENTS
    assert any(f"{MAX_DOCUMENTS} documents beyond" in note for note in twice.notes)
    heavy = together(unpack('{"Statement": "' + "x" * 250_000 + '"}') for _ in range(100))
    assert sum(len(one.text) for one in heavy.found) <= MAX_TOGETHER
    assert any("documents beyond" in note for note in heavy.notes)


def test_deep_nesting_is_no_trouble():
    deep = "[" * 5000 + "]" * 5000
    assert texts(deep) == [deep]
    assert texts('{"a":' * 5000) == ['{"a":' * 5000]


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (document().encode(), ()),
        (document().replace("\n", "\r\n").encode(), ()),
        (b"\xef\xbb\xbf" + document().encode(), ("UTF-8 with",)),
        (document().encode("utf-16"), ("UTF-16",)),
        (b"\xfe\xff" + document().encode("utf-16-be"), ("UTF-16",)),
        (document().encode("utf-32"), ("UTF-32",)),
    ],
)
def test_files_in_other_encodings_are_read_when_they_say_so(data, told):
    (found,) = unpack_file(data, "app.json").found
    assert plain(value(found.text)) == json.loads(document())
    assert len(found.notes) == len(told)
    assert all(word in note for word, note in zip(told, found.notes, strict=True))


@pytest.mark.parametrize(
    "data",
    [
        document().encode().replace(b"kms:Encrypt", b"kms:\xffEncrypt"),
        b"\xff\xfe" + document().encode("utf-16-le")[:-1],
        document().encode("utf-16-le") + b"\xd8",
        b"\xc0\x80",
    ],
)
def test_bytes_that_are_no_text_are_refused_and_shown(data):
    (found,) = unpack_file(data, "app.json").found
    assert found.refusal
    assert found.refusal.code == "not-utf-8"
    assert "\\x" in found.text
    found.text.encode()


def test_what_opens_a_block_of_code_is_not_told_as_the_line_before():
    [found] = unpack(f"# Apollo may decrypt\n\n```json\n{document()}```\n", "page.md").found
    assert "`# Apollo may decrypt`" in found.notes[0]
