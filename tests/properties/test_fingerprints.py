"""What holds for every document: the id of a finding stays while its thing does, and goes when the thing changes."""

import copy
import json

from hypothesis import assume, given
from hypothesis import strategies as st

from policystudio.ram.finding import Finding, Severity
from policystudio.ram.position import pointer, pointer_parts
from policystudio.ram.reader import read
from policystudio.validation.fingerprint import fingerprints
from tests import strategies


def places(value, *parts):
    """The pointers of everything in a value, itself included."""
    yield pointer(*parts)
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for part, item in inner:
        yield from places(item, *parts, part)


def ids_of(text):
    """Pointer → id of a finding there, one for every place of the text."""
    paths = list(places(json.loads(text)))
    findings = [Finding("a-code", Severity.WARNING, "", path) for path in paths]
    return dict(zip(paths, fingerprints(findings, None, text), strict=True))


def leaves(document):
    """The pointers of all texts below the statements."""
    for path in places(document["Statement"], "Statement"):
        value = document
        for part in pointer_parts(path):
            value = value[int(part)] if isinstance(value, list) else value[part]
        if isinstance(value, str):
            yield path


def with_text_at(document, path, text):
    changed = copy.deepcopy(document)
    *parts, last = pointer_parts(path)
    value = changed
    for part in parts:
        value = value[int(part)] if isinstance(value, list) else value[part]
    value[int(last) if isinstance(value, list) else last] = text
    return changed


def moved(path, by):
    _, element, index, *rest = path.split("/")
    return "/".join(["", element, str(int(index) + by), *rest])


@given(strategies.documents(), st.data())
def test_ids_do_not_depend_on_blanks_escapes_and_the_order_of_members(document, data):
    shuffled = {name: document[name] for name in data.draw(st.permutations(list(document)))}
    text = data.draw(strategies.json_texts(st.just(shuffled)))
    assert ids_of(text) == ids_of(json.dumps(document))


@given(strategies.documents(), st.lists(strategies.statements(), min_size=1, max_size=3))
def test_ids_survive_statements_that_are_put_before(document, inserted):
    for statement in inserted:
        statement.pop("Sid", None)
        statement["NotResource" if "NotResource" in statement else "Resource"] = "only here"
    longer = {**document, "Statement": [*inserted, *document["Statement"]]}
    before, after = ids_of(json.dumps(document)), ids_of(json.dumps(longer))
    for path, known in before.items():
        if path in ("", "/Statement"):
            assert after[path] != known
        else:
            assert after[path if path.count("/") < 2 else moved(path, len(inserted))] == known


@given(strategies.documents())
def test_equal_statements_add_ids_and_take_none_away(document):
    for statement in document["Statement"]:
        statement.pop("Sid", None)
    twice = {**document, "Statement": document["Statement"] * 2}
    known = {id_ for path, id_ in ids_of(json.dumps(document)).items() if path not in ("", "/Statement")}
    assert known <= set(ids_of(json.dumps(twice)).values())


@given(strategies.documents(), st.data())
def test_id_goes_when_the_text_that_it_speaks_of_changes(document, data):
    path = data.draw(st.sampled_from(list(leaves(document))))
    before = ids_of(json.dumps(document))
    after = ids_of(json.dumps(with_text_at(document, path, "something else")))
    assert after[path] not in before.values()
    assert sorted(before.values()) != sorted(after.values())


@given(strategies.documents(), st.data())
def test_change_in_one_statement_leaves_the_others_alone(document, data):
    assume(len(document["Statement"]) > 1)
    path = data.draw(st.sampled_from([path for path in leaves(document) if not path.endswith("/Sid")]))
    changed = with_text_at(document, path, "something else")
    touched = f"/Statement/{pointer_parts(path)[1]}"
    assume(document["Statement"].count(document["Statement"][int(pointer_parts(path)[1])]) == 1)
    before, after = ids_of(json.dumps(document)), ids_of(json.dumps(changed))
    for other, known in before.items():
        if other.startswith("/Statement/") and not f"{other}/".startswith(f"{touched}/"):
            assert after[other] == known


@given(strategies.damaged_documents() | strategies.json_values)
def test_every_finding_has_an_id_of_its_own(value):
    text = json.dumps(value)
    assert read(text).value is not None or "\\u0000" in text
    ids = ids_of(text)
    assert len(set(ids.values())) == len(ids)


@given(strategies.syntax_near_misses(), st.lists(st.integers(1, 40), max_size=8))
def test_texts_that_cannot_be_read_have_ids_too(text, lines):
    findings = [Finding("a-code", Severity.ERROR, "", None, line, 1) for line in lines]
    ids = fingerprints(findings, None, text)
    assert len(set(ids)) == len(findings)
