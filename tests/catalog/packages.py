"""Packages as SDKs are laid out, made for a test; whoever ran one would end."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from policystudio.catalog import load
from policystudio.catalog.model import Catalogue

CLIENT = """
raise SystemExit("nobody may run this")
class Client:
    def a(self):
        params = utils.Params(action='{0}', version='{1}', pathname='/', method='POST')
        return Other(action='NotAnOperation')
"""
REQUEST = """
raise SystemExit("nobody may run this")
class {0}Request(RpcRequest):
	def __init__(self):
		RpcRequest.__init__(self, 'Kms', '2016-01-20', '{0}','kms')
"""


def fake(root: Path, *operations: str, version: str = "2016-01-20") -> Path:
    """A package as the present SDK is laid out."""
    root.mkdir(parents=True, exist_ok=True)
    (root / "__init__.py").write_text("__version__ = '9.9.9'\n")
    (root / "client.py").write_text("".join(CLIENT.format(name, version) for name in operations))
    return root


def fake_older(root: Path, *operations: str) -> Path:
    requests = root / "request" / "v20160120"
    requests.mkdir(parents=True)
    (root / "__init__.py").write_text('__version__ = "2.0.0"')
    (requests / "__init__.py").write_text("")
    for name in operations:
        (requests / f"{name}Request.py").write_text(REQUEST.format(name))
    return root


def catalogue_of(*names: str) -> Catalogue:
    return replace(load(), actions={n: a for n, a in load().actions.items() if a.name in names})
