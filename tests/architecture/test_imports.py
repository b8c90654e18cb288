"""Who may import whom; the contracts themselves are in pyproject.toml."""

from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports

from tests.architecture.tree import ROOT


def test_every_import_follows_the_contracts(capsys):
    status = lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True)
    assert status == EXIT_STATUS_SUCCESS, capsys.readouterr().out
