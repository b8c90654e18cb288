"""Which findings a waiver covers, and when a waiver does nothing any more."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from policystudio.ram.finding import Finding, Severity
from policystudio.validation.waiving import Waiver, weigh

TODAY = date(2026, 11, 24)
HERE, THERE = "a" * 32, "b" * 32


def waiver(code="every-key", place=None, until=TODAY, reason="shared keys"):
    return Waiver(code, place, reason, until)


def finding(code="every-key", path="/Statement/0/Resource/0", severity=Severity.SECURITY_WARNING):
    return Finding(code, severity, "", path)


def test_waiver_covers_its_code_at_its_fingerprint_only():
    here, there = finding(), finding(path="/Statement/1/Resource/0")
    other = finding(code="every-region")
    given = waiver(place=HERE)
    weighed = weigh([(here, HERE), (there, THERE), (other, HERE)], [given], TODAY)
    assert weighed.waived == ((here, given),)
    assert weighed.open == (there, other)
    assert not weighed.unused


def test_pointer_names_exactly_one_place_and_nothing_below():
    pairs = [(finding(), HERE), (finding(path="/Statement/0"), THERE)]
    given = waiver(place="/Statement/0")
    assert weigh(pairs, [given], TODAY).waived == ((pairs[1][0], given),)


def test_waiver_without_place_covers_its_code_anywhere():
    pairs = [(finding(), HERE), (finding(path=None), THERE)]
    assert not weigh(pairs, [waiver()], TODAY).open


def test_error_is_never_waived_and_its_waiver_is_unused():
    given = waiver()
    weighed = weigh([(finding(severity=Severity.ERROR), HERE)], [given], TODAY)
    assert weighed.open
    assert weighed.unused == (given,)


def test_waiver_counts_on_its_last_day_and_not_on_the_next():
    pairs, given = [(finding(), HERE)], waiver()
    assert weigh(pairs, [given], TODAY).waived
    weighed = weigh(pairs, [given], TODAY + timedelta(days=1))
    assert weighed.open == (pairs[0][0],)
    assert weighed.lapsed == ((pairs[0][0], given),)
    assert weighed.expired == (given,)
    assert not weighed.unused


def test_renewed_waiver_counts_although_the_old_one_expired():
    old, new = waiver(until=TODAY - timedelta(days=1)), waiver()
    weighed = weigh([(finding(), HERE)], [old, new], TODAY)
    assert [covering for _, covering in weighed.waived] == [new]
    assert weighed.expired == (old,)


def test_narrowest_waiver_is_named_and_the_wider_one_is_not_unused():
    anywhere, pointed, exact = waiver(), waiver(place=finding().path), waiver(place=HERE)
    weighed = weigh([(finding(), HERE)], [anywhere, pointed, exact], TODAY)
    assert [covering for _, covering in weighed.waived] == [exact]
    assert not weighed.unused


_codes, _places = st.sampled_from(["a", "b"]), st.sampled_from([HERE, THERE, "/x", "/y"])
_findings = st.builds(finding, _codes, st.sampled_from(["/x", "/y", None]), st.sampled_from(list(Severity)))
_days = st.integers(-2, 2).map(lambda days: TODAY + timedelta(days=days))


@given(
    st.lists(st.tuples(_findings, st.sampled_from([HERE, THERE])), max_size=6),
    st.lists(st.builds(waiver, _codes, st.none() | _places, _days), max_size=6),
)
def test_weighing_agrees_with_comparing_everything_with_everything(pairs, waivers):
    def covers(waiver, finding, fingerprint):
        is_there = waiver.place in (None, fingerprint) or waiver.place == finding.path
        return waiver.code == finding.code and is_there and finding.severity is not Severity.ERROR

    live = [w for w in waivers if w.until >= TODAY]
    weighed = weigh(pairs, waivers, TODAY)
    assert list(weighed.open) == [f for f, known in pairs if not any(covers(w, f, known) for w in live)]
    assert [f for f, _ in weighed.waived] == [
        f for f, known in pairs if any(covers(w, f, known) for w in live)
    ]
    assert list(weighed.unused) == [w for w in live if not any(covers(w, *pair) for pair in pairs)]
    assert list(weighed.expired) == [w for w in waivers if w.until < TODAY]
