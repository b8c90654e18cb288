"""An edition is known by what it holds."""

from dataclasses import replace
from datetime import date

from policystudio.catalog import load
from policystudio.catalog.edition import edition_hash, edition_of
from policystudio.catalog.team import TeamName, with_names


def test_edition_holds_the_names_and_the_date():
    edition = edition_of(load())
    assert edition.compiled_on == load().compiled_on
    assert set(edition.names) == {action.name for action in load().actions.values()}
    assert edition.sha256 == edition_hash(edition.compiled_on, edition.names)
    assert len(edition.sha256) == 64


def test_same_content_is_the_same_edition_and_other_content_another():
    assert edition_of(replace(load())) == edition_of(load())
    assert edition_of(replace(load(), compiled_on=date(2020, 1, 1))).sha256 != edition_of(load()).sha256
    fewer = replace(load(), actions=dict(list(load().actions.items())[1:]))
    assert edition_of(fewer).sha256 != edition_of(load()).sha256


def test_names_of_a_team_make_another_edition():
    own = with_names(load(), (TeamName("kms:SpinKey", False, "seen", date(2026, 1, 1)),))
    assert "kms:SpinKey" in edition_of(own).names
    assert edition_of(own).sha256 != edition_of(load()).sha256
